"""A summary for a person, on one screen."""

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
from allocscan.reporters.leads import leading, with_links
from allocscan.reporters.page import (
    GAP,
    INDENT,
    LITTLE,
    LOST,
    Row,
    explicit_line,
    language_rows,
    longest,
    loss_line,
    name_rows,
    percent,
    release_line,
    unmatched_lines,
)
from allocscan.reporters.wording import counted, escape, head, tail
from allocscan.views.findings import findings
from allocscan.views.rules import Severity

HEIGHT = 40
"""Lines of a page."""
ROOMY = 70
"""Columns from which on a table has a column for each action; in narrower windows it has a line for each."""
WIDE = 100
"""Columns from which on there is room beside that for what was not understood."""
NAMES, FOLDERS, LOSSES, PROBLEMS = 7, 3, 2, 1
"""Rows that leave room for everything on one screen."""
ABBREVIATED = 12
"""Digits of a commit that are shown."""
DAY = 10
"""Characters of a date that say the day."""

STYLES = ("", "cyan", "dim", "dim")
"""How the columns of a list are shown."""

LOOK = "Worth a look"

Section = Text | Padding


def report(report: Report, stream: TextIO, _read: Read) -> None:
    """Write a summary of a report, or of what running programs did at its sites."""
    if report.runs:
        ink.write(trace_page.lines(report, ink.page_width(stream)), stream, report)
        return
    console = open_console(stream)
    with console.capture() as page:
        for section in sections(report, console.width):
            cut = isinstance(section, Text) and section.no_wrap
            console.print(section, no_wrap=cut, overflow="ellipsis" if cut else None)
    lead = leading(report, stream)
    stream.writelines(f"{with_links(line.rstrip(), lead)}\n" for line in page.get().splitlines())


def open_console(stream: TextIO) -> Console:
    """Make rich write to a stream, which alone decides on colour and width."""
    colour = stream.isatty()
    return Console(
        file=stream,
        width=ink.page_width(stream),
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


def sections(report: Report, width: int) -> Iterator[Section]:
    """Yield the parts of the page."""
    yield from heading(report.source, width)
    yield from totals(report, width)
    yield from names(report, width)
    yield from releases(report, width)
    yield from folders(report, width)
    yield from looks(report, width)
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


def totals(report: Report, width: int) -> Iterator[Section]:
    """Say what was read and found in each language, how much of it by name, and what is not shown."""
    rows = [("", "files", "lines", *Action, LOST), *language_rows(summary.by_language(report))]
    if ROOMY <= width < WIDE:
        rows = [row[:-1] for row in rows]
    yield Text()
    yield table(rows[1:], rows[0]) if width >= ROOMY else turned(rows, width)
    yield dim(f"  {explicit_line(report)}")
    yield from (dim(f"  {note}") for note in report.notes)


def turned(rows: Sequence[Row], width: int) -> Section:
    """Turn a table of languages on its side; those for which there is no room are left to the total at its end."""
    room = width - INDENT - longest(rows[0])
    shown = [longest(row) + GAP for row in rows[1:]]
    while len(shown) > 1 and sum(shown) > room:
        del shown[-2]
    kept = [rows[0], *rows[1 : len(shown)], rows[-1]]
    head, *body = zip(*kept, strict=True)
    return table(body, head)


def names(report: Report, width: int) -> Iterator[Section]:
    """Say which allocators and classes are used most."""
    used = summary.by_name(report)
    if used:
        yield from title("Most used allocators and classes", len(used), NAMES)
        yield table(name_rows(used[:NAMES], width), styles=STYLES)


def releases(report: Report, width: int) -> Iterator[Section]:
    """Say what gives memory back, and which memory nothing does."""
    used = summary.by_name(report, frozenset((Action.DEALLOCATE,)))
    if used:
        yield dim(f"  {head(release_line(used, width - INDENT), width - INDENT)}")
    yield from (dim(f"  {head(line, width - INDENT)}") for line in unmatched_lines(report))


def folders(report: Report, width: int) -> Iterator[Section]:
    """Say which folders hold most sites."""
    found = summary.by_directory(report.sites)
    if found:
        yield from title("Folders with most sites", len(found), FOLDERS)
        rows = [(f"{total.sites:,}", tail(total.path, width - 14)) for total in found[:FOLDERS]]
        yield table(rows, styles=STYLES)


def looks(report: Report, width: int) -> Iterator[Section]:
    """Say what deserves a look most."""
    found = [each for each in findings(report) if each.severity is Severity.WARNING]
    if found:
        first = found[0]
        more = f" and {counted(len(found) - 1, 'more warning')}" if len(found) > 1 else ""
        place = tail(f"{first.location.path}:{first.location.line}", width - len(f"{LOOK}  {first.rule} in {more}"))
        yield Text()
        yield Text(LOOK, style="bold", no_wrap=True).append(f"  {first.rule} in {place}{more}", style="not bold dim")


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
    line = Text(text, style="bold", no_wrap=True)
    yield line.append(f"  {shown:,} of {found:,}", style="not bold dim") if found > shown else line


def dim(text: str) -> Text:
    """Make a line that is read last."""
    return Text(escape(text), style="dim")


def table(rows: Sequence[Row], headings: Row = (), styles: Row = ()) -> Section:
    """Lay rows out in columns, numbers to the right."""
    grid = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, show_header=bool(headings), header_style="dim")
    columns = zip_longest(headings, rows[0] if rows else (), styles, fillvalue="")
    for at, (heading, cell, style) in enumerate(columns):
        side: Literal["left", "right"] = "right" if cell[:1].isdigit() else "left"
        least = max((len(row[at]) for row in rows), default=0) if side == "right" else None
        grid.add_column(heading, justify=side, style=style, no_wrap=True, overflow="ellipsis", min_width=least)
    for row in rows:
        grid.add_row(*map(Text, row))
    return Padding(grid, (0, 0, 0, INDENT), expand=False)
