"""What a search in the text says of each name, held against what is true."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from allocscan.extract.mentions import Mention
from allocscan.filters import by_identifier
from allocscan.model import Report
from allocscan.reporters.html.links import OTHERS, Link, Links, page
from allocscan.reporters.html.rows import SiteRow, row
from allocscan.summary import canonical_name, grouped
from allocscan.views.comparison import Comparison, Ground, Hit, Reason, Way, compare
from allocscan.views.naming import last_part

PAGES = 1_500
"""Names that have a page each, the most used ones; one page tells of all others."""
FOREMOST, MANY, FEW = 20, 100, 10
"""Examples of each kind: for the most used names, and for all others."""

KINDS = {"allocators": "allocator", "types": "type", "functions": "function"}
"""What the pages in each folder are about."""

Mentions = Mapping[str, Mapping[str, tuple[Mention, ...]]]
"""Where each name is mentioned, by name and path."""


@dataclass(frozen=True, slots=True)
class Example:
    """A line in which the search stops."""

    place: Link
    text: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """Hits that are no sites, and why."""

    reason: Reason
    count: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """Sites that the search does not find, and why."""

    way: Way
    count: int
    rows: tuple[SiteRow, ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """A wrapper through which the name is reached where it is not to be seen."""

    link: Link
    chain: tuple[str, ...]
    sites: int
    subclass: bool


@dataclass(frozen=True, slots=True)
class VersusPage:
    """Both answers, which are also a row in the list."""

    page: str
    comparison: Comparison
    told: tuple[Link, ...]
    """Where what bears the name is told of, wherever that is defined."""
    wrong: tuple[Wrong, ...]
    missed: tuple[Missed, ...]
    behind: tuple[Behind, ...]

    @property
    def reached(self) -> int:
        """Count the sites behind wrappers."""
        return sum(each.sites for each in self.behind)


def compared_names(report: Report) -> tuple[str, ...]:
    """Give the names that sites are asked for by: those that sites are of, then types and what stands behind wrappers.

    As a search would be given them, the most used first.
    """
    known = by_identifier(report.sites)
    own = Counter(last_part(canonical_name(site)) for site in report.sites)
    below = Counter(name for site in report.sites for name in set(map(last_part, site.via)))
    ranks = {name: (own[name], len(known.get(name, ())), below[name]) for name in {*known, *below}}
    return tuple(sorted(filter(str.isidentifier, ranks), key=lambda name: (*(-count for count in ranks[name]), name)))


def pages_of(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Say for each name where it is compared."""
    for number, name in enumerate(names):
        yield name, page("versus", name) if number < PAGES else f"{OTHERS}#{name}"


def versus_pages(report: Report, mentions: Mentions, links: Links) -> Iterator[VersusPage]:
    """Yield what there is to say of each name, with many examples for the most used."""
    ground, sites = Ground(report), by_identifier(report.sites)
    told = find_told(links)
    for number, (name, found) in enumerate(mentions.items()):
        most = MANY if number < FOREMOST else FEW
        yield versus_page(compare(name, sites.get(name, ()), ground, found), told.get(name, ()), links, most)


def find_told(links: Links) -> dict[str, tuple[Link, ...]]:
    """Find the pages of allocators, types and functions, by the last part of their names."""
    found: dict[str, dict[str, Link]] = {}
    functions = (((each.name, each), href) for each, href in links.functions.items())
    for (name, definition), href in chain(links.called.items(), functions):
        where = f"in {definition.path}" if definition else "of a library"
        found.setdefault(last_part(name), {})[href] = Link(f"{KINDS[href.partition('/')[0]]} {where}", href)
    return {name: tuple(known.values()) for name, known in found.items()}


def versus_page(comparison: Comparison, told: tuple[Link, ...], links: Links, most: int) -> VersusPage:
    """Put a page together."""
    return VersusPage(
        links.versus[comparison.name],
        comparison,
        told,
        tuple(wrong(comparison.wrong, links, most)),
        tuple(missed(comparison, links, most)),
        tuple(
            Behind(links.name(each.name, each.definition), each.chain, each.sites, each.subclass)
            for each in comparison.reached
        ),
    )


def wrong(hits: Iterable[Hit], links: Links, most: int) -> Iterator[Wrong]:
    """Yield the hits that are no sites by the reason, the most frequent first."""
    found = grouped(hits, lambda hit: (hit.reason or Reason.UNKNOWN).value)
    for reason, group in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        examples = (Example(links.line(hit.path, hit.mention.line), hit.mention.text.strip()) for hit in group[:most])
        yield Wrong(Reason(reason), len(group), tuple(examples))


def missed(comparison: Comparison, links: Links, most: int) -> Iterator[Missed]:
    """Yield the sites that the search does not find by the way in which they escape it."""
    found = grouped(comparison.misses, lambda miss: miss.way.value)
    for way, group in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        yield Missed(Way(way), len(group), tuple(row(miss.site, links) for miss in group[:most]))
