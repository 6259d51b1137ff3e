"""What pages about single things share."""

from collections.abc import Iterator

from allocscan.model import Target
from allocscan.reporters import Read
from allocscan.reporters.grep import source_lines
from allocscan.reporters.ink import DIM, NAME, PATH, PLAIN, Line, clipped, table
from allocscan.reporters.wording import counted, tail
from allocscan.views.callers import Usage

LABEL = 11
"""Columns for what a line is about."""
WIDE = 10_000
"""A width that is cut to that of the page in the end."""


def definition(target: Target | None, read: Read, width: int) -> Iterator[Line]:
    """Say where something is defined, and quote the line."""
    if target is None:
        yield [("not in this tree: a library's", PLAIN)]
        return
    yield [(f"{target.path}:{target.line}", PATH)]
    yield from quoted(target.path, target.line, target.line, read, width)


def quoted(path: str, first: int, last: int, read: Read, width: int) -> Iterator[Line]:
    """Quote lines of the source."""
    found = source_lines(read(path))[first - 1 : last]
    for text in found:
        yield clipped([("│ ", DIM), (text.strip(), DIM)], width)


def place(target: Target | None) -> str:
    """Say where something is defined, or that a library has it."""
    return f"{target.path}:{target.line}" if target else "library"


def more(count: int) -> Iterator[Line]:
    """Say that there are more than could be shown."""
    if count > 0:
        yield [(f"and {count:,} more", DIM)]


def used(usage: Usage, noun: str = "site") -> Iterator[Line]:
    """Say how often something is used."""
    if not usage.sites:
        yield [("nowhere in what was scanned", PLAIN)]
        return
    tests = f", {usage.in_tests:,} of them in tests" if usage.in_tests else ""
    yield [(f"{counted(usage.sites, noun)} in {counted(usage.files, 'file')}{tests}", PLAIN)]


def callers(usage: Usage, width: int) -> Iterator[Line]:
    """Give the functions that use something most a line each."""
    rows = [
        ([(f"{each.sites:,}", PLAIN)], [(tail(each.function, width // 2), NAME)], [(f"{each.path}:{each.line}", PATH)])
        for each in usage.callers
    ]
    return table(rows, WIDE, indent=0)
