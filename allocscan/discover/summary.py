"""What a unit does to memory, seen from outside."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from allocscan.discover.arguments import carried
from allocscan.discover.guarding import believed, believed_of_itself, counted, gives_up, itself, lowered
from allocscan.discover.units import RETURN, Step, Unit, parameter_of
from allocscan.discover.values import Fresh, Values, released
from allocscan.languages import Language
from allocscan.model import Effect, Evidence, Kind, Level, Role

MOST_EVIDENCE = 3
"""Calls whose memory a unit hands out that are named."""
GENERIC = re.compile(r"(?<=\w)<[^<>]*>")
EffectsOf = Callable[[Step], tuple[Effect, ...]]
Summarise = Callable[[Unit, Values, EffectsOf, Language], Iterator[Effect]]


def obtains(unit: Unit, values: Values, effects_of: EffectsOf, language: Language) -> Iterator[Effect]:
    """Say what a unit hands out, through its result or through its parameters."""
    yield from stands_for(unit, effects_of)
    returned = () if unit.is_alias else tuple(returns(unit, values, language))
    through = puts(unit, values, language)
    # What a macro assigns to its argument is worth more than that the assignment has a value.
    yield from (*through, *returned) if unit.is_macro else (*returned, *through)


def returns(unit: Unit, values: Values, language: Language) -> Iterator[Effect]:
    """Say what a unit hands out through its result."""
    copied = RETURN in unit.lasting
    if fresh := None if copied else obtained(unit, values, RETURN):
        yield handed_out(unit, values, fresh, RETURN, language)


def puts(unit: Unit, values: Values, language: Language) -> Iterator[Effect]:
    """Say what a unit hands out through its parameters."""
    for position, parameter in enumerate(unit.definition.parameters):
        place = parameter if unit.is_macro else f"*{parameter}"
        if parameter and (fresh := obtained(unit, values, place)):
            effect = handed_out(unit, values, fresh, place, language)
            level = effect.level if unit.is_macro else lowered(effect.level)
            yield replace(effect, out=position, assigns=unit.is_macro, level=level)


def frees(unit: Unit, values: Values, effects_of: EffectsOf, language: Language) -> Iterator[Effect]:
    """Say what a unit frees of what it is given."""
    yield from stands_for(unit, effects_of)
    seen: set[int | None] = set()
    releases = [(step, effect) for step in unit.steps for effect in effects_of(step) if effect.role == Role.DEALLOCATOR]
    for step, effect in sorted(releases, key=lambda release: gives_up(release[1])):
        place = released(step, effect) or (itself(language) if effect.itself else "")
        kept = filled_later(unit, step, place) or lives_on(unit, values, step, effect, effects_of)
        own = place == itself(language) and parameter_of(unit, place) is None
        for position in () if kept else (None,) if own else given(unit, values, place):
            if position not in seen:
                seen.add(position)
                yield deallocator(unit, step, effect, position, language)


def stands_for(unit: Unit, effects_of: EffectsOf) -> Iterator[Effect]:
    """Do what the name does that a unit is another name for."""
    if unit.is_alias:
        yield from (stand_for(unit, effect) for step in unit.steps for effect in effects_of(step))


def stand_for(unit: Unit, effect: Effect) -> Effect:
    """Do what another name does."""
    evidence = Evidence(unit.definition.location, f"stands for {unit.definition.body}")
    return replace(effect, via=(unit.definition.body, *effect.via), evidence=(evidence,), level=Level.CERTAIN)


def obtained(unit: Unit, values: Values, place: str) -> Fresh | None:
    """Find the fresh memory that a place may hold; a block of the caller's that has grown comes first."""
    kept = {origin for name in unit.static if is_block(unit, name) for origin in values.at(name)}
    found = [origin for origin in values.at(place) if isinstance(origin, Fresh) and origin not in kept]
    grown = [fresh for fresh in found if regrown(unit, values, fresh) is not None]
    return next(iter(grown + found), None)


def is_block(unit: Unit, name: str) -> bool:
    """Tell whether a variable is used as the block that it holds, and not only as a mark in a larger one."""
    returned = any(flow.target == RETURN and flow.source == name for flow in unit.flows)
    return returned or any(name in step.call.places for step in unit.steps)


def regrown(unit: Unit, values: Values, fresh: Fresh) -> int | None:
    """Say which parameter's block was reallocated, if one was."""
    if fresh.effect.role != Role.REALLOCATOR:
        return None
    return next((origin for origin in values.at(fresh.pointer) if isinstance(origin, int)), None)


