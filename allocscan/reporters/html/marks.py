"""Names in the text of a file that lead somewhere: sites and definitions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from allocscan.model import Site
from allocscan.reporters.html.highlight import Piece

WORD = re.compile(r"\w+(?:(?:\.|->|::|!|\$)\w*)*|\S")
"""What is marked where a name does not stand as it is called."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a line that leads somewhere."""

    start: int
    """Characters before it."""
    end: int
    href: str
    kind: str
    """An action, or `definition`."""
    sites: tuple[int, ...] = ()
    """Which sites of the file begin there, from 1."""


class Segment(NamedTuple):
    """A part of a line: pieces, and the mark that they form."""

    pieces: tuple[Piece, ...]
    mark: Mark | None = None


def site_mark(number: int, site: Site, line: str, href: str) -> Mark:
    """Mark the name of a site in its line."""
    start = min(site.location.column - 1, len(line))
    return Mark(start, start + extent(line, start, site.name), href, site.action.value, (number,))


def extent(line: str, start: int, name: str) -> int:
    """Say how many characters a name takes that is written without white space."""
    if line.startswith(name, start):
        return len(name)
    found = WORD.match(line, start)
    return len(found[0]) if found else 0


def name_mark(line: str, column: int, name: str, href: str) -> Mark | None:
    """Mark a name that is defined behind a column."""
    found = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)").search(line, max(0, column - 1))
    return Mark(found.start(), found.end(), href, "definition") if found else None


def apart(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Yield marks that do not overlap: what begins inside of another gives way, or joins it."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, not mark.sites, mark.end)):
        last = kept[-1] if kept else None
        if last is None or mark.start >= last.end:
            kept.append(mark)
        elif mark.sites:
            end = max(last.end, mark.end) if not last.sites else last.end
            kept[-1] = Mark(last.start, end, last.href, last.kind, last.sites + mark.sites)
    yield from (mark for mark in kept if mark.end > mark.start)


def cut(line: Sequence[Piece], marks: Iterable[Mark]) -> tuple[Segment, ...]:
    """Cut a line into marks and what stands between them."""
    segments, at = [], 0
    for mark in apart(marks):
        segments += [Segment(slice_of(line, at, mark.start)), Segment(slice_of(line, mark.start, mark.end), mark)]
        at = mark.end
    last = Segment(slice_of(line, at, sum(len(text) for text, _ in line)))
    return tuple(each for each in (*segments, last) if each.pieces)


def slice_of(line: Sequence[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """Give the pieces between two columns."""
    found, offset = [], 0
    for text, kind in line:
        part = text[max(0, start - offset) : max(0, end - offset)]
        if part:
            found.append((part, kind))
        offset += len(text)
    return tuple(found)
