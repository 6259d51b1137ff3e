"""What is asked on the way to a release, and how far it can be believed then."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from allocscan.discover.arguments import compiled
from allocscan.discover.places import place_of
from allocscan.discover.units import RETURN, Step, Unit, bare
from allocscan.languages import Language
from allocscan.model import Effect, Kind, Level

NAMED = re.compile(r"[A-Za-z_]\w*")
COMPARED = re.compile(r"[!=]=")
NONE = re.compile(r"!\(*(?P<name>\w+)(?:<=|==|<)[01]\)*")
CALLED = re.compile(r"[A-Za-z_]\w*(?=\()")


class Way(NamedTuple):
    """What on the way to a release makes no difference."""

    loops: int = 0
    """So many loops around it, in which one object after the other is released."""
    parted: bool = False
    """The last condition: where that does not hold, the same is released by another call."""
    done: frozenset[str] = frozenset()
    """Conditions on which the unit is left once the same is released: whoever comes here has it still to do."""


def gives_up(effect: Effect) -> bool:
    """Tell whether what the tree defines gives one use of an object up, which frees it only if that was the last."""
    return effect.kind == Kind.REFCOUNTED and bool(effect.via)


def lowered(level: Level) -> Level:
    """Believe a little less."""
    return Level.LIKELY if level == Level.CERTAIN else Level.MAYBE


def believed(
    unit: Unit, step: Step, position: int, effect: Effect, language: Language, counter: str, way: Way
) -> Level:
    """Say how sure it is that a unit frees its parameter whenever that is an object, or its last user is gone.

    What is asked of the surroundings alone makes it less so, as does what asks for another object that is made use of,
    what else is asked of the parameters makes it a guess. Where a unit is left before, the object may have a say, but
    may not be what is handed back then.
    """
    name = unit.definition.parameters[position]
    test = null_test(language.nothing, name, place_of(step, effect.pointer))
    asked, left = list(branches(step, language)), list(exits(step, language, way.done))
    asked = asked[:-1] if way.parted else asked
    if (gives_up(effect) and not counter and not forwards(unit, step)) or step.call.context.loop_depth > way.loops:
        return Level.MAYBE
    names = unit.definition.parameters[position : position + 1] if unit.is_macro else unit.definition.parameters
    guesses = [part for parts in asked for part in parts if part != counter and not test(part)]
    if decides(unit, guesses, names, language) or leaves(unit, left, position, language):
        return Level.MAYBE
    gone = [all(test(part) or part == counter for part in parts) for parts in left]
    if len(handed_back(unit, step, name)) > sum(gone):
        return Level.MAYBE
    level = effect.level if all(any(map(test, parts)) for parts in asked) else lowered(effect.level)
    known = all(gone) and len(earlier_returns(unit, step)) <= len(step.call.context.exits)
    return level if known or level is Level.MAYBE else Level.LIKELY


def earlier_returns(unit: Unit, step: Step) -> set[int]:
    """List the lines above a call on which its unit is left."""
    lines = [flow.line for flow in unit.flows if flow.target == RETURN]
    lines += [other.call.location.line for other in unit.steps if other.call.target == RETURN]
    return {line for line in lines if line < step.call.location.line}


def handed_back(unit: Unit, step: Step, name: str) -> set[int]:
    """List the lines above a call on which its unit hands a parameter back; a macro has no such lines."""
    flows = () if unit.is_macro else unit.flows
    lines = {flow.line for flow in flows if flow.target == RETURN and flow.source == name}
    return {line for line in lines if line < step.call.location.line}


def forwards(unit: Unit, step: Step) -> bool:
    """Tell whether a unit is nothing but one call, made whatever happens: it does what that does."""
    return unit.steps == [step] and not (unit.flows or step.call.context.branches)


def decides(unit: Unit, parts: Iterable[str], names: Iterable[str], language: Language) -> bool:
    """Tell whether it is asked of some parameters if a call is come to, and of more than if they are there."""
    parameters = unit.definition.parameters
    parts = (part for part in parts if mentions(part, names) and not spares(part, parameters))
    return not all(needs(unit, part, language) for part in parts)


def leaves(unit: Unit, left: Iterable[list[str]], position: int, language: Language) -> bool:
    """Tell whether other parameters make a unit leave before, unless they count nothing, or are not there."""
    parameters = unit.definition.parameters
    others = parameters[:position] + parameters[position + 1 :]
    parts = (part for parts in left for part in parts if mentions(part, others) and not counts_none(part, others))
    return not all(needs(unit, part, language) for part in parts)


def counts_none(part: str, names: Collection[str]) -> bool:
    """Tell whether a unit was left before where one of some numbers is nothing."""
    match = NONE.fullmatch(part)
    return match is not None and match["name"] in names


def needs(unit: Unit, part: str, language: Language) -> bool:
    """Tell whether a condition only asks for an object that the unit makes use of."""
    place, lacks = holding(part, language.nothing) or ("", True)
    used = (flow.target for flow in unit.flows), (flow.source for flow in unit.flows)
    passed = (place for step in unit.steps for place in step.call.places)
    return not lacks and any(other.startswith((f"{place}{unit.arrow}", f"*{place}")) for other in chain(*used, passed))


def asked(step: Step, language: Language) -> Iterator[str]:
    """Yield what must hold for a call to be come to, one condition after the other."""
    return (part for parts in (*branches(step, language), *exits(step, language)) for part in parts)


def branches(step: Step, language: Language) -> Iterator[list[str]]:
    """Yield the conditions around a call, each in the parts that all hold."""
    return (plain(branch, language).split("&&") for branch in step.call.context.branches)


def exits(step: Step, language: Language, done: frozenset[str] = frozenset()) -> Iterator[list[str]]:
    """Yield what holds because its unit was not left before, in the same way, but for some conditions."""
    exits = (left for left in step.call.context.exits if left not in done)
    parts = (bare(plain(left, language)).split("||") for left in exits)
    return ([f"!({part})" for part in each] for each in parts)


def plain(condition: str, language: Language) -> str:
    """Take what only says how likely a condition is off."""
    hints = compiled(language.asserting)
    return CALLED.sub(lambda name: "" if hints.search(name[0]) else name[0], condition)


def believed_of_itself(step: Step, effect: Effect, language: Language, counter: str) -> Level:
    """Say how sure it is that a method frees its own object; whatever it asks may be about that."""
    told = all(part == counter for part in asked(step, language)) and not step.call.context.loop_depth
    return effect.level if told and (counter or not gives_up(effect)) else Level.MAYBE


def counted(step: Step, name: str, language: Language) -> str:
    """Give the condition that lets an object go once nobody uses it any more; empty where there is none."""
    last_use = compiled(language.last_use)
    found = ((part, last_use.fullmatch(part)) for part in asked(step, language))
    return next((part for part, match in found if match and (match["object"] or itself(language)) == name), "")


def itself(language: Language) -> str:
    """Give the name of the object whose method is running; it is nobody's parameter."""
    return next(iter(language.classes.receivers), RETURN)


