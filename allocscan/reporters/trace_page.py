"""What a program did to memory, for a person: totals, coverage, the hottest sites, leaks, and what was not joined."""

from collections.abc import Iterable, Iterator, Sequence

from allocscan.model import Measure, Report, Residue, Run
from allocscan.reporters.amounts import covered, ended, mostly, share, totals
from allocscan.reporters.ink import BAD, BOLD, DIM, NAME, PATH, PLAIN, Line, clipped, table, wrapped
from allocscan.reporters.wording import counted, tail
from allocscan.views import coverage
from allocscan.views.coverage import Coverage, Observed

ROWS, GROUPS, FAMILIES = 10, 6, 4
"""Lines of a list."""


def lines(report: Report, width: int) -> Iterator[Line]:
    """Lay the page out."""
    yield [(report.source.name, BOLD)]
    for run in report.runs:
        yield from run_lines(run, width)
    yield from coverage_lines(report, width)
    seen = coverage.observed(report)
    yield from site_lines("Sites that obtained most", [each for each in seen if each.measure != Measure()], width)
    hidden = sum(each.measure.weight for each in report.observations) - sum(each.measure.weight for each in seen)
    if hidden:
        yield [(f"  and {counted(hidden, 'byte')} at sites that are not shown (--all, --resources)", DIM)]
    yield from leak_lines(coverage.leaking(report), report, width)
    yield from residue_lines(report, width)


def run_lines(run: Run, width: int) -> Iterator[Line]:
    """Say what was run, how it ended, and what the tool counted."""
    end = ending(run.exit_code)
    yield [*clipped([(f"{run.tool}  ", DIM), (run.command or run.log, PLAIN)], width - len(end[0])), end]
    yield from table([(part(name, PLAIN), part(text, PLAIN)) for name, text in totals(run)], width)
    for note in run.notes:
        yield from indented(wrapped(note, width - 2, DIM))


def ending(code: int | None) -> tuple[str, str]:
    """Say how a program ended, where we know."""
    return (f"  {ended(code)}", BAD if code else DIM) if code is not None else ("", PLAIN)


def coverage_lines(report: Report, width: int) -> Iterator[Line]:
    """Say how many of the sites ran, in total, by family and by folder."""
    yield []
    if not coverage.listed(report):
        yield from wrapped(covered(report), width, DIM)
        return
    yield clipped([("Coverage of allocation sites", BOLD), (f"  {covered(report)}", DIM)], width)
    yield from group_lines(coverage.by_family(report)[:FAMILIES], width)
    yield []
    yield from group_lines(coverage.by_directory(report)[:GROUPS], width)


def group_lines(groups: Iterable[Coverage], width: int) -> Iterator[Line]:
    """Lay groups of sites out, a line for each."""
    rows = [
        (
            part(f"{each.ran:,} of {each.sites:,}".rjust(16), PLAIN),
            part(share(each).rjust(5), DIM),
            part(mostly(each.measure).rjust(18), DIM),
            part(each.name or "(no family)", NAME),
        )
        for each in groups
    ]
    yield from table(rows, width) if rows else ()


def site_lines(title: str, seen: Sequence[Observed], width: int) -> Iterator[Line]:
    """List sites with what they obtained."""
    if seen:
        yield from heading(title, len(seen), ROWS)
        yield from table(
            [site_row(each, each.measure.bytes, each.measure.blocks, width) for each in seen[:ROWS]], width
        )


def leak_lines(leaks: Sequence[Observed], report: Report, width: int) -> Iterator[Line]:
    """List the sites whose memory was lost; nothing is said where no log counts that."""
    if all(run.measure.leaked_bytes is None for run in report.runs):
        return
    if not leaks:
        lost = sum(run.measure.leaked_bytes or 0 for run in report.runs)
        yield from (
            [],
            [(f"{lost:,} bytes were lost, none at a site that is shown" if lost else "Nothing was lost", BOLD)],
        )
        return
    yield from heading("Leaked", len(leaks), ROWS)
    rows = [site_row(each, each.measure.leaked_bytes, each.measure.leaked_blocks, width) for each in leaks[:ROWS]]
    yield from table(rows, width)


def site_row(seen: Observed, size: int | None, blocks: int | None, width: int) -> tuple[Line, ...]:
    """Lay one site out: what it obtained, its name, and its place."""
    site = seen.site
    size = seen.measure.weight if size is None else size
    held = seen.measure.live_blocks if blocks is None else blocks
    return (
        part(f"{size:,}", PLAIN),
        part("" if held is None else f"in {held:,}", DIM),
        part(tail(site.name, width // 4), NAME),
        part(tail(f"{site.location.path}:{site.location.line}", width // 2), PATH),
        part(f"in {site.function}" if site.function else "", DIM),
    )


def residue_lines(report: Report, width: int) -> Iterator[Line]:
    """List what belongs to no site: what other code obtained, and what could not be joined."""
    elsewhere = [each for each in report.residues if each.library and not each.place]
    unjoined = [each for each in report.residues if each.place or not each.library]
    if unjoined:
        yield from heading("Not joined with a site", len(unjoined), GROUPS)
        yield from (line for each in unjoined[:GROUPS] for line in unjoined_lines(each, width))
    if elsewhere:
        yield from heading("Obtained where none of the tree's code was at work", len(elsewhere), GROUPS)
        rows = [(part(size_of(each), PLAIN), part(each.library, PATH)) for each in elsewhere[:GROUPS]]
        yield from table(rows, width)


def unjoined_lines(residue: Residue, width: int) -> Iterator[Line]:
    """Say of one place why its memory belongs to no site."""
    library = f" ({residue.library})" if residue.library else ""
    place = (part(size_of(residue), PLAIN), [(residue.place, PATH), (f" {residue.function}{library}", NAME)])
    yield from table([place], width)
    yield from indented(wrapped(residue.reason, width - 4, DIM), 4)


def size_of(residue: Residue) -> str:
    """Write how many bytes a residue is about."""
    return f"{residue.measure.weight:,}"


def heading(title: str, found: int, shown: int) -> Iterator[Line]:
    """Head a list, and say how much of it there is."""
    yield []
    yield [(title, BOLD), (f"  {shown:,} of {found:,}" if found > shown else "", DIM)]


def indented(lines: Iterable[Line], columns: int = 2) -> Iterator[Line]:
    """Put space in front of lines."""
    yield from ([(" " * columns, PLAIN), *line] for line in lines)


def part(text: str, style: str) -> Line:
    """Make a cell of one part."""
    return [(text, style)]
