"""What hands out memory to its caller, and where that comes from."""

from collections import deque
from collections.abc import Iterator, Mapping
from typing import TypeVar

from allocscan.discover.discovery import Discovery
from allocscan.discover.families import evident
from allocscan.discover.places import outlet
from allocscan.discover.units import Step, Unit
from allocscan.model import Reference, Role

Said = TypeVar("Said")


def sources(discovery: Discovery, reference: Reference) -> Iterator[tuple[Unit, Step, str]]:
    """Yield the call whose memory a function obtains for its caller, and the place that takes it."""
    known = discovery.effects.get(reference)
    if known and known[0].role == Role.ALLOCATOR and reference not in discovery.implemented:
        if step := evident(discovery, reference):
            for effect in discovery.effects_of(step)[:1]:
                yield discovery.units[reference], step, outlet(step, effect)


def spread(discovery: Discovery, makers: Mapping[Reference, Said]) -> dict[Reference, Said]:
    """Say of what hands memory on what is said of where that comes from."""
    found, pending = dict(makers), deque(makers)
    while pending:
        maker = pending.popleft()
        for reference in (unit.reference for unit in discovery.called_by.of(maker)):
            handed = (step.references for _, step, _ in sources(discovery, reference))
            if reference not in found and any(maker in references for references in handed):
                found[reference] = found[maker]
                pending.append(reference)
    return found
