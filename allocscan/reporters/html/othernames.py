"""What a text search says of the names that have no page of their own, in pieces that a script loads."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from allocscan.extract.mentions import COMMENT, STRING
from allocscan.extract.surveying import Passing
from allocscan.reporters.html.links import Link, Links
from allocscan.reporters.html.versus import FEW, Behind, Example, Missed, VersusPage, Wrong, find_told
from allocscan.reporters.wording import escape
from allocscan.views.comparison import Reason

EXAMPLES = 1_500
"""Examples in one piece, about."""
REASONS = {COMMENT: Reason.COMMENT, STRING: Reason.STRING, "": Reason.CODE}

Places = dict[tuple[str, str], int]
"""Paths with what their addresses begin with, numbered."""


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name and what is known of it; how often it ends longer ones is counted where it is shown."""

    name: str
    sites: int
    right: int
    wrong: tuple[Wrong, ...]
    missed: tuple[Missed, ...] = ()
    behind: tuple[Behind, ...] = ()
    told: tuple[Link, ...] = ()

    @property
    def examples(self) -> int:
        """Count what is quoted."""
        return sum(len(group.examples) for group in self.wrong) + sum(len(group.rows) for group in self.missed)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some names that follow each other in the alphabet."""

    first: str
    places: tuple[tuple[str, str], ...]
    records: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """All words that stand before a parenthesis, or that sites are asked for by."""

    words: tuple[str, ...]
    counts: tuple[int, ...]
    firsts: tuple[int, ...]
    """Which word each piece begins with."""
    pages: tuple[tuple[int, str], ...]
    """Which words have a page."""


def other_names(
    pages: Iterable[VersusPage], passing: Mapping[str, Mapping[str, Mapping[str, Passing]]], links: Links
) -> list[OtherName]:
    """Give all names that have no page, in order."""
    told = find_told(links)
    words = (of_word(word, roles, told.get(word, ()), links) for word, roles in passing.items())
    return sorted(chain(map(of_page, pages), words), key=lambda each: each.name)


def of_page(page: VersusPage) -> OtherName:
    """Tell of a name that sites are asked for by."""
    known = page.comparison
    wrong = tuple(group for group in page.wrong if group.reason is not Reason.LONGER)
    return OtherName(known.name, known.sites, len(known.right), wrong, page.missed, page.behind, page.told)


def of_word(word: str, roles: Mapping[str, Mapping[str, Passing]], told: tuple[Link, ...], links: Links) -> OtherName:
    """Tell of a word that no site is of."""
    groups = (passed(REASONS[role], files, links) for role, files in roles.items())
    return OtherName(word, 0, 0, tuple(sorted(groups, key=lambda group: -group.count)), told=told)


def passed(reason: Reason, files: Mapping[str, Passing], links: Links) -> Wrong:
    """Count the hits of one reason in all files, and quote the first few."""
    found = (Example(links.line(path, line), text) for path, each in files.items() for line, text in each.lines)
    return Wrong(reason, sum(each.count for each in files.values()), tuple(islice(found, FEW)))


def pieces(names: Iterable[OtherName]) -> Iterator[Piece]:
    """Divide names into pieces of much the same weight."""
    batch: list[OtherName] = []
    size = 0
    for each in names:
        batch.append(each)
        size += each.examples
        if size >= EXAMPLES:
            yield piece(batch)
            batch, size = [], 0
    if batch:
        yield piece(batch)


def piece(names: list[OtherName]) -> Piece:
    """Put a piece together."""
    places: Places = {}
    records = tuple((escape(each.name), record(each, places)) for each in names)
    return Piece(names[0].name, tuple((escape(path), start) for path, start in places), records)


def record(name: OtherName, places: Places) -> dict[str, Any]:
    """Write down what is known of a name, and nothing where there is nothing."""
    known = {
        "sites": name.sites,
        "right": name.right,
        "wrong": [
            (group.reason, group.count, [(*located(each.place, places), escape(each.text)) for each in group.examples])
            for group in name.wrong
        ],
        "missed": [
            (
                group.way,
                group.count,
                [(*located(row.place, places), row.site.action, *link(row.what)) for row in group.rows],
            )
            for group in name.missed
        ],
        "behind": [(*link(each.link), each.sites, list(map(escape, each.chain))) for each in name.behind],
        "told": list(map(link, name.told)),
    }
    return {key: value for key, value in known.items() if value}


def located(place: Link, places: Places) -> tuple[int, int]:
    """Say where something is, by the number of a place and a line: addresses of lines end with their number."""
    path, _, line = place.text.rpartition(":")
    return places.setdefault((path, place.href.removesuffix(line)), len(places)), int(line)


def link(to: Link) -> tuple[str, str]:
    """Write a link."""
    return escape(to.text), to.href


def known_words(counts: Mapping[str, int], pieces: Iterable[Piece], pages: Iterable[VersusPage]) -> Known:
    """List all words in order."""
    words = sorted(counts)
    own = {each.comparison.name: each.page for each in pages}
    return Known(
        tuple(map(escape, words)),
        tuple(counts[word] for word in words),
        tuple(bisect_left(words, each.first) for each in pieces),
        tuple((number, own[word]) for number, word in enumerate(words) if word in own),
    )
