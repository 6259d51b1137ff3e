"""Objects that count their users: what frees them with the last use tells of what hands them out."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from allocscan.discover.discovery import Discovery
from allocscan.discover.families import evident
from allocscan.discover.units import Callers
from allocscan.discover.values import outlet
from allocscan.model import Effect, Evidence, Kind, Level, Reference, Role

Counted = dict[Reference, Reference]
"""For each function that hands out such objects the one that gives a use of them up."""


def settle_counted(discovery: Discovery, called_by: Callers) -> Counted:
    """Find what hands out objects of a type that something frees with their last use, and what hands those on."""
    releases = dict(read_releases(discovery))
    counted = dict(read_makers(discovery, releases)) if releases else {}
    pending = deque(counted)
    while pending:
        maker = pending.popleft()
        for unit in called_by.of(maker):
            if unit.reference not in counted and maker in evident_references(discovery, unit.reference):
                counted[unit.reference] = counted[maker]
                pending.append(unit.reference)
    for maker, release in counted.items():
        first, *others = discovery.effects[maker]
        discovery.effects[maker] = (marked(discovery, first, release), *others)
    return counted


def read_releases(discovery: Discovery) -> Iterator[tuple[str, Reference]]:
    """Yield the types whose objects are freed with their last use, and what does so."""
    for reference, (effect, *_) in discovery.effects.items():
        unit = discovery.units.get(reference)
        counts = effect.role == Role.DEALLOCATOR and effect.kind == Kind.REFCOUNTED and effect.level != Level.MAYBE
        if unit and counts and (type := discovery.type_of(unit, effect.pointer)):
            yield type, reference


def read_makers(discovery: Discovery, releases: dict[str, Reference]) -> Iterator[tuple[Reference, Reference]]:
    """Yield what puts fresh memory into a variable of such a type and hands it out."""
    for reference in discovery.effects:
        step = evident(discovery, reference) if hands_out(discovery, reference) else None
        for effect in discovery.effects_of(step)[:1] if step else ():
            place = outlet(step, effect) if step else ""
            type = discovery.declared_type(discovery.units[reference], place.lstrip("*"))
            if type in releases:
                yield reference, releases[type]


def hands_out(discovery: Discovery, reference: Reference) -> bool:
    """Tell whether a function obtains memory for its caller."""
    return discovery.effects[reference][0].role == Role.ALLOCATOR and reference not in discovery.implemented


def evident_references(discovery: Discovery, reference: Reference) -> tuple[Reference, ...]:
    """List what the call may mean whose memory a function hands out."""
    step = evident(discovery, reference) if reference in discovery.effects else None
    return step.references if step and hands_out(discovery, reference) else ()


def marked(discovery: Discovery, effect: Effect, release: Reference) -> Effect:
    """Say that what is handed out counts its users."""
    name, location = discovery.links.tree.full_name(release), discovery.effects[release][0].evidence[-1].location
    return replace(
        effect,
        kind=Kind.REFCOUNTED,
        evidence=(*effect.evidence, Evidence(location, f"{name} frees such an object with its last use")),
    )
