"""What a search in the text says of each name, held against what is true."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from allocscan.extract.mentions import Mention, Names, called, mentions_of, read
from allocscan.filters import by_identifier
from allocscan.languages import Language
from allocscan.model import Report, Site
from allocscan.reporters.html.links import Link, Links, page
from allocscan.reporters.html.rows import SiteRow, row
from allocscan.summary import canonical_name, grouped
from allocscan.views.comparison import Comparison, Ground, Hit, Reason, Way, compare
from allocscan.views.naming import last_part

PAGES = 1_500
"""Names that have a page, the most used ones."""
FOREMOST, MANY, FEW = 20, 100, 10
"""Examples of each kind: for the most used names, and for all others."""

Work = tuple[str, bytes, Language]
"""A path, its file and its language."""
Found = tuple[str, dict[str, tuple[Mention, ...]], Counter[str]]
"""A path, where each name is mentioned in that file, and how often each word stands before a parenthesis."""
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
    link: Link
    """Leads to what is told of the name."""
    wrong: tuple[Wrong, ...]
    missed: tuple[Missed, ...]
    behind: tuple[Behind, ...]

    @property
    def longest(self) -> int:
        """Give the greatest of the numbers that are drawn as bars."""
        return max(1, *map(len, (self.comparison.right, self.comparison.wrong, self.comparison.misses)), self.reached)

    @property
    def reached(self) -> int:
        """Count the sites behind wrappers."""
        return sum(each.sites for each in self.behind)


def compared_names(sites: Iterable[Site]) -> tuple[str, ...]:
    """Give the names that sites are of, as a search would be given them, the most used first."""
    counted = Counter(last_part(canonical_name(site)) for site in sites)
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(name for name, _ in ranked if name.isidentifier())


def search(names: tuple[str, ...], batch: Iterable[Work]) -> list[Found]:
    """Search some files for all names at once."""
    wanted = Names(names)
    return [(path, *found_in(content, wanted, language)) for path, content, language in batch]


def found_in(content: bytes, names: Names, language: Language) -> tuple[dict[str, tuple[Mention, ...]], Counter[str]]:
    """Search one file, and count what stands before its parentheses."""
    text = read(content)
    return (mentions_of(text, names, language), called(text)) if text else ({}, Counter())


def by_searched(names: tuple[str, ...], found: Iterable[Found]) -> tuple[Mentions, Counter[str]]:
    """Sort what was found by name, then by path, and count words before parentheses."""
    sorted_: dict[str, dict[str, tuple[Mention, ...]]] = {name: {} for name in names}
    words: Counter[str] = Counter()
    for path, mentioned, counted in sorted(found, key=lambda each: each[0]):
        words.update(counted)
        for name, known in mentioned.items():
            sorted_[name][path] = known
    return sorted_, words


def versus_pages(report: Report, mentions: Mentions, links: Links) -> Iterator[VersusPage]:
    """Yield the page of each name, those of the most used with many examples."""
    ground, sites = Ground(report), by_identifier(report.sites)
    for number, (name, found) in enumerate(mentions.items()):
        most = MANY if number < FOREMOST else FEW
        yield versus_page(compare(name, sites.get(name, ()), ground, found), links, most)


def versus_page(comparison: Comparison, links: Links, most: int) -> VersusPage:
    """Put a page together."""
    return VersusPage(
        page("versus", comparison.name),
        comparison,
        next((links.site(hit.site) for hit in comparison.right if hit.site), Link(comparison.name)),
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
