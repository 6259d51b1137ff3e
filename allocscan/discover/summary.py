"""What a unit hands out of what it obtains, seen from outside."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from allocscan.discover.arguments import carried
from allocscan.discover.guarding import lowered
from allocscan.discover.places import pointed, released, sink
from allocscan.discover.units import RETURN, Step, Unit, bare, parameter_of
from allocscan.discover.values import Fresh, Values
from allocscan.languages import Language
from allocscan.model import Effect, Evidence, Kind, Level, Role

MOST_EVIDENCE = 3
"""Calls whose memory a unit hands out that are named."""
GENERIC = re.compile(r"(?<=\w)<[^<>]*>")
CUT = "…"
"""What stands behind a text of which only the beginning is quoted."""
DECLARES = r"[\w*]\s+\**\s*{0}\b|\w\*+\s*{0}\b"
"""What declares a variable of a name: a type in front of it."""
EffectsOf = Callable[[Step], tuple[Effect, ...]]
Summarise = Callable[[Unit, Values, EffectsOf, Language], Iterator[Effect]]


def obtains(unit: Unit, values: Values, effects_of: EffectsOf, language: Language) -> Iterator[Effect]:
    """Say what a unit hands out, through its result or through its parameters."""
    yield from stands_for(unit, effects_of)
    returned = () if unit.is_alias else tuple(returns(unit, values, language))
    through = (*puts(unit, values, language), *puts_aside(unit, values, effects_of, language))
    # What a macro assigns to its argument is worth more than that the assignment has a value.
    yield from (*through, *returned) if unit.is_macro else (*returned, *through)


def returns(unit: Unit, values: Values, language: Language) -> Iterator[Effect]:
    """Say what a unit hands out through its result."""
    if RETURN in unit.lasting:
        return
    if fresh := obtained(unit, values, RETURN):
        yield handed_out(unit, values, fresh, RETURN, language)
        return
    for inside, place in behind_header(unit, values, language.nothing):
        # What is written there is for whoever gives the block back, and makes no object of it.
        yield replace(handed_out(unit, values, inside, place, language), kind=inside.effect.kind)


def puts(unit: Unit, values: Values, language: Language) -> Iterator[Effect]:
    """Say what a unit hands out through its parameters."""
    for position, parameter in enumerate(unit.definition.parameters):
        place = parameter if unit.is_macro else f"*{parameter}"
        if parameter and values.takes(place) and (fresh := obtained(unit, values, place)):
            effect = handed_out(unit, values, fresh, place, language)
            level = effect.level if unit.is_macro or is_forwarded(values, fresh) else lowered(effect.level)
            yield replace(effect, out=position, assigns=unit.is_macro, level=level)


def puts_aside(unit: Unit, values: Values, effects_of: EffectsOf, language: Language) -> Iterator[Effect]:
    """Say what a macro puts into variables of whoever uses it, which it only names, and leaves there."""
    for place in named_elsewhere(unit) if unit.is_macro else ():
        fresh = obtained(unit, values, place)
        if fresh and not any(frees_place(step, effect, place) for step in unit.steps for effect in effects_of(step)):
            effect, inner = handed_out(unit, values, fresh, place, language), fresh.effect
            sure = inner.out is None or not inner.via or is_forwarded(values, fresh)
            yield replace(effect, into=place, level=effect.level if sure else lowered(effect.level))


def frees_place(step: Step, effect: Effect, place: str) -> bool:
    """Tell whether a call gives back what a place holds."""
    return effect.role is Role.DEALLOCATOR and released(step, effect) == place


def named_elsewhere(unit: Unit) -> Iterator[str]:
    """List the variables that a macro assigns to and does not declare, where all of it is quoted."""
    body = unit.definition.body
    if body.endswith(CUT):
        return
    places = [bare(flow.target) for flow in unit.flows] + [bare(step.call.target) for step in unit.steps]
    places += [pointed(place) for step in unit.steps for place in step.call.places if place.startswith("&")]
    for place in dict.fromkeys(places):
        own = place in (RETURN, *unit.definition.parameters) or place in unit.lasting
        if place.isidentifier() and not own and not re.search(DECLARES.format(place), body):
            yield place


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
    fresh = [origin for origin in values.at(place) if isinstance(origin, Fresh) and not fills_slot(unit, origin)]
    kept = {origin for name in keepers(unit) for origin in values.at(name)} if fresh else ()
    found = [origin for origin in fresh if origin not in kept]
    grown = [fresh for fresh in found if regrown(unit, values, fresh) is not None]
    return next(iter(grown + found), None)


def keepers(unit: Unit) -> Iterator[str]:
    """List the places that keep what a unit puts there: variables of its own, and what it looks into before."""
    yield from (name for name in unit.static if is_block(unit, name))
    looked = {flow.source for flow in unit.flows if flow.target.isidentifier() and is_kept(unit, flow.source)}
    yield from (place for place in looked if stays(unit, place))


def stays(unit: Unit, place: str) -> bool:
    """Tell whether a place takes nothing but what variables hold that take its own value: what is in it stays there."""
    given = {flow.source for flow in unit.flows if flow.target == place}
    takers = {flow.target for flow in unit.flows if flow.source == place}
    return bool(given) and given <= takers and all(step.call.target != place for step in unit.steps)


def is_kept(unit: Unit, place: str) -> bool:
    """Tell whether a place lasts, and is none that the caller names."""
    named = place.startswith("*") and parameter_of(unit, bare(place[1:])) is not None
    return place in unit.lasting or not (place.isidentifier() or named)


def behind_header(unit: Unit, values: Values, nothing: tuple[str, ...]) -> Iterator[tuple[Fresh, str]]:
    """Find the fresh memory that a unit returns by a field which stands in that memory itself."""
    returned = {flow.source or flow.value for flow in unit.flows if flow.target == RETURN}.difference(nothing)
    place = returned.pop() if len(returned) == 1 else ""
    header, arrow, _ = place.partition(unit.arrow)
    if arrow and all(sink(step) != RETURN for step in unit.steps):
        around = {origin for origin in values.at(header) if isinstance(origin, Fresh)}
        yield from islice(((origin, place) for origin in values.at(place) if origin in around), 1)


def fills_slot(unit: Unit, fresh: Fresh) -> bool:
    """Tell whether memory is put where a variable of the unit points: whoever that place belongs to keeps it."""
    place = sink(fresh.step)
    slot = place.startswith("*") and place[1:].isidentifier() and not unit.is_macro
    return slot and parameter_of(unit, place[1:]) is None


def is_block(unit: Unit, name: str) -> bool:
    """Tell whether a variable holds a block and is used as that, and not only a mark in or behind a larger one."""
    marks = [flow for flow in unit.flows if flow.target == name and flow.source]
    if marks and all(flow.value for flow in marks) and all(sink(step) != name for step in unit.steps):
        return False
    returned = any(flow.target == RETURN and flow.source == name for flow in unit.flows)
    return returned or any(name in step.call.places for step in unit.steps)


def regrown(unit: Unit, values: Values, fresh: Fresh) -> int | None:
    """Say which parameter's block was reallocated, if one was."""
    if fresh.effect.role != Role.REALLOCATOR:
        return None
    return next((origin for origin in values.at(fresh.pointer) if isinstance(origin, int)), None)


def is_forwarded(values: Values, fresh: Fresh) -> bool:
    """Tell whether all that another function of the tree does is to put raw memory there, whatever happens."""
    effect, context = fresh.effect, fresh.step.call.context
    returned = any(isinstance(origin, Fresh) for origin in values.seeds.get(sink(fresh.step), ()))
    always = not (context.branches or context.loop_depth or returned)
    return effect.out is not None and bool(effect.via) and effect.kind == Kind.RAW and always


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
    owners = {owner for owner, arrow, _ in (place.partition(unit.arrow) for place in written) if arrow}
    return any(fresh in values.at(owner) for owner in owners)


def statement(fresh: Fresh) -> Evidence:
    """Quote why a unit is an allocator."""
    return Evidence(fresh.step.call.location, f"obtains memory from {fresh.name} and hands it out")
