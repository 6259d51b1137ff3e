"""Types and classes: where their objects come to be, and where they go."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from allocscan.model import Allocator, Report, ReportDefinition, Role
from allocscan.reporters.html.links import Link, Links, defined_at, type_key
from allocscan.reporters.html.rows import Listing, listing
from allocscan.summary import grouped
from allocscan.views.naming import last_part
from allocscan.views.types import TypeUse

Place = tuple[str, int]
"""A path and a line."""


@dataclass(frozen=True, slots=True)
class TypePage:
    """All that is known of one type, which is also its row in the list."""

    page: str
    use: TypeUse
    link: Link
    definition: Link | None
    bases: tuple[Link, ...]
    subclasses: tuple[Link, ...]
    makers: tuple[Link, ...]
    releases: tuple[tuple[Link, int], ...]
    """What frees its objects, and how often."""
    created: Listing
    freed: Listing


def type_pages(uses: tuple[TypeUse, ...], report: Report, links: Links) -> Iterator[TypePage]:
    """Yield the page of each type."""
    makers = find_makers(report)
    named = grouped(report.definitions, lambda each: last_part(each.name))
    derived = find_derived(report)
    for use in uses:
        yield type_page(use, derived.get(last_part(use.name), []), named, makers, links)


def find_derived(report: Report) -> dict[str, list[ReportDefinition]]:
    """Find what is derived from each class, as far as names tell."""
    found: dict[str, list[ReportDefinition]] = {}
    for each in report.definitions:
        for base in dict.fromkeys(map(last_part, each.bases)):
            found.setdefault(base, []).append(each)
    return found


def type_page(
    use: TypeUse,
    derived: list[ReportDefinition],
    named: dict[str, list[ReportDefinition]],
    makers: Mapping[Place, list[Allocator]],
    links: Links,
) -> TypePage:
    """Put a page together."""
    own, place = use.definition, type_key(use)[1]
    link = links.name(use.name, place)
    return TypePage(
        link.href,
        use,
        link,
        links.target(place),
        tuple(base_link(base, named, links) for base in (own.bases if own else ())),
        tuple(links.name(each.name, defined_at(each)) for each in derived if own and each != own),
        tuple(map(links.allocator, made_by(use, makers))),
        tuple((released_by(name, use, links), count) for name, count in use.releases),
        listing(use.created, links),
        listing(use.freed, links),
    )


def released_by(name: str, use: TypeUse, links: Links) -> Link:
    """Lead to what frees objects of a type, by the first site that does."""
    return next(
        (links.name(name, site.resolved) for site in use.freed if name in (site.allocator, site.name)), Link(name)
    )


def find_makers(report: Report) -> Mapping[Place, list[Allocator]]:
    """Find the allocators that the places of their evidence speak for."""
    found: dict[Place, list[Allocator]] = {}
    for allocator in (*report.allocators, *report.candidates):
        for place in {(each.location.path, each.location.line) for each in allocator.evidence}:
            if allocator.role is Role.ALLOCATOR:
                found.setdefault(place, []).append(allocator)
    return found


def made_by(use: TypeUse, makers: Mapping[Place, list[Allocator]]) -> list[Allocator]:
    """List the allocators in which a type's objects come to be."""
    places = ((site.location.path, site.location.line) for site in use.created)
    return list(dict.fromkeys(maker for place in places for maker in makers.get(place, ())))


def base_link(base: str, named: dict[str, list[ReportDefinition]], links: Links) -> Link:
    """Lead to the class that another is derived from, where only one bears its name."""
    found = named.get(last_part(base), [])
    if len(found) != 1:
        return Link(base)
    known = links.name(found[0].name, defined_at(found[0]), base)
    return known if known.href else links.line(found[0].location.path, found[0].location.line, base)
