"""The allocators of a tree: the families, and a page for each member."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from allocscan.model import Allocator, Evidence, Fate, Report, Site
from allocscan.reporters.html.graph import Graph, graph
from allocscan.reporters.html.links import Link, Links, explorer
from allocscan.reporters.html.rows import Listing, listing
from allocscan.reporters.page import LACKS
from allocscan.summary import grouped
from allocscan.views.callers import Usage, usage
from allocscan.views.dossier import Related, chain, partners
from allocscan.views.families import Family, Member, families
from allocscan.views.naming import last_part, sites_of
from allocscan.views.references import fates

ABOVE = 9
"""Wrappers that a picture shows."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A statement that speaks for a discovery, and where it stands."""

    place: Link
    statement: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """An allocator in the tree of its family."""

    member: Member
    link: Link
    definition: Link | None
    proof: Proof | None


@dataclass(frozen=True, slots=True)
class FamilyRows:
    """A family and its members."""

    family: Family
    href: str
    """Leads to its sites."""
    lacks: str
    """Which end is missing, in words, if one is."""
    givers: tuple[MemberRow, ...]
    takers: tuple[MemberRow, ...]


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """What may be an allocator, for a person to judge."""

    allocator: Allocator
    definition: Link | None
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class AllocatorPage:
    """All that is known of one allocator."""

    page: str
    allocator: Allocator
    definition: Link | None
    proofs: tuple[Proof, ...]
    wraps: tuple[Link, ...]
    wrapped_by: tuple[Link, ...]
    pairs: tuple[Link, ...]
    usage: Usage
    fates: Mapping[Fate, int]
    """What becomes of its memory in the functions that obtain it."""
    picture: Graph | None
    sites: Listing
    href: str
    """Leads to its sites, if it has any."""


def family_rows(report: Report, links: Links) -> Iterator[FamilyRows]:
    """Yield the families with their members."""
    for family in families(report):
        givers, takers = (tuple(member_row(each, links) for each in side) for side in (family.givers, family.takers))
        lacks = LACKS[family.lacks] if family.lacks else ""
        yield FamilyRows(family, explorer(family=family.name), lacks, givers, takers)


def member_row(member: Member, links: Links) -> MemberRow:
    """Describe a member of a family."""
    known = member.allocator
    proofs = (proof(each, links) for each in known.evidence)
    return MemberRow(member, links.allocator(known), links.target(known.definition), next(proofs, None))


def proof(evidence: Evidence, links: Links) -> Proof:
    """Lead to a piece of evidence."""
    return Proof(links.line(evidence.location.path, evidence.location.line), evidence.statement)


def candidate_rows(report: Report, links: Links) -> Iterator[CandidateRow]:
    """Yield the candidates."""
    for each in report.candidates:
        proofs = tuple(proof(evidence, links) for evidence in each.evidence)
        yield CandidateRow(each, links.target(each.definition), proofs)


def allocator_pages(report: Report, every: tuple[Site, ...], links: Links) -> Iterator[AllocatorPage]:
    """Yield the page of each allocator."""
    named = grouped((*report.allocators, *report.candidates), lambda each: last_part(each.name))
    sites = grouped(every, lambda site: site.allocator)
    wrappers = find_wrappers(report, named)
    for allocator in report.allocators:
        used = sites_of(allocator, sites.get(allocator.name, ()), named[last_part(allocator.name)])
        yield allocator_page(allocator, named, wrappers.get(allocator, []), used, links)


def find_wrappers(report: Report, named: dict[str, list[Allocator]]) -> Mapping[Allocator, list[Allocator]]:
    """Find what wraps each allocator, the most used first."""
    found: dict[Allocator, list[Allocator]] = {}
    for allocator in report.allocators:
        below = next(chain(allocator, named), None)
        if below and below.allocator:
            found.setdefault(below.allocator, []).append(allocator)
    return found


def allocator_page(
    allocator: Allocator,
    named: dict[str, list[Allocator]],
    wrappers: list[Allocator],
    used: tuple[Site, ...],
    links: Links,
) -> AllocatorPage:
    """Put a page together."""
    focus = links.allocator(allocator)
    wraps = tuple(related(each, links) for each in chain(allocator, named))
    wrapped_by = tuple(map(links.allocator, sorted(wrappers, key=lambda each: (-each.sites, each.name))))
    return AllocatorPage(
        focus.href,
        allocator,
        links.target(allocator.definition),
        tuple(proof(each, links) for each in allocator.evidence),
        wraps,
        wrapped_by,
        tuple(related(each, links) for each in partners(allocator, named)),
        usage(used),
        {fate: number for fate, number in count_fates(used, links).items() if number},
        graph(wrapped_by[:ABOVE], focus, wraps),
        listing(used, links),
        explorer(allocator=allocator.name) if used else "",
    )


def count_fates(used: tuple[Site, ...], links: Links) -> dict[Fate, int]:
    """Count what becomes of the memory of some sites."""
    return fates(filter(None, map(links.references.life_of, used)))


def related(other: Related, links: Links) -> Link:
    """Lead to another allocator, as far as it is known."""
    return links.allocator(other.allocator) if other.allocator else Link(other.name)
