"""Memory that an object holds in a field and hands over: its function returns the field and forgets it."""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from allocscan.discover.places import place_of
from allocscan.discover.units import RETURN, Step, Unit, bare, parameter_of
from allocscan.discover.values import Fresh, Values
from allocscan.model import Effect, Evidence, Kind, Level, Reference, Role

Field = tuple[str, str]
"""A field by the file whose functions use it, and its name."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the functions of each file do with the fields of their parameters."""

    fresh: Mapping[Field, Fresh]
    """Fields that are given fresh memory."""
    overwrites: Callable[[Reference], Container[int]]
    """Behind which parameters a function gives objects new contents."""


def taken_fields(unit: Unit) -> Iterator[Field]:
    """List the fields of its parameters that a unit returns."""
    returned = {flow.source for flow in unit.flows if flow.target == RETURN} | {RETURN}
    for flow in unit.flows:
        if flow.target in returned and (field := parameter_field(unit, flow.source)):
            yield unit.reference.path, field


def held_memory(unit: Unit, values: Values, wanted: Container[Field]) -> Iterator[tuple[Field, Fresh]]:
    """Yield the wanted fields of its parameters that a unit gives fresh memory."""
    for place in values.places():
        key = (unit.reference.path, parameter_field(unit, place))
        if key in wanted:
            found = (origin for origin in values.at(place) if isinstance(origin, Fresh))
            yield from ((key, fresh) for fresh in islice(found, 1))


def parameter_field(unit: Unit, place: str) -> str:
    """Name the field of one of its parameters that a place is; empty when it is none."""
    owner, _, field = place.partition(unit.arrow)
    return field if field and parameter_of(unit, owner) is not None else ""


def overwritten(unit: Unit, overwrites: Callable[[Step], frozenset[int]]) -> Iterator[int]:
    """List the parameters whose objects a unit gives new contents."""
    places = [flow.target for flow in unit.flows if flow.target.startswith("*")]
    places += [f"*{place_of(step, position)}" for step in unit.steps for position in overwrites(step)]
    for place in places:
        if (position := parameter_of(unit, bare(place[1:]))) is not None:
            yield position


def hands_over(unit: Unit, holdings: Holdings, nothing: tuple[str, ...]) -> Iterator[tuple[Fresh, Effect]]:
    """Say whether a unit returns a field that holds memory, of which call, and makes the object forget it."""
    returned = {flow.source for flow in unit.flows if flow.target == RETURN}
    for flow in unit.flows:
        owner, _, field = flow.source.partition(unit.arrow)
        position = parameter_of(unit, owner)
        fresh = holdings.fresh.get((unit.reference.path, field))
        if position is None or fresh is None or not (flow.target in returned or flow.target == RETURN):
            continue
        if forgets(unit, owner, flow.source, holdings, nothing):
            yield fresh, handed_over(unit, fresh, flow.source)
            return


def forgets(unit: Unit, owner: str, place: str, holdings: Holdings, nothing: tuple[str, ...]) -> bool:
    """Tell whether a unit takes a field's value out of an object."""
    given = [flow for flow in unit.flows if flow.target == place]
    if given:
        return all((flow.source or flow.value) in nothing for flow in given)
    return any(
        position in holdings.overwrites(reference)
        for step in unit.steps
        for reference in (step.link.references if step.link else ())
        for position, argument in enumerate(step.call.places)
        if bare(argument) == owner
    )


def handed_over(unit: Unit, fresh: Fresh, place: str) -> Effect:
    """Describe a unit that hands its caller what an object held."""
    effect = fresh.effect
    statement = f"returns {place}, which holds memory of {fresh.name}, and forgets it"
    return Effect(
        role=Role.ALLOCATOR,
        family=effect.family,
        kind=Kind.RAW,
        level=Level.CERTAIN,
        fails=effect.fails,
        resource=effect.resource,
        via=(fresh.name, *effect.via),
        evidence=(Evidence(unit.definition.location, statement),),
    )
