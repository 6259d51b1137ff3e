"""A table of plain values: for a person, as CSV, or as JSON."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from allocscan.reporters.cells import cells
from allocscan.reporters.ink import BOLD, DIM, Line, length, painted

GAP: Line = [("  ", "")]

Rows = Sequence[Sequence[Any]]


def write(form: str, names: Sequence[str], rows: Rows, stream: TextIO) -> None:
    """Write a table in a form by its name."""
    values = [list(map(plain, row)) for row in rows]
    if form == "csv":
        csv.writer(stream).writerows([cells(names), *map(cells, values)])
    elif form == "json":
        json.dump([dict(zip(names, row, strict=True)) for row in values], stream, indent=2)
        stream.write("\n")
    else:
        colour = stream.isatty()
        stream.writelines(f"{painted(line, colour)}\n" for line in lines(names, values))


def plain(value: Any) -> Any:
    """Write bytes as text."""
    return value.hex() if isinstance(value, bytes) else value


def lines(names: Sequence[str], rows: Rows) -> Iterator[Line]:
    """Lay a table out in columns, numbers to the right; nothing is cut off."""
    head: list[Line] = [[(name, BOLD)] for name in names]
    body: list[list[Line]] = [[shown(value) for value in row] for row in rows]
    widths = [max(map(length, column)) for column in zip(head, *body, strict=True)]
    numbers = [all(isinstance(value, int | float) for value in column) for column in zip(*rows, strict=True)]
    for row in (head, *body):
        yield list(joined(row, widths, numbers or [False] * len(names)))
    yield [(f"{len(rows):,} row{'' if len(rows) == 1 else 's'}", DIM)]


def shown(value: Any) -> Line:
    """Show a value; what is absent is there as a dash."""
    if value is None:
        return [("-", DIM)]
    return [(str(value), "")]


def joined(row: Iterable[Line], widths: Iterable[int], numbers: Iterable[bool]) -> Iterator[tuple[str, str]]:
    """Put the cells of a row beside each other."""
    for cell, width, number in zip(row, widths, numbers, strict=True):
        space = (" " * (width - length(cell)), "")
        yield from ([space, *cell] if number else [*cell, space])
        yield from GAP
