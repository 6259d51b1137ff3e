"""Objects that count their users: what frees them with the last use tells of what hands them out."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from allocscan.discover.discovery import Discovery
from allocscan.discover.handing import sources, spread
from allocscan.model import Effect, Evidence, Kind, Level, Reference, Role

Counted = dict[Reference, Reference]
"""For each function that hands out such objects the one that gives a use of them up."""


def settle_counted(discovery: Discovery) -> Counted:
    """Find what hands out objects of a type that something frees with their last use, and what hands those on."""
    releases = dict(read_releases(discovery))
    counted = spread(discovery, dict(read_makers(discovery, releases)) if releases else {})
    for maker, release in counted.items():
        first, *others = discovery.effects[maker]
        discovery.effects[maker] = (marked(discovery, first, release), *others)
    return counted


def read_releases(discovery: Discovery) -> Iterator[tuple[str, Reference]]:
    """Yield the types whose objects are freed with their last use, and what does so."""
    for reference, effect in discovery.first_effects():
        unit = discovery.units.get(reference)
        counts = effect.role == Role.DEALLOCATOR and effect.kind == Kind.REFCOUNTED and effect.level != Level.MAYBE
        if unit and counts and (type := discovery.type_of(unit, effect.pointer)):
            yield type, reference


def read_makers(discovery: Discovery, releases: Mapping[str, Reference]) -> Iterator[tuple[Reference, Reference]]:
    """Yield what puts fresh memory into a variable of such a type and hands it out."""
    single = (reference for reference, effect in discovery.first_effects() if effect.count is None)
    for reference in single:
        for unit, _, place in sources(discovery, reference):
            if release := releases.get(discovery.declared_type(unit, place.lstrip("*"))):
                yield reference, release


def marked(discovery: Discovery, effect: Effect, release: Reference) -> Effect:
    """Say that what is handed out counts its users."""
    name, location = discovery.links.tree.full_name(release), discovery.effects[release][0].evidence[-1].location
    said = Evidence(location, f"hands out what {name} frees with its last use")
    return replace(effect, kind=Kind.REFCOUNTED, evidence=(*effect.evidence, said))
