"""Lines of coloured parts, laid out for a page of some width; everything that was scanned is escaped."""

import os
import textwrap
from collections.abc import Iterable, Iterator
from typing import TextIO

from allocscan.model import Report
from allocscan.reporters.leads import Lead, leading, linked, nowhere
from allocscan.reporters.wording import escape, tail

WIDTH, NARROWEST, WIDEST = 80, 40, 120
"""Columns of a page, and the least and the most that are used of a terminal."""

PLAIN, BOLD, DIM = "", "1", "2"
NAME, PATH, GOOD, BAD, MARK = "36", "35", "32", "31", "1;31"

Part = tuple[str, str]
"""A text and its colour."""
Line = list[Part]


def page_width(stream: TextIO) -> int:
    """Ask a terminal how wide it is, whether or not it shows colour; everything else is a page."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (OSError, AttributeError, ValueError):
        return WIDTH
    return max(NARROWEST, min(columns, WIDEST)) if columns else WIDTH


def write(lines: Iterable[Line], stream: TextIO, report: Report | None = None) -> None:
    """Write lines, in colour and with links to places of a report where the stream says that it knows them."""
    colour, lead = stream.isatty(), leading(report, stream)
    for line in lines:
        stream.write(painted(line, colour, lead) + "\n")


def painted(line: Line, colour: bool, lead: Lead = nowhere) -> str:
    """Join the parts of a line; spaces at its end are left out."""
    parts = [(escape(text), style) for text, style in line if text]
    while parts and not parts[-1][0].strip():
        parts.pop()
    if parts:
        parts[-1] = (parts[-1][0].rstrip(), parts[-1][1])
    return "".join(part(text, style, lead) if style and colour else text for text, style in parts)


def part(text: str, style: str, lead: Lead = nowhere) -> str:
    """Colour a part, and make a link of a place that is shown whole."""
    shown = f"\x1b[{style}m{text}\x1b[0m"
    return linked(shown, lead(text.rstrip())) if style == PATH else shown


def length(line: Line) -> int:
    """Count the columns of a line."""
    return sum(len(escape(text)) for text, _ in line)


def clipped(line: Line, width: int) -> Line:
    """Cut a line off where the page ends; of a path that is cut, the end stays, which says most."""
    if length(line) <= width:
        return line
    kept: Line = []
    room = width - 1
    for text, style in ((escape(text), style) for text, style in line):
        if style == PATH and len(text) > room:
            return [*kept, (tail(text, room + 1), PATH)]
        kept.append((text[:room], style))
        room -= len(text)
        if room <= 0:
            break
    return [*kept, ("…", DIM)]


def spread(left: Line, right: Line, width: int) -> Line:
    """Put one text at the left edge and another at the right one."""
    room = width - length(right) - 1
    left = clipped(left, room)
    return [*left, (" " * (width - length(left) - length(right)), PLAIN), *right]


def wrapped(text: str, width: int, style: str = PLAIN) -> Iterator[Line]:
    """Break a text into lines."""
    for line in textwrap.wrap(escape(text), max(width, 20), break_on_hyphens=False) or [""]:
        yield [(line, style)]


def labelled(label: str, lines: Iterable[Line], room: int) -> Iterator[Line]:
    """Put a label in front of the first of some lines, and as many spaces in front of the others."""
    for number, line in enumerate(lines):
        yield [(("" if number else label).ljust(room), DIM), *line]


def table(rows: Iterable[tuple[Line, ...]], width: int, gap: int = 2, indent: int = 2) -> Iterator[Line]:
    """Lay cells out in columns; those of numbers stand to the right, the last one takes what room is left."""
    grid = list(rows)
    widths = [max(map(length, column)) for column in zip(*grid, strict=True)]
    for row in grid:
        line: Line = [(" " * indent, PLAIN)]
        for number, (cell, room) in enumerate(zip(row, widths, strict=True)):
            last = number == len(row) - 1
            line += cell if last else [*padded(cell, room), (" " * gap, PLAIN)]
        yield clipped(line, width)


def padded(cell: Line, room: int) -> Line:
    """Make a cell as wide as its column."""
    space = (" " * (room - length(cell)), PLAIN)
    return [space, *cell] if cell and cell[0][0].replace(",", "").isdigit() else [*cell, space]


def rule(width: int) -> Line:
    """Draw a line across the page."""
    return [("─" * width, DIM)]