def null_test(nothing: tuple[str, ...], *places: str) -> Callable[[str], bool]:
    """Make what tells whether a condition asks if one of some places holds an object at all."""
    wanted = set(map(core, filter(None, places)))

    def asks(part: str) -> bool:
        held = [side for side in map(core, COMPARED.split(part)) if side not in nothing]
        return len(held) == 1 and held[0] in wanted

    return asks


def core(part: str) -> str:
    """Strip what does not change which place a condition is about."""
    return part.lstrip("!(*").rstrip(")")


def holding(part: str, nothing: tuple[str, ...]) -> tuple[str, bool] | None:
    """Say of which place a condition asks whether it holds anything, and whether it is met where it does not."""
    match = holds_test(nothing).fullmatch(part)
    return (match["place"], (match["nots"].count("!") + (match["equal"] == "==")) % 2 == 1) if match else None


@lru_cache
def holds_test(nothing: tuple[str, ...]) -> re.Pattern[str]:
    """Compile what asks whether a place holds anything."""
    none = rf"\(*(?:{'|'.join(nothing)})\)*"
    return re.compile(rf"(?P<nots>[!(]*)(?P<place>{NAMED.pattern})\)*(?:(?P<equal>[!=]=){none})?\)*")


def spares(part: str, parameters: tuple[str, ...]) -> bool:
    """Tell whether a condition asks whether a parameter is anything but one certain object that lasts."""
    sides = [side.strip("()") for side in part.split("!=")]
    given = [side for side in sides if side in parameters]
    others = [side.removeprefix("&") for side in sides if side not in parameters]
    return len(given) == len(others) == 1 and others[0].isidentifier() and others[0] not in parameters


def mentions(text: str, names: Iterable[str]) -> bool:
    """Tell whether a condition speaks of one of the names."""
    return not set(NAMED.findall(text)).isdisjoint(names)
