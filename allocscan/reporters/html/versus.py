"""What a search in the text says of the names that are used most, held against what is true."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from allocscan.extract.mentions import Mention, mentions_of
from allocscan.filters import EVERYTHING, select
from allocscan.languages import Language
from allocscan.model import TAKES, Action, Report
from allocscan.reporters.html.links import Link, Links, page
from allocscan.reporters.html.rows import SiteRow, row
from allocscan.summary import by_name, grouped
from allocscan.views.comparison import Comparison, Hit, Reason, Way, compare
from allocscan.views.naming import last_part

TAKEN, GIVEN = 8, 2
"""Names that are compared: of what takes memory, and of what gives it back."""
MOST = 100
"""Examples of each kind."""

Work = tuple[str, bytes, Language]
"""A path, its file and its language."""
Found = tuple[str, dict[str, tuple[Mention, ...]]]
"""A path, and where each name is mentioned in that file."""
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


def compared_names(report: Report) -> tuple[str, ...]:
    """Choose the names that are used most, as a search would be given them."""
    taken, given = (by_name(report, actions) for actions in (TAKES, frozenset((Action.DEALLOCATE,))))
    names = (last_part(each.name) for each in chain(taken[:TAKEN], given[:GIVEN]))
    return tuple(dict.fromkeys(name for name in names if name.isidentifier()))


def search(names: tuple[str, ...], batch: Iterable[Work]) -> list[Found]:
    """Search some files for all names at once."""
    return [(path, mentions_of(content, names, language)) for path, content, language in batch]


def by_searched(names: tuple[str, ...], found: Iterable[Found]) -> Mentions:
    """Sort what was found by name, then by path."""
    sorted_: dict[str, dict[str, tuple[Mention, ...]]] = {name: {} for name in names}
    for path, mentioned in sorted(found, key=lambda each: each[0]):
        for name, known in mentioned.items():
            sorted_[name][path] = known
    return sorted_


def versus_pages(report: Report, mentions: Mentions, links: Links) -> Iterator[VersusPage]:
    """Yield the page of each name."""
    for name, found in mentions.items():
        sites = select(report, replace(EVERYTHING, names=(name,))).sites
        yield versus_page(compare(name, sites, report, found), links)


def versus_page(comparison: Comparison, links: Links) -> VersusPage:
    """Put a page together."""
    return VersusPage(
        page("versus", comparison.name),
        comparison,
        next((links.site(hit.site) for hit in comparison.right if hit.site), Link(comparison.name)),
        tuple(wrong(comparison.wrong, links)),
        tuple(missed(comparison, links)),
        tuple(
            Behind(links.name(each.name, each.definition), each.chain, each.sites, each.subclass)
            for each in comparison.reached
        ),
    )


def wrong(hits: Iterable[Hit], links: Links) -> Iterator[Wrong]:
    """Yield the hits that are no sites by the reason, the most frequent first."""
    found = grouped(hits, lambda hit: (hit.reason or Reason.UNKNOWN).value)
    for reason, group in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        examples = (Example(links.line(hit.path, hit.mention.line), hit.mention.text.strip()) for hit in group[:MOST])
        yield Wrong(Reason(reason), len(group), tuple(examples))


def missed(comparison: Comparison, links: Links) -> Iterator[Missed]:
    """Yield the sites that the search does not find by the way in which they escape it."""
    found = grouped(comparison.misses, lambda miss: miss.way.value)
    for way, group in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        yield Missed(Way(way), len(group), tuple(row(miss.site, links) for miss in group[:MOST]))
