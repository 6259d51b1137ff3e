"""Markdown: what programs did to memory, which sites ran, and what belongs to none."""

from collections.abc import Iterator, Sequence

from allocscan.model import Report, Residue, Run
from allocscan.reporters.amounts import amount, covered, ended, mostly, share, totals
from allocscan.reporters.marked import code, number, plain, section
from allocscan.views import coverage
from allocscan.views.coverage import Coverage, Observed

SITES, GROUPS, RESIDUES = 10, 10, 10
"""Rows that are shown of each list."""


def lines(report: Report) -> Iterator[str]:
    """Yield the lines about the runs that were watched; none where none was."""
    if not report.runs:
        return
    yield from run_table(report.runs)
    yield from ("", "### Coverage of allocation sites", "", f"{plain(covered(report))}.")
    yield from group_table("family", "Coverage by family", coverage.by_family(report))
    yield from group_table("folder", "Coverage by folder", coverage.by_directory(report))
    yield from site_table("Sites that obtained most", coverage.observed(report))
    yield from site_table("Sites whose memory leaked", coverage.leaking(report))
    yield from residue_table(report.residues)


def run_table(runs: Sequence[Run]) -> Iterator[str]:
    """Say what was run, how it ended, and what was counted."""
    rows = (
        (
            plain(run.tool),
            code(run.command or run.log),
            plain(ended(run.exit_code)),
            "; ".join(plain(f"{name} {text}") for name, text in totals(run)),
        )
        for run in runs
    )
    yield from section("Runs", runs, len(runs), ("tool", "program", "end", "counted"), rows)
    notes = dict.fromkeys(note for run in runs for note in run.notes)
    yield from ("", *(f"- {plain(note)}" for note in notes)) if notes else ()


def group_table(head: str, title: str, groups: Sequence[Coverage]) -> Iterator[str]:
    """Say of each group of sites how many ran."""
    rows = (
        (
            code(each.name) or "none",
            number(each.sites),
            number(each.ran),
            plain(share(each)),
            number(each.never),
            number(each.untold),
            plain(mostly(each.measure)),
            leaked(each.measure.leaked_bytes),
        )
        for each in groups[:GROUPS]
    )
    heads = (head, "sites", "ran", "share", "never ran", "not told", "obtained", "leaked")
    yield from section(title, groups, GROUPS, heads, rows)


def site_table(title: str, seen: Sequence[Observed]) -> Iterator[str]:
    """Say of each site what it obtained, and what was lost of that."""
    rows = (
        (
            code(f"{each.site.location.path}:{each.site.location.line}"),
            code(each.site.name),
            code(each.site.function),
            plain(amount(each.measure.bytes, each.measure.blocks) or mostly(each.measure)),
            leaked(each.measure.leaked_bytes),
        )
        for each in seen[:SITES]
    )
    yield from section(title, seen, SITES, ("place", "site", "in", "obtained", "leaked"), rows)


def residue_table(residues: Sequence[Residue]) -> Iterator[str]:
    """Say what belongs to no site, and why."""
    rows = (
        (number(each.measure.weight), code(each.place or each.library), code(each.function), plain(each.reason))
        for each in residues[:RESIDUES]
    )
    yield from section(
        "Memory that belongs to no site", residues, RESIDUES, ("bytes", "place or library", "function", "why"), rows
    )


def leaked(size: int | None) -> str:
    """Write how many bytes were lost, where that was counted."""
    return "" if size is None else number(size)
