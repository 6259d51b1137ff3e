"""What the summary for a person says, before it is laid out."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from allocscan import summary
from allocscan.model import Action, Report
from allocscan.reporters.wording import counted, escape, head, tail
from allocscan.summary import LanguageTotal, NameTotal

LANGUAGES, RELEASES = 4, 4
"""Rows and words that leave room for everything on one screen."""
INDENT, GAP = 2, 3
"""Columns in front of a table, and between its columns."""
LITTLE = "< 0.1 %"
LOST = "parse loss"
"""What stands above the shares that were not understood."""
LACKS = {
    Action.DEALLOCATE: "taken, and nowhere given back by name",
    Action.ALLOCATE: "given back, and nowhere taken by name",
}
"""What is said of families of which one end is missing."""

Row = tuple[str, ...]


def language_rows(totals: tuple[LanguageTotal, ...]) -> list[Row]:
    """Give the cells of the largest languages, of the others together, and of all."""
    rows = list(totals)
    if len(rows) > LANGUAGES:
        others = rows[LANGUAGES - 1 :]
        rows[LANGUAGES - 1 :] = [summary.add_up(f"{len(others)} others", others)]
    if len(rows) != 1:
        rows.append(summary.add_up("total", totals))
    return list(map(language_row, rows))


def language_row(total: LanguageTotal) -> Row:
    """Give the cells of one language."""
    counts = (f"{count:,}" for count in (total.files, total.lines, *total.actions.values()))
    return (escape(total.language), *counts, percent(total.parse_loss))


def explicit_line(report: Report) -> str:
    """Say how many sites a programmer asked for by name, and how many a construct of the language makes by itself."""
    explicit = summary.count_explicit(report.sites)
    implicit = len(report.sites) - explicit
    return f"{counted(explicit, 'explicit site')}{f', {implicit:,} implicit' if implicit else ''}"


def name_rows(totals: Sequence[NameTotal], width: int) -> list[Row]:
    """Give the cells of allocators and classes: beside each what it wraps, or else where it is defined."""
    counts = [f"{total.sites:,}" for total in totals]
    families = [head(total.family, width // 4) for total in totals]
    room = width - INDENT - 3 * GAP - longest(counts) - longest(families)
    name_room = max(room // 2, room - longest(below(total, room) for total in totals))
    names = [tail(total.name, name_room) for total in totals]
    rest = [below(total, room - longest(names)) for total in totals]
    return list(zip(counts, names, families, rest, strict=True))


def longest(texts: Iterable[str]) -> int:
    """Give the length of the longest text."""
    return max(map(len, texts))


def below(total: NameTotal, width: int) -> str:
    """Say what an allocator wraps, or else where it is defined, in so many columns."""
    if total.wraps:
        first, last = total.wraps[0], total.wraps[-1]
        chains = map(" → ".join, (total.wraps, (first, "…", last), ("…", last)))
        return tail(next((chain for chain in chains if len(escape(chain)) <= width), last), width)
    return tail(f"{total.definition.path}:{total.definition.line}", width) if total.definition else ""


def release_line(used: Sequence[NameTotal], width: int) -> str:
    """Name what gives memory back, as much of it as fits a line."""
    lines = [released(used, shown) for shown in range(RELEASES, 0, -1)]
    return next((line for line in lines if len(escape(line)) <= width), lines[-1])


def released(used: Sequence[NameTotal], shown: int) -> str:
    """Name some of what gives memory back."""
    named = ", ".join(f"{total.name} {total.sites:,}" for total in used[:shown])
    more = f" and {len(used) - shown:,} more" if len(used) > shown else ""
    return f"given back by {named}{more}"


def unmatched_lines(report: Report, written: Callable[[str], str] = str) -> Iterator[str]:
    """Name the families of which one end is missing in the whole tree, each written in a format's own way."""
    for action, families in summary.by_lack(report).items():
        yield f"{LACKS[action]}: {', '.join(f'{written(name)} {sites:,}' for name, sites in families.items())}"


def loss_line(report: Report, files: int) -> str:
    """Add up what could not be understood."""
    lost = f"{percent(summary.parse_loss(report.files))} of the source, in {counted(files, 'file')}" if files else ""
    kinds = (f"{count:,} {kind}" for kind, count in summary.by_kind(report.problems).items())
    return escape("; ".join(filter(None, (lost, ", ".join(kinds)))))


def percent(share: float) -> str:
    """Write a share so that little is not mistaken for nothing."""
    shown = f"{share:.1f} %"
    return LITTLE if share and shown == percent(0) else shown
