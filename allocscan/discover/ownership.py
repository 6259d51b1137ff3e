"""Memory that an object holds in a field and hands over: its function returns the field and forgets it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from allocscan.discover.units import RETURN, Step, Unit, bare, parameter_of
from allocscan.discover.values import Fresh, Values, place_of
from allocscan.model import Effect, Evidence, Kind, Level, Reference, Role

ARROW = "->"


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the functions of each file do with the fields of their parameters."""

    fresh: Mapping[tuple[str, str], Fresh]
    """Fields that are given fresh memory, by file and name."""
    reset: frozenset[tuple[Reference, int]]
    """Functions that give the object behind a parameter new contents."""


def read_holdings(units: Iterable[tuple[Unit, Values]], overwrites: Callable[[Step], frozenset[int]]) -> Holdings:
    """Gather which fields hold fresh memory, and which functions overwrite whole objects."""
    fresh: dict[tuple[str, str], Fresh] = {}
    reset: set[tuple[Reference, int]] = set()
    for unit, values in units:
        for place, origins in values.origins.items():
            owner, _, field = place.partition(ARROW)
            found = next((origin for origin in origins if isinstance(origin, Fresh)), None)
            if found and field and parameter_of(unit, owner) is not None:
                fresh.setdefault((unit.reference.path, field), found)
        reset |= {(unit.reference, position) for position in overwritten(unit, overwrites)}
    return Holdings(fresh, frozenset(reset))


def overwritten(unit: Unit, overwrites: Callable[[Step], frozenset[int]]) -> Iterator[int]:
    """List the parameters whose objects a unit gives new contents."""
    places = [flow.target for flow in unit.flows if flow.target.startswith("*")]
    places += [f"*{place_of(step, position)}" for step in unit.steps for position in overwrites(step)]
    for place in places:
        if (position := parameter_of(unit, bare(place[1:]))) is not None:
            yield position


def hands_over(unit: Unit, holdings: Holdings, nothing: tuple[str, ...]) -> Iterator[Effect]:
    """Say whether a unit returns a field that holds memory, and makes the object forget it."""
    returned = {flow.source for flow in unit.flows if flow.target == RETURN}
    for flow in unit.flows:
        owner, _, field = flow.source.partition(ARROW)
        position = parameter_of(unit, owner)
        fresh = holdings.fresh.get((unit.reference.path, field))
        if position is None or fresh is None or not (flow.target in returned or flow.target == RETURN):
            continue
        if forgets(unit, owner, flow.source, holdings, nothing):
            yield handed_over(unit, fresh, flow.source)
            return


def forgets(unit: Unit, owner: str, place: str, holdings: Holdings, nothing: tuple[str, ...]) -> bool:
    """Tell whether a unit takes a field's value out of an object."""
    given = [flow for flow in unit.flows if flow.target == place]
    if given:
        return all((flow.source or flow.value) in nothing for flow in given)
    return any(
        (reference, position) in holdings.reset
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
