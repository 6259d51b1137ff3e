"""What works on memory that objects keep: pools that hand out parts of it, containers that let it grow."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from allocscan.discover.arguments import carried
from allocscan.discover.containers import contained, handed_on, refills
from allocscan.discover.discovery import OBTAINING, RELEASING, Discovery
from allocscan.discover.places import place_of
from allocscan.discover.pools import Keepers, bulk, parts, pooled
from allocscan.discover.summary import handed_out, obtained
from allocscan.discover.units import RETURN, Unit, parameter_of, stem
from allocscan.discover.values import trace
from allocscan.model import Effect, Kind, Level, Reference, Role

Kept = dict[Reference, Effect]
Describe = Callable[[Reference, Unit], Iterator[Effect]]
"""Says what a unit does that calls what is known."""


class Home(NamedTuple):
    """A field of a type, with the file that works on it, without its suffix."""

    path: str
    type: str
    field: str


class Work(NamedTuple):
    """What a function does to a field of an object that it is given."""

    unit: Reference
    effect: Effect
    home: Home
    empties: bool
    """It frees what the field holds, and puts nothing else there."""


def settle_kept(discovery: Discovery) -> None:
    """Find pools and containers, and what gives them back."""
    taking, giving = discovery.in_order(OBTAINING), list(filter(is_named, discovery.in_order(RELEASING)))
    obtaining, releasing = ([unit for unit in each if not is_known(discovery, unit)] for each in (taking, giving))
    keepers = read_pools(discovery, obtaining)
    spread(discovery, discovery.kept, lambda _, unit: parts_handed_on(discovery, unit))
    containers = read_containers(discovery, obtaining, releasing)
    bulk = read_bulk(discovery, giving, keepers)
    discovery.bulk.update((found, effect.family) for found, effect in bulk.items())
    known = {unit.reference for unit in giving} - {unit.reference for unit in releasing}
    kept = {found: effect for found, effect in bulk.items() if found not in known}
    discovery.kept.update(containers | discovery.kept | kept)


def is_named(unit: Unit) -> bool:
    """Tell whether anybody can call a unit by a name."""
    return bool(unit.definition.name)


def is_known(discovery: Discovery, unit: Unit) -> bool:
    """Tell whether it is known what a unit does to memory, as far as anybody can call it by a name."""
    return not is_named(unit) or any(
        effect.level != Level.MAYBE for effect in discovery.effects.get(unit.reference, ())
    )


def read_pools(discovery: Discovery, units: list[Unit]) -> Keepers:
    """Find what hands out parts of blocks, and where those are kept."""
    keepers: Keepers = {}
    for unit in units:
        values, sizes = discovery.trace(unit), discovery.language(unit).sizes
        for part in islice(parts(unit, values), 1):
            size = carried(unit, values, part.fresh.step, part.fresh.effect, sizes).size
            discovery.kept[unit.reference] = pool = pooled(unit, part, size)
            if type := discovery.type_of(unit, part.keeper):
                keepers[type, part.field] = pool
    return keepers


def spread(discovery: Discovery, known: Kept, describe: Describe) -> None:
    """Add what hands on what is known already, as far as nothing else is known of it."""
    pending = deque(known)
    while pending:
        current = pending.popleft()
        for unit in discovery.called_by.of(current):
            if unit.reference not in known and not is_known(discovery, unit):
                for effect in islice(describe(current, unit), 1):
                    known[unit.reference] = effect
                    pending.append(unit.reference)


def parts_handed_on(discovery: Discovery, unit: Unit) -> Iterator[Effect]:
    """Describe a unit that hands on what pools hand out; where it may be something else, that is a guess."""
    values = trace(unit, discovery.graph(unit), discovery.keeps, discovery.returns_of)
    if fresh := obtained(unit, values, RETURN):
        effect = handed_out(unit, values, fresh, RETURN, discovery.language(unit))
        if effect.level != Level.MAYBE:
            yield replace(effect, kind=Kind.POOL, pool=parameter_of(unit, place_of(fresh.step, fresh.effect.pool)))


def read_bulk(discovery: Discovery, units: list[Unit], keepers: Keepers) -> Kept:
    """Find what gives back all blocks of the objects that pools are kept in."""
    found: Kept = {}
    for unit in units if keepers else ():
        for effect in islice(bulk(unit, discovery.trace(unit), keepers, discovery.type_of), 1):
            found[unit.reference] = effect
    return found


def read_containers(discovery: Discovery, obtaining: list[Unit], releasing: list[Unit]) -> Kept:
    """Find what lets fields of objects grow, where something else frees such a field, and what only frees fields."""
    growing, freeing = (
        read_fields(discovery, units, role)
        for units, role in ((obtaining, Role.REALLOCATOR), (releasing, Role.DEALLOCATOR))
    )
    homes = {each.home for each in growing if each.home.type} & {each.home for each in freeing}
    freed = [each for each in freeing if each.empties]
    direct = [{each.unit: each.effect for each in found if each.home in homes} for found in (growing, freed)]
    handing = [hand_on(discovery, dict(each)) for each in direct]
    emptying = {each.unit: replace(each.effect, kind=Kind.CONSTRUCTOR) for each in freeing if each.empties}
    return emptying | handing[1] | handing[0] | direct[0] | direct[1]


def read_fields(discovery: Discovery, units: list[Unit], role: Role) -> list[Work]:
    """Find what functions do to fields of their parameters in one role."""
    return [
        Work(
            unit.reference,
            effect,
            Home(stem(unit.reference), discovery.type_of(unit, effect.pointer), field),
            role is Role.DEALLOCATOR and not refills(unit, discovery.trace(unit), field, discovery.nothing(unit)),
        )
        for unit in units
        for effect, field in contained(unit, discovery.trace(unit), role)
    ]


def hand_on(discovery: Discovery, known: Kept) -> Kept:
    """Add what hands its object on to such a function that is defined beside it."""

    def describe(current: Reference, unit: Unit) -> Iterator[Effect]:
        return handed_on(unit, known) if stem(unit.reference) == stem(current) else iter(())

    spread(discovery, known, describe)
    return known