def handed_out(unit: Unit, values: Values, fresh: Fresh, place: str, language: Language) -> Effect:
    """Describe a unit that hands out what it obtained."""
    pointer = regrown(unit, values, fresh)
    effect = fresh.effect
    mixed = any(not isinstance(origin, Fresh) and origin != pointer for origin in values.at(place))
    mixed = mixed and not (unit.is_macro and place != RETURN)
    amounts = carried(unit, values, fresh.step, effect, language.sizes)
    others = (origin for origin in values.at(place) if isinstance(origin, Fresh) and origin.effect.role is effect.role)
    return Effect(
        role=Role.ALLOCATOR if pointer is None else Role.REALLOCATOR,
        family=effect.family,
        kind=Kind.CONSTRUCTOR if fills(unit, values, fresh) else effect.kind,
        level=lowered(effect.level) if mixed else effect.level,
        pointer=pointer,
        size=amounts.size,
        count=amounts.count,
        type=amounts.type,
        zeroed=effect.zeroed,
        fails=effect.fails,
        resource=effect.resource,
        via=(last_name(fresh.name), *effect.via),
        evidence=tuple(map(statement, dict.fromkeys((fresh, *islice(others, MOST_EVIDENCE))))),
    )


def last_name(name: str) -> str:
    """Strip the receiver and the generic arguments off a name."""
    while name != (name := GENERIC.sub("", name)):
        continue
    return re.split(r"->|\.|::", name)[-1]


def fills(unit: Unit, values: Values, fresh: Fresh) -> bool:
    """Tell whether a unit sets up an object in the memory that it obtained."""
    written = {flow.target for flow in unit.flows} | {step.call.target for step in unit.steps}
    owners = {owner for owner, arrow, _ in (place.partition("->") for place in written) if arrow}
    return any(fresh in values.at(owner) for owner in owners)


def given(unit: Unit, values: Values, place: str) -> Iterator[int]:
    """List the parameters whose value, or whose pointer's target, a place holds and nothing else."""
    if place in unit.lasting or any(not isinstance(origin, int) for origin in values.at(place)):
        return
    yield from (origin for origin in values.at(place) if isinstance(origin, int))
    if place.startswith("*") and (position := parameter_of(unit, place[1:])) is not None:
        if not any(flow.target == place and flow.source for flow in unit.flows):
            yield position


def filled_later(unit: Unit, step: Step, place: str) -> bool:
    """Tell whether a place that is no parameter is only given something once what it held before is freed."""
    lines = [flow.line for flow in unit.flows if flow.target == place and (flow.source or flow.value)]
    own = parameter_of(unit, place) is None and not step.call.context.loop_depth
    return own and bool(lines) and min(lines) > step.call.location.line


def lives_on(unit: Unit, values: Values, step: Step, effect: Effect, effects_of: EffectsOf) -> bool:
    """Tell whether a call hands back what it takes over, and the unit makes more of that than to give it back."""
    if effect.pointer not in values.returns_of(step):
        return False
    if step.outer:
        return all(other.role is not Role.DEALLOCATOR for other in effects_of(step.outer))
    taken = step.call.target
    moved = {argument for other in unit.steps if other is not step for argument in other.call.arguments}
    moved.update(flow.source for flow in unit.flows)
    return bool(taken) and (taken in moved or taken == RETURN or not taken.isidentifier())


def deallocator(unit: Unit, step: Step, effect: Effect, position: int | None, language: Language) -> Effect:
    """Describe a unit that frees one of its parameters, or the object whose method it is."""
    name = itself(language) if position is None else unit.definition.parameters[position]
    counter = counted(step, name, language)
    what = released(step, effect) or name
    evidence = [Evidence(step.call.location, f"hands {what} to {step.call.name}")]
    if counter:
        evidence.append(Evidence(step.call.location, f"does so only where {counter.strip('()')}"))
    objects = effect.kind == Kind.CONSTRUCTOR or position is None or frees_fields(unit, name)
    return Effect(
        role=Role.DEALLOCATOR,
        family=effect.family,
        kind=Kind.REFCOUNTED if counter else Kind.CONSTRUCTOR if objects else Kind.RAW,
        level=believed_of_itself(step, effect, language, counter)
        if position is None
        else believed(unit, step, position, effect, language, counter),
        pointer=position,
        itself=position is None,
        resource=effect.resource,
        via=(last_name(step.call.name), *effect.via),
        evidence=tuple(evidence),
    )


def frees_fields(unit: Unit, name: str) -> bool:
    """Tell whether a unit takes its parameter apart."""
    return any(place.startswith(f"{name}->") for step in unit.steps for place in step.call.places)


def statement(fresh: Fresh) -> Evidence:
    """Quote why a unit is an allocator."""
    return Evidence(fresh.step.call.location, f"obtains memory from {fresh.name} and hands it out")
