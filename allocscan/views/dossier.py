"""All that is known of one allocator or class."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from allocscan.filters import Wanted
from allocscan.model import Allocator, Fate, FunctionRecord, Kind, Report, ReportDefinition, Role, Site, Target
from allocscan.summary import grouped
from allocscan.views.callers import Usage, calls, usage
from allocscan.views.naming import last_part, nearness, wrapped
from allocscan.views.providing import ProviderDossier, place, provider_dossiers
from allocscan.views.references import Called, References, Variable, fates, target_of
from allocscan.views.types import Classes, TypeUse, by_class, split

FUNCTION = "function"
"""The kind of what may be called by a construct that does not name it."""


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
    wrappers: tuple[Related, ...] = ()
    """What wraps it directly, the most used first."""
    fates: Mapping[Fate, int] = field(default_factory=dict)
    """What becomes of its memory in the functions that obtain it."""


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
    fates: Mapping[Fate, int] = field(default_factory=dict)
    """What becomes of its objects in the functions that create them."""


@dataclass(frozen=True, slots=True)
class FunctionDossier:
    """All that is known of one function that is no allocator itself."""

    function: FunctionRecord
    sites: tuple[Site, ...]
    variables: tuple[Variable, ...]
    calls: tuple[Called, ...]
    """The functions that it calls, of those that matter to memory."""


Dossier = AllocatorDossier | ClassDossier | ProviderDossier | FunctionDossier


def dossiers(report: Report, wanted: str) -> tuple[Dossier, ...]:
    """Describe every allocator, class and function of a name, the most used first."""
    name, references = Wanted((wanted,)), References(report)
    known = (*report.allocators, *report.candidates)
    found: list[Dossier] = [describe(each, known, references) for each in known if name.has_name(each.name)]
    found += provider_dossiers(report, name)
    found += class_dossiers(report, name, known, references)
    told = {each.definition for each in known} | {place(each) for each in report.definitions if each.offers}
    found += function_dossiers(report, name, told, references)
    return tuple(sorted(found, key=lambda dossier: -importance(dossier)))


def importance(dossier: Dossier) -> int:
    """Count the sites that a description is about."""
    if isinstance(dossier, ProviderDossier):
        return len(dossier.users)
    if isinstance(dossier, FunctionDossier):
        return len(dossier.sites)
    return dossier.usage.sites if isinstance(dossier, AllocatorDossier) else dossier.created.sites


def describe(allocator: Allocator, known: tuple[Allocator, ...], references: References) -> AllocatorDossier:
    """Describe an allocator."""
    named = grouped(known, lambda each: last_part(each.name))
    sites = references.sites_of(allocator)
    record = references.record_of(allocator.definition)
    called = allocator.kind is Kind.FACTORY or (record and record.kind == FUNCTION and not sites)
    return AllocatorDossier(
        allocator,
        tuple(chain(allocator, named)),
        tuple(partners(allocator, named)),
        calls(record, allocator.sites or None) if called else usage(sites),
        tuple(wrappers(allocator, known, named)),
        fates(filter(None, map(references.life_of, sites))),
    )


def wrappers(allocator: Allocator, known: Iterable[Allocator], named: dict[str, list[Allocator]]) -> Iterator[Related]:
    """Yield what wraps an allocator directly, the most used first."""
    name = last_part(allocator.name)
    above = [other for other in known if other.wraps and last_part(other.wraps[0]) == name]
    above = [other for other in above if is_whole(other.wraps[0], allocator.name)]
    for other in sorted(above, key=lambda each: (-each.sites, each.name, str(each.definition))):
        if next(chain(other, named)).allocator == allocator:
            yield Related(other.name, other)


def is_whole(name: str, full: str) -> bool:
    """Tell whether a name is all of another but what that belongs to: an operator is not called by its last word."""
    return not full.removesuffix(name).endswith(" ")


def function_dossiers(
    report: Report, wanted: Wanted, known: Collection[Target | None], references: References
) -> Iterator[FunctionDossier]:
    """Describe the functions of a name that are no allocators."""
    for function in report.functions:
        if wanted.has_name(function.name) and target_of(function) not in known:
            yield FunctionDossier(
                function,
                references.sites_in(function),
                references.variables_of(function),
                references.called_by(function),
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


def class_dossiers(
    report: Report, wanted: Wanted, known: tuple[Allocator, ...], references: References
) -> Iterator[ClassDossier]:
    """Describe the classes of a name."""
    classes = Classes(report.definitions)
    chosen = [each for each in classes.all if wanted.has_class(each.name)]
    sites = by_class(classes, report.sites) if chosen else {}
    providers = {each.location for each in report.definitions if each.offers}
    for definition in chosen:
        created, freed = split(sites.get((definition.name, definition), ()))
        if definition.location in providers and not (created or freed):
            # All that there is to say of it is that it is an allocator.
            continue
        use = TypeUse(definition.name, definition, created, freed)
        yield ClassDossier(
            definition,
            usage(created),
            usage(freed),
            use.releases,
            tuple(makers(use, known)),
            tuple(each for each in classes.all if is_subclass(each, definition)),
            fates(filter(None, map(references.life_of, created))),
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
