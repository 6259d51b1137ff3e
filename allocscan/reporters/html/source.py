"""The pages of files: their text, with everything that leads somewhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from allocscan.model import Action, FileRecord, FunctionRecord, ReportDefinition, Site
from allocscan.reporters.html.findings import FindingRow
from allocscan.reporters.html.heat import NO_HEAT, Heat, Lines
from allocscan.reporters.html.highlight import Piece, highlight
from allocscan.reporters.html.links import Link, Links, defined_at
from allocscan.reporters.html.marks import Mark, Segment, cut, name_mark, site_mark, slice_of
from allocscan.reporters.html.rows import SiteRow, row
from allocscan.reporters.html.split import FilePages
from allocscan.summary import by_action
from allocscan.text import decode
from allocscan.views.naming import last_part

Told = ReportDefinition | FunctionRecord
"""What is defined in a file and may have a page."""
Defined = tuple[Told, str]
"""What is defined, and its page."""
WIDEST = 5_000
"""Characters of a line that are shown."""
STROKES = 400
"""Strokes that would fill the map beside the text."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the page of a file needs beside its text."""

    pages: FilePages
    file: FileRecord
    lexer: str
    sites: tuple[SiteRow, ...]
    definitions: tuple[Defined, ...]
    """Those that have a page, and where."""
    outside: Link | None
    """The file at the forge."""
    changed: bool
    """The forge has it in another form, or not at all."""
    looks: tuple[FindingRow, ...]
    """What deserves a look."""
    heat: Lines
    """What lines obtained while a program was watched."""


class Line(NamedTuple):
    """A line, cut into what leads somewhere and the rest."""

    number: int
    segments: tuple[Segment, ...]
    actions: tuple[Action, ...]
    """Of the sites that begin in it, each once."""
    heat: Heat | None = None
    left: int = 0
    """Characters that are not shown: nobody reads so long a line."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A stroke of the map beside the text."""

    line: int
    action: Action


@dataclass(frozen=True, slots=True)
class Part:
    """One of the pages that a file has, and which lines of it stand there."""

    page: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SourcePage:
    """The page of a file, or of some of its lines."""

    plan: Plan
    part: Part
    others: tuple[Part, ...]
    """All pages of the file, where it has several."""
    lines: tuple[Line, ...]
    sites: tuple[SiteRow, ...]
    looks: tuple[FindingRow, ...]
    ticks: tuple[Tick, ...]
    counts: dict[Action, int]

    @property
    def thick(self) -> float:
        """Say how many lines a stroke covers, so that it can be seen."""
        return max(1.0, len(self.lines) / STROKES)


def plan(
    file: FileRecord,
    lexer: str,
    sites: Iterable[Site],
    definitions: Iterable[Told],
    looks: Iterable[FindingRow],
    links: Links,
    heat: Lines = NO_HEAT,
) -> Plan:
    """Collect what the page of a file needs beside its text."""
    address = links.forge.line(file.path, 1) if links.forge else ""
    told = ((each, links.defined(each.name, defined_at(each))) for each in definitions)
    return Plan(
        links.files[file.path],
        file,
        lexer,
        tuple(row(site, links) for site in sites),
        tuple((each, href) for each, href in told if href),
        Link(file.path, address) if address else None,
        bool(links.forge and not address),
        tuple(looks),
        heat,
    )


def source_pages(plan: Plan, content: bytes) -> Iterator[SourcePage]:
    """Lay the pages of a file out."""
    text = read_text(content)
    parts = tuple(Part(*each) for each in plan.pages.parts())
    lines, highlighted = text.split("\n"), highlight(text, plan.lexer)
    for part in parts:
        yield source_page(plan, part, parts if len(parts) > 1 else (), lines, highlighted)


def source_page(
    plan: Plan, part: Part, others: tuple[Part, ...], text: list[str], highlighted: list[list[Piece]]
) -> SourcePage:
    """Lay a page out."""
    sites = tuple(each for each in plan.sites if part.first <= each.site.location.line <= part.last)
    marks = find_marks(sites, plan.definitions, text)
    starting: dict[int, list[Action]] = {}
    for each in sites:
        starting.setdefault(each.site.location.line, []).append(each.site.action)
    lines = tuple(
        Line(
            number,
            segments(pieces, marks.get(number)),
            tuple(dict.fromkeys(starting.get(number, ()))),
            plan.heat.get(number),
            max(0, len(text[number - 1]) - WIDEST),
        )
        for number, pieces in enumerate(highlighted[part.first - 1 : part.last], part.first)
    )
    ticks = tuple(Tick(number, action) for number, actions in starting.items() for action in dict.fromkeys(actions))
    looks = tuple(each for each in plan.looks if part.first <= each.finding.location.line <= part.last)
    return SourcePage(plan, part, others, lines, sites, looks, ticks, by_action(each.site for each in sites))


def read_text(content: bytes) -> str:
    """Decode a file; what is no text any more has none."""
    try:
        return decode(content)
    except ValueError:
        return ""


def segments(pieces: list[Piece], marks: list[Mark] | None) -> tuple[Segment, ...]:
    """Cut a line, or leave it whole; what is too long loses its end."""
    if sum(len(text) for text, _ in pieces) > WIDEST:
        pieces = list(slice_of(pieces, 0, WIDEST))
    return cut(pieces, marks) if marks else (Segment(tuple(pieces)),) if pieces else ()


def find_marks(sites: Iterable[SiteRow], definitions: Iterable[Defined], lines: list[str]) -> dict[int, list[Mark]]:
    """Find what is marked in each line."""
    found: dict[int, list[Mark]] = {}
    for line, mark in (*site_marks(sites, lines), *definition_marks(definitions, lines)):
        found.setdefault(line, []).append(mark)
    return found


def site_marks(sites: Iterable[SiteRow], lines: list[str]) -> Iterator[tuple[int, Mark]]:
    """Yield the mark of each site and its line; lines that the file no longer has are left out."""
    for number, each in enumerate(sites, 1):
        place = each.site.location
        if place.line <= len(lines):
            href = each.what.href or (each.definition.href if each.definition else "")
            yield place.line, site_mark(number, each.site, lines[place.line - 1], href)


def definition_marks(definitions: Iterable[Defined], lines: list[str]) -> Iterator[tuple[int, Mark]]:
    """Yield the mark of each definition and its line."""
    for definition, href in definitions:
        start = definition.location.line
        for number in range(start, min(definition.location.end_line, start + 3, len(lines)) + 1):
            column = definition.location.column if number == start else 1
            if mark := name_mark(lines[number - 1], column, last_part(definition.name), href):
                yield number, mark
                break
