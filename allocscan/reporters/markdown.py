"""Markdown: a summary to paste into a pull request or a lab report; whatever was scanned is shown as it is."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from allocscan import summary
from allocscan.model import Action, Report, Source
from allocscan.reporters import Read, measured_tables
from allocscan.reporters.marked import code, number, plain, section, table
from allocscan.reporters.page import LOST, percent, unmatched_lines
from allocscan.reporters.wording import counted, opening
from allocscan.views.families import families
from allocscan.views.findings import Finding, findings

FAMILIES, NAMES, FOLDERS, FINDINGS, PROBLEMS = 10, 10, 5, 20, 10
"""Rows that are shown of each list."""
DAY, ABBREVIATED = 10, 12
"""Characters of a date that say the day, and digits of a commit."""


def report(report: Report, stream: TextIO, _read: Read) -> None:
    """Write the summary of a report."""
    stream.writelines(f"{line}\n" for line in lines(report))


def lines(report: Report) -> Iterator[str]:
    """Yield the lines of the summary."""
    yield from heading(report.source)
    yield from totals(report)
    yield from measured_tables.lines(report)
    yield from family_table(report)
    yield from name_table(report)
    yield from folder_table(report)
    yield from finding_list(findings(report))
    yield from losses(report)


def heading(source: Source) -> Iterator[str]:
    """Say what was scanned."""
    yield f"## Memory in {code(source.name)}"
    yield ""
    commit = f", commit {code(source.commit[:ABBREVIATED])} of {plain(source.date[:DAY])}" if source.commit else ""
    subtree = f", only {code(source.subtree)}" if source.subtree else ""
    yield f"Scanned: {code(source.location)}{commit}{subtree}"


def totals(report: Report) -> Iterator[str]:
    """Say what was read and found in each language."""
    found = summary.by_language(report)
    rows = list(found) if len(found) == 1 else [*found, summary.add_up("total", found)]
    cells = (
        (
            plain(each.language),
            *map(number, (each.files, each.lines, *each.actions.values())),
            percent(each.parse_loss),
        )
        for each in rows
    )
    yield from table(("language", "files", "lines", *Action, LOST), cells)
    explicit = summary.count_explicit(report.sites)
    yield ""
    yield f"{counted(explicit, 'explicit site')}, {len(report.sites) - explicit:,} implicit."
    yield from (plain(opening(note)) + "." for note in report.notes)


def family_table(report: Report) -> Iterator[str]:
    """Say how much each family takes and gives back, and of which one end is missing."""
    found = families(report)
    rows = ((code(each.name or "none"), *map(number, each.actions.values())) for each in found[:FAMILIES])
    yield from section("Families", found, FAMILIES, ("family", *Action), rows)
    for line in unmatched_lines(report, code):
        yield from ("", f"{opening(line)}.")


def name_table(report: Report) -> Iterator[str]:
    """Say which allocators and classes are used most."""
    used = summary.by_name(report)
    rows = (
        (code(each.name), number(each.sites), code(each.family), " → ".join(map(code, each.wraps)), place(each))
        for each in used[:NAMES]
    )
    heads = ("name", "sites", "family", "wraps", "defined in")
    yield from section("Most used allocators and classes", used, NAMES, heads, rows)


def place(total: summary.NameTotal) -> str:
    """Say where a name is defined."""
    return code(f"{total.definition.path}:{total.definition.line}") if total.definition else ""


def folder_table(report: Report) -> Iterator[str]:
    """Say which folders hold most sites."""
    found = summary.by_directory(report.sites)
    rows = ((code(each.path), number(each.sites)) for each in found[:FOLDERS])
    yield from section("Folders with most sites", found, FOLDERS, ("folder", "sites"), rows)


def finding_list(found: Sequence[Finding]) -> Iterator[str]:
    """List what deserves a look."""
    rows = (
        (code(f"{each.location.path}:{each.location.line}"), f"{each.severity} {each.rule}", plain(each.message))
        for each in found[:FINDINGS]
    )
    yield from section("Findings", found, FINDINGS, ("place", "rule", "what"), rows)


def losses(report: Report) -> Iterator[str]:
    """Say what could not be understood."""
    worst = summary.worst_files(report.files)
    yield from ("", "### Not understood", "")
    if not (worst or report.problems):
        yield "Every file could be read and understood."
        return
    share = percent(summary.parse_loss(report.files))
    yield f"{plain(share)} of the source, in {counted(len(worst), 'file')}."
    rows = [(code(each.path), number(each.line), plain(each.message)) for each in report.problems[:PROBLEMS]]
    if rows:
        yield from table(("file", "line", "problem"), rows)
