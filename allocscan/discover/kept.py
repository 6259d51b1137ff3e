"""What works on memory that objects keep: pools that hand out parts of it, containers that let it grow."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from allocscan.discover.arguments import carried
from allocscan.discover.containers import contained, handed_on
from allocscan.discover.discovery import OBTAINING, RELEASING, Discovery
from allocscan.discover.pools import bulk, parts, pooled
from allocscan.discover.summary import handed_out, obtained
from allocscan.discover.units import RETURN, Callers, Step, Unit, stem
from allocscan.discover.values import trace
from allocscan.model import Effect, Kind, Level, Reference, Role

Kept = dict[Reference, Effect]


class Home(NamedTuple):
    """A field of a type, with the file that works on it, without its suffix."""

    path: str
    type: str
    field: str


def read_kept(discovery: Discovery, called_by: Callers) -> Kept:
    """Find pools and containers, and what gives them back."""
    obtaining, releasing = (in_order(discovery, called_by, roles) for roles in (OBTAINING, RELEASING))
    pools = spread(discovery, called_by, read_pools(discovery, obtaining))
    kinds = {discovery.type_of(discovery.units[found], effect.pool): effect for found, effect in parting(pools)}
    containers = read_containers(discovery, called_by, obtaining, releasing)
    return containers | pools | read_bulk(discovery, releasing, {name: kinds[name] for name in kinds if name})


def in_order(discovery: Discovery, called_by: Callers, roles: frozenset[Role]) -> list[Unit]:
    """List the units that call what has one of some roles, and are not known to do so for their callers."""
    taking_part = discovery.taking_part(called_by, roles)
    return [unit for unit in discovery.units.values() if unit in taking_part and not is_known(discovery, unit)]


def is_known(discovery: Discovery, unit: Unit) -> bool:
    """Tell whether it is known what a unit does to memory."""
    return any(effect.level != Level.MAYBE for effect in discovery.effects.get(unit.reference, ()))


def read_pools(discovery: Discovery, units: list[Unit]) -> Kept:
    """Find what hands out parts of blocks."""
    found: Kept = {}
    for unit in units:
        values, sizes = discovery.trace(unit), discovery.language(unit).sizes
        for part in islice(parts(unit, values), 1):
            size = carried(unit, values, part.fresh.step, part.fresh.effect, sizes).size
            found[unit.reference] = pooled(unit, part, size)
    return found


def parting(pools: Kept) -> Iterator[tuple[Reference, Effect]]:
    """Yield what hands out parts of blocks itself."""
    return ((found, effect) for found, effect in pools.items() if effect.pool is not None)


def spread(discovery: Discovery, called_by: Callers, pools: Kept) -> Kept:
    """Find what hands on the memory of pools."""

    def effects_of(step: Step) -> tuple[Effect, ...]:
        return tuple(pools[found] for found in step.references[:1] if found in pools)

    pending = deque(pools)
    while pending:
        for unit in called_by.of(pending.popleft()):
            if unit.reference not in pools and not is_known(discovery, unit):
                values = trace(unit, discovery.graph(unit), effects_of, discovery.returns_of)
                if fresh := obtained(unit, values, RETURN):
                    effect = handed_out(unit, values, fresh, RETURN, discovery.language(unit))
                    pools[unit.reference] = replace(effect, kind=Kind.POOL, level=Level.LIKELY)
                    pending.append(unit.reference)
    return pools


def read_bulk(discovery: Discovery, units: list[Unit], pools: dict[str, Effect]) -> Kept:
    """Find what gives back all blocks of the objects that pools are kept in."""
    found: Kept = {}
    for unit in units if pools else ():
        for effect in islice(bulk(unit, pools, discovery.effects_of, discovery.type_of), 1):
            found[unit.reference] = effect
    return found


def read_containers(discovery: Discovery, called_by: Callers, obtaining: list[Unit], releasing: list[Unit]) -> Kept:
    """Find what lets fields of objects grow, where something else frees such a field and keeps the object."""
    growing, freeing = (
        read_fields(discovery, units, role)
        for units, role in ((obtaining, Role.REALLOCATOR), (releasing, Role.DEALLOCATOR))
    )
    homes = {home for _, _, home in growing if home.type} & {home for _, _, home in freeing}
    direct = [{found: effect for found, effect, home in each if home in homes} for each in (growing, freeing)]
    handing = [hand_on(discovery, called_by, dict(each)) for each in direct]
    return handing[1] | handing[0] | direct[0] | direct[1]


def read_fields(discovery: Discovery, units: list[Unit], role: Role) -> list[tuple[Reference, Effect, Home]]:
    """Find what functions do to fields of their parameters in one role."""
    return [
        (unit.reference, effect, Home(stem(unit.reference), discovery.type_of(unit, effect.pointer), field))
        for unit in units
        for effect, field in contained(unit, role, discovery.effects_of)
    ]


def hand_on(discovery: Discovery, called_by: Callers, known: Kept) -> Kept:
    """Add what hands its object on to such a function that is defined beside it."""
    pending = deque(known)
    while pending:
        current = pending.popleft()
        for unit in called_by.of(current):
            beside = stem(unit.reference) == stem(current)
            if beside and unit.reference not in known and not is_known(discovery, unit):
                for effect in islice(handed_on(unit, known), 1):
                    known[unit.reference] = effect
                    pending.append(unit.reference)
    return known
