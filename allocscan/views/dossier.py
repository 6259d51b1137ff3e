"""All that is known of one allocator or class."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from allocscan.filters import Wanted
from allocscan.model import Allocator, Report, ReportDefinition, Role, Target
from allocscan.summary import grouped
from allocscan.views.callers import Usage, usage
from allocscan.views.naming import last_part, nearness, sites_of, wrapped
from allocscan.views.types import Classes, TypeUse, by_class, split


@dataclass(frozen=True, slots=True)
class Related:
    """Another name that belongs to the story, and what it is as far as that is known."""

    name: str
    allocator: Allocator | None

    @property
    def definition(self) -> Target | None:
        """Say where it is defined, if that is known."""
        return self.allocator.definition if self.allocator else None


@dataclass(frozen=True, slots=True)
class AllocatorDossier:
    """All that is known of one allocator, reallocator or deallocator."""

    allocator: Allocator
    chain: tuple[Related, ...]
    """What it wraps, down to the primitive."""
    partners: tuple[Related, ...]
    """What frees its memory, or whose memory it frees."""
    usage: Usage


@dataclass(frozen=True, slots=True)
class ClassDossier:
    """All that is known of one class or structure."""

    definition: ReportDefinition
    created: Usage
    freed: Usage
    releases: tuple[tuple[str, int], ...]
    """What gives its objects back, and how often."""
    makers: tuple[Related, ...]
    """Functions of the tree that create one and hand it out."""
    subclasses: tuple[ReportDefinition, ...]


Dossier = AllocatorDossier | ClassDossier


def dossiers(report: Report, wanted: str) -> tuple[Dossier, ...]:
    """Describe every allocator and class of a name, the most used first."""
    name = Wanted((wanted,))
    known = (*report.allocators, *report.candidates)
    found: list[Dossier] = [describe(each, known, report) for each in known if name.has_name(each.name)]
    found += class_dossiers(report, name, known)
    return tuple(sorted(found, key=lambda dossier: -importance(dossier)))


def importance(dossier: Dossier) -> int:
    """Count the sites that a description is about."""
    return dossier.usage.sites if isinstance(dossier, AllocatorDossier) else dossier.created.sites


def describe(allocator: Allocator, known: tuple[Allocator, ...], report: Report) -> AllocatorDossier:
    """Describe an allocator."""
    named = grouped(known, lambda each: last_part(each.name))
    return AllocatorDossier(
        allocator,
        tuple(chain(allocator, named)),
        tuple(partners(allocator, named)),
        usage(sites_of(allocator, report.sites, report.allocators)),
    )


def chain(allocator: Allocator, named: dict[str, list[Allocator]]) -> Iterator[Related]:
    """Follow what an allocator wraps; where a name has several meanings, the file of the last one decides."""
    below = allocator
    for depth, name in enumerate(allocator.wraps):
        place = below.definition.path if below.definition else ""
        others = (other for other in named.get(last_part(name), ()) if other != below)
        found = wrapped(allocator.wraps[depth:], others, place)
        yield Related(name, found)
        below = found or below


def partners(allocator: Allocator, named: dict[str, list[Allocator]]) -> Iterator[Related]:
    """Yield what an allocator's memory meets at the other end of its life."""
    releases = allocator.role is Role.DEALLOCATOR
    place = allocator.definition.path if allocator.definition else ""
    for name in allocator.pairs:
        found = [each for each in named.get(last_part(name), []) if (each.role is Role.DEALLOCATOR) != releases]
        if found:
            yield Related(name, max(found, key=lambda each: (nearness(each, place), each.sites)))


def class_dossiers(report: Report, wanted: Wanted, known: tuple[Allocator, ...]) -> Iterator[ClassDossier]:
    """Describe the classes of a name."""
    classes = Classes(report.definitions)
    chosen = [each for each in classes.all if wanted.has_class(each.name)]
    sites = by_class(classes, report.sites) if chosen else {}
    for definition in chosen:
        created, freed = split(sites.get((definition.name, definition), ()))
        use = TypeUse(definition.name, definition, created, freed)
        yield ClassDossier(
            definition,
            usage(created),
            usage(freed),
            use.releases,
            tuple(makers(use, known)),
            tuple(each for each in classes.all if is_subclass(each, definition)),
        )


def makers(use: TypeUse, known: Iterable[Allocator]) -> Iterator[Related]:
    """Yield the allocators in which a class's objects come to be."""
    places = {(site.location.path, site.location.line) for site in use.created}
    for allocator in known:
        proofs = {(each.location.path, each.location.line) for each in allocator.evidence}
        if allocator.role is Role.ALLOCATOR and not places.isdisjoint(proofs):
            yield Related(allocator.name, allocator)


def is_subclass(definition: ReportDefinition, base: ReportDefinition) -> bool:
    """Tell whether a class is derived from another, as far as names tell."""
    wanted = last_part(base.name)
    return definition != base and any(last_part(written) == wanted for written in definition.bases)
