"""A summary for a person, on one screen."""

import os
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Literal, TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from allocscan import summary
from allocscan.model import Action, Report, Source
from allocscan.reporters import Read, ink, trace_page
from allocscan.reporters.page import (
    GAP,
    INDENT,
    LITTLE,
    Row,
    language_rows,
    loss_line,
    name_rows,
    percent,
    release_line,
)
from allocscan.reporters.wording import escape, head, tail

WIDTH, WIDEST, HEIGHT = 80, 120, 40
"""The size of a page, and the most columns that are used of a wide terminal."""
NAMES, FOLDERS, LOSSES, PROBLEMS = 8, 4, 2, 1
"""Rows that leave room for everything on one screen."""
ABBREVIATED = 12
"""Digits of a commit that are shown."""
DAY = 10
"""Characters of a date that say the day."""

STYLES = ("", "cyan", "dim", "dim")
"""How the columns of a list are shown."""

Section = Text | Padding


def report(report: Report, stream: TextIO, _read: Read) -> None:
    """Write a summary of a report, or of what running programs did at its sites."""
    if report.runs:
        ink.write(trace_page.lines(report, ink.page_width(stream)), stream)
        return
    console = open_console(stream)
    with console.capture() as page:
        for section in sections(report, console.width):
            console.print(section)
    stream.writelines(f"{line.rstrip()}\n" for line in page.get().splitlines())


def open_console(stream: TextIO) -> Console:
    """Make rich write to a stream, which alone decides on colour and width."""
    colour = stream.isatty()
    return Console(
        file=stream,
        width=terminal_width(stream) if colour else WIDTH,
        height=HEIGHT,
        force_terminal=colour,
        force_interactive=False,
        force_jupyter=False,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
    )


def terminal_width(stream: TextIO) -> int:
    """Ask a terminal how wide it is."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except OSError:
        return WIDTH
    return min(columns, WIDEST) if columns else WIDTH


def sections(report: Report, width: int) -> Iterator[Section]:
    """Yield the parts of the page."""
    yield from heading(report.source, width)
    yield from totals(report)
    yield from names(report, width)
    yield from releases(report, width)
    yield from folders(report, width)
    yield from losses(report, width)


def heading(source: Source, width: int) -> Iterator[Section]:
    """Say what was scanned."""
    line = Text(tail(source.name, width), style="bold")
    if source.commit:
        day = f" of {source.date[:DAY]}" if source.date else ""
        line.append(escape(f"  commit {source.commit[:ABBREVIATED]}{day}"), style="not bold cyan")
    if source.subtree:
        line.append(escape(f"  only {source.subtree}"), style="not bold green")
    yield line
    if source.location != source.name:
        yield dim(tail(source.location, width))


def totals(report: Report) -> Iterator[Section]:
    """Say what was read and found in each language, and what is not shown."""
    yield Text()
    yield table(language_rows(summary.by_language(report)), ("", "files", "lines", *Action))
    yield from (dim(f"  {note}") for note in report.notes)


def names(report: Report, width: int) -> Iterator[Section]:
    """Say which allocators and classes are used most."""
    used = summary.by_name(report)
    if used:
        yield from title("Most used allocators and classes", len(used), NAMES)
        yield table(name_rows(used[:NAMES], width), styles=STYLES)


def releases(report: Report, width: int) -> Iterator[Section]:
    """Say what gives memory back."""
    used = summary.by_name(report, frozenset((Action.DEALLOCATE,)))
    if used:
        yield dim(f"  {head(release_line(used, width - INDENT), width - INDENT)}")


def folders(report: Report, width: int) -> Iterator[Section]:
    """Say which folders hold most sites."""
    found = summary.by_directory(report.sites)
    if found:
        yield from title("Folders with most sites", len(found), FOLDERS)
        rows = [(f"{total.sites:,}", tail(total.path, width - 14)) for total in found[:FOLDERS]]
        yield table(rows, styles=STYLES)


def losses(report: Report, width: int) -> Iterator[Section]:
    """Say what could not be understood."""
    worst = summary.worst_files(report.files)
    yield Text()
    if not (worst or report.problems):
        yield dim("Every file could be read and understood.")
        return
    yield Text("Not understood", style="bold").append(f"  {loss_line(report, len(worst))}", style="not bold dim")
    lost = [(percent(summary.parse_loss([file])), tail(file.path, width - 12)) for file in worst[:LOSSES]]
    yield table([row for row in lost if row[0] != LITTLE])
    for problem in report.problems[:PROBLEMS]:
        yield dim(head(f"  {problem.path}: {problem.message}", width))


def title(text: str, found: int, shown: int) -> Iterator[Section]:
    """Head a list, and say how much of it there is."""
    yield Text()
    line = Text(text, style="bold")
    yield line.append(f"  {shown:,} of {found:,}", style="not bold dim") if found > shown else line


def dim(text: str) -> Text:
    """Make a line that is read last."""
    return Text(escape(text), style="dim")


def table(rows: Sequence[Row], headings: Row = (), styles: Row = ()) -> Section:
    """Lay rows out in columns, numbers to the right."""
    grid = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, show_header=bool(headings), header_style="dim")
    for heading, cell, style in zip_longest(headings, rows[0] if rows else (), styles, fillvalue=""):
        side: Literal["left", "right"] = "right" if cell[:1].isdigit() else "left"
        grid.add_column(heading, justify=side, style=style, no_wrap=True, overflow="ellipsis")
    for row in rows:
        grid.add_row(*map(Text, row))
    return Padding(grid, (0, 0, 0, INDENT), expand=False)
