"""What a unit frees of what it is given, seen from outside."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from allocscan.discover.chains import heads
from allocscan.discover.guarding import (
    Way,
    believed,
    believed_of_itself,
    branches,
    counted,
    gives_up,
    holding,
    itself,
)
from allocscan.discover.places import argument_of, released
from allocscan.discover.summary import EffectsOf, last_name, stands_for
from allocscan.discover.units import RETURN, Step, Unit, parameter_of
from allocscan.discover.values import Fresh, Values, acts
from allocscan.languages import Language
from allocscan.model import Effect, Evidence, Kind, Level, Role

MAYBE = Effect(Role.DEALLOCATOR, "", level=Level.MAYBE)


def frees(unit: Unit, values: Values, effects_of: EffectsOf, language: Language) -> Iterator[Effect]:
    """Say what a unit frees of what it is given; of several releases of one thing, the first that is no guess."""
    yield from stands_for(unit, effects_of)
    found: dict[int | None, Effect] = {}
    releases = [(step, effect) for step, effect in acts(values) if effect.role == Role.DEALLOCATOR]
    parted, inside = parted_ways(releases), released_inside(releases)
    for step, effect in sorted(releases, key=lambda release: gives_up(release[1])):
        branches, place = step.call.context.branches, released(step, effect)
        way = Way(parted=(branches, place) in parted, done=inside.get((branches, place), frozenset()))
        for each in released_here(unit, values, step, effect, effects_of, language, way):
            if found.get(each.pointer, MAYBE).level is Level.MAYBE:
                found[each.pointer] = each
    yield from found.values()


def parted_ways(releases: list[tuple[Step, Effect]]) -> set[tuple[tuple[str, ...], str]]:
    """List under which conditions what is released whether the last of them holds or not: once in each branch."""
    found = Counter((step.call.context.branches, released(step, effect)) for step, effect in releases)
    return {(asked, place) for (asked, place), count in found.items() if asked and count > 1}


def released_inside(releases: list[tuple[Step, Effect]]) -> dict[tuple[tuple[str, ...], str], frozenset[str]]:
    """List for what is released under some conditions on which one more of them it is released, too."""
    found: defaultdict[tuple[tuple[str, ...], str], set[str]] = defaultdict(set)
    for step, effect in releases:
        *outer, last = step.call.context.branches or ("",)
        found[tuple(outer), released(step, effect)].add(last)
    return {key: frozenset(lasts) for key, lasts in found.items()}


def released_here(
    unit: Unit, values: Values, step: Step, effect: Effect, effects_of: EffectsOf, language: Language, way: Way
) -> Iterator[Effect]:
    """Say what a unit frees by one call: what it is given, or all objects of a chain that begins there."""
    place = released(step, effect) or (itself(language) if effect.itself else "")
    if not place and unit.is_macro:
        # Macros hand what they are given on through others that only note it down.
        place = argument_of(step, effect.pointer)
    kept = filled_later(unit, step, place, language.nothing) or lives_on(unit, values, step, effect, effects_of)
    if kept or in_vain(values, step, language):
        return
    if place == itself(language) and parameter_of(unit, place) is None:
        yield deallocator(unit, step, effect, None, language, way)
        return
    for position, behind in given(unit, values, place):
        yield replace(deallocator(unit, step, effect, position, language, way), behind=behind)
    for position in heads(unit, values, step, place, language.nothing):
        chained = deallocator(unit, step, effect, position, language, way._replace(loops=1))
        yield replace(chained, kind=Kind.CONSTRUCTOR)


def in_vain(values: Values, step: Step, language: Language) -> bool:
    """Tell whether a call is only come to where the unit itself has obtained nothing.

    Where it is asked of a block that has moved, what was moved is freed only if that went wrong.
    """
    asked = (holding(part, language.nothing) for parts in branches(step, language) for part in parts)
    return any(
        isinstance(origin, Fresh) and (lacks or origin.effect.role is Role.REALLOCATOR)
        for place, lacks in filter(None, asked)
        for origin in values.at(place)
    )


def given(unit: Unit, values: Values, place: str) -> Iterator[tuple[int, bool]]:
    """List the parameters whose value a place holds and nothing else, and those which point to what it holds."""
    if place in unit.lasting or any(not isinstance(origin, int) for origin in values.at(place)):
        return
    yield from ((origin, False) for origin in values.at(place) if isinstance(origin, int))
    for current, _ in values.walk(place) if place.startswith("*") else ():
        if current.startswith("*") and (position := parameter_of(unit, current[1:])) is not None:
            yield position, True


def filled_later(unit: Unit, step: Step, place: str, nothing: tuple[str, ...]) -> bool:
    """Tell whether a place that is no parameter is only given something once what it held before is freed."""
    given = (flow for flow in unit.flows if flow.target == place and (flow.source or flow.value))
    lines = [flow.line for flow in given if (flow.source or flow.value) not in nothing]
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


def deallocator(unit: Unit, step: Step, effect: Effect, position: int | None, language: Language, way: Way) -> Effect:
    """Describe a unit that frees one of its parameters, or the object whose method it is."""
    name = itself(language) if position is None else unit.definition.parameters[position]
    counter = counted(step, name, language)
    what = released(step, effect) or name
    evidence = [Evidence(step.call.location, f"hands {what} to {step.call.name}")]
    if counter:
        evidence.append(Evidence(step.call.location, f"does so only where {counter.strip('()')}"))
    objects = effect.kind == Kind.CONSTRUCTOR or position is None or frees_fields(unit, name, language)
    return Effect(
        role=Role.DEALLOCATOR,
        family=effect.family,
        kind=Kind.REFCOUNTED if counter else Kind.CONSTRUCTOR if objects else Kind.RAW,
        level=believed_of_itself(step, effect, language, counter)
        if position is None
        else believed(unit, step, position, effect, language, counter, way),
        pointer=position,
        itself=position is None,
        resource=effect.resource,
        via=(last_name(step.call.name), *effect.via),
        evidence=tuple(evidence),
    )


def frees_fields(unit: Unit, name: str, language: Language) -> bool:
    """Tell whether a unit takes its parameter apart; what any value has is none of its fields."""
    places = (place.partition(unit.arrow) for step in unit.steps for place in step.call.places)
    return any(owner == name and field and field not in language.names.properties for owner, _, field in places)
