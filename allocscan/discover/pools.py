"""Pools: what hands out parts of blocks that an object keeps, and what gives all of its blocks back at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from allocscan.discover.places import place_of
from allocscan.discover.summary import stays
from allocscan.discover.units import RETURN, Step, Unit, parameter_of
from allocscan.discover.values import Fresh, Values, acts
from allocscan.model import Effect, Evidence, Kind, Level, Location, Role

DEEPEST = 8
"""Places that are followed one after the other."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a block that a unit returns."""

    place: str
    """The field that points to it."""
    fresh: Fresh
    """The block, where there was none with room."""
    keeper: int
    """The parameter whose object keeps the blocks."""
    field: str
    """Where it keeps them."""
    line: int


def parts(unit: Unit, values: Values) -> Iterator[Part]:
    """Yield the parts of kept blocks that a unit returns: what their fields hold, or places inside of them."""
    returned = {flow.source for flow in unit.flows if flow.target == RETURN} | {RETURN}
    for flow in unit.flows:
        owner, arrow, field = flow.source.rpartition(unit.arrow)
        if arrow and flow.target in returned:
            whole = any(obtained(values, flow.source))
            inside = () if whole else kept_blocks(unit, owner)
            for keeper, kept in (*inside, *advanced(unit, owner, flow.source, field)):
                for fresh in obtained(values, owner if kept != field else flow.source):
                    yield Part(flow.source, fresh, keeper, kept, flow.line)
        elif flow.value and flow.target in returned:
            for keeper, kept in kept_blocks(unit, flow.source):
                if stays(unit, f"{unit.definition.parameters[keeper]}{unit.arrow}{kept}"):
                    yield from (
                        Part(flow.source, fresh, keeper, kept, flow.line) for fresh in obtained(values, flow.source)
                    )


def kept_blocks(unit: Unit, block: str) -> Iterator[tuple[int, str]]:
    """Say in which field of a parameter the blocks are kept that a variable may hold."""
    for flow in unit.flows:
        owner, arrow, field = flow.source.partition(unit.arrow)
        position = parameter_of(unit, owner) if arrow and flow.target == block else None
        if position is not None:
            yield position, field


def advanced(unit: Unit, owner: str, place: str, field: str) -> Iterator[tuple[int, str]]:
    """Say the same where a field of a parameter moves on through a block by itself."""
    position = parameter_of(unit, owner)
    if position is not None and any(flow.target == flow.source == place for flow in unit.flows):
        yield position, field


def obtained(values: Values, place: str) -> Iterator[Fresh]:
    """Yield the memory that a place may hold."""
    return (origin for origin in values.at(place) if isinstance(origin, Fresh))


def pooled(unit: Unit, part: Part, size: int | None) -> Effect:
    """Describe a unit that hands out parts of blocks."""
    keeper = unit.definition.parameters[part.keeper]
    location = part.fresh.step.call.location
    statements = (
        Evidence(location, f"obtains a block from {part.fresh.name}, which {keeper} keeps"),
        Evidence(location_of(unit, part.line), f"returns {part.place}, a part of it"),
    )
    return Effect(
        role=Role.ALLOCATOR,
        family=unit.definition.name,
        kind=Kind.POOL,
        level=Level.LIKELY,
        size=size,
        pool=part.keeper,
        fails=part.fresh.effect.fails,
        via=(part.fresh.name, *part.fresh.effect.via),
        evidence=statements,
    )


def location_of(unit: Unit, line: int) -> Location:
    """Give the place of a line of a unit."""
    return Location(unit.definition.location.path, line, 1, line, 1)


TypeOf = Callable[[Unit, int], str]
"""The type that a parameter is declared with."""


Keepers = dict[tuple[str, str], Effect]
"""By the type of an object and its field where the blocks are kept, what hands out parts of them."""


def bulk(unit: Unit, values: Values, keepers: Keepers, type_of: TypeOf) -> Iterator[Effect]:
    """Say whether a unit frees the blocks that an object keeps for a pool."""
    for step, effect in acts(values):
        if effect.role == Role.DEALLOCATOR:
            for position, field in sorted(kept_behind(unit, place_of(step, effect.pointer))):
                if pool := keepers.get((type_of(unit, position), field)):
                    yield released(unit, step, effect, position, pool)


def kept_behind(unit: Unit, place: str) -> Iterator[tuple[int, str]]:
    """Find the parameters whose objects keep what a place holds, and in which field."""
    places = {place}
    for _ in range(DEEPEST):
        news = {flow.source for flow in unit.flows if flow.target in places and flow.source}
        if news <= places:
            break
        places |= news
    for owner, arrow, field in (each.partition(unit.arrow) for each in places):
        if arrow and (position := parameter_of(unit, owner)) is not None:
            yield position, field


def released(unit: Unit, step: Step, effect: Effect, position: int, pool: Effect) -> Effect:
    """Describe a unit that gives the blocks of a pool back."""
    keeper, what = unit.definition.parameters[position], place_of(step, effect.pointer)
    statement = f"hands {what} to {step.call.name}, a block that {keeper} keeps for {pool.family}"
    return Effect(
        role=Role.DEALLOCATOR,
        family=pool.family,
        kind=Kind.POOL,
        level=Level.LIKELY,
        pointer=position,
        via=(step.call.name, *effect.via),
        evidence=(Evidence(step.call.location, statement),),
    )
