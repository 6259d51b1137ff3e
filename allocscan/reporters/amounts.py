"""What was measured while a program ran, in words and numbers for a person."""

from collections.abc import Iterator

from allocscan.model import Measure, Report, Run
from allocscan.reporters.wording import counted
from allocscan.views import coverage
from allocscan.views.coverage import Coverage


def totals(run: Run) -> Iterator[tuple[str, str]]:
    """Name what was counted and how much it is."""
    if run.processes > 1:
        yield "processes", f"{run.processes:,}"
    measure = run.measure
    for name, size, blocks in (
        ("obtained", measure.bytes, measure.blocks),
        ("held at the end", measure.live_bytes, measure.live_blocks),
        ("leaked", measure.leaked_bytes, measure.leaked_blocks),
        ("held at most", measure.peak_bytes, None),
        ("read", measure.read_bytes, None),
        ("written", measure.written_bytes, None),
    ):
        if size is not None or blocks is not None:
            yield name, amount(size, blocks)


def amount(size: int | None, blocks: int | None) -> str:
    """Write how much memory something is."""
    parts = ((size, "byte"), (blocks, "block"))
    return " in ".join(counted(count, noun) for count, noun in parts if count is not None)


def mostly(measure: Measure) -> str:
    """Write the bytes that a measure is mostly about."""
    size = next((each for each in (measure.bytes, measure.live_bytes, measure.leaked_bytes) if each is not None), None)
    return "" if size is None else counted(size, "byte")


def ended(code: int | None) -> str:
    """Say how a program ended, where we know."""
    if code is None:
        return ""
    return f"ended by signal {-code}" if code < 0 else f"exit code {code}"


def covered(report: Report) -> str:
    """Say how many of the sites that take memory ran, as far as the logs tell."""
    total = coverage.coverage(report)
    if not coverage.listed(report):
        return f"{total.ran:,} of {counted(total.sites, 'site')} were seen; this tool does not tell whether others ran"
    untold = f", {total.untold:,} may have" if total.untold else ""
    return f"{total.ran:,} of {total.sites:,} ran ({share(total)}){untold}, {total.never:,} never did"


def share(found: Coverage) -> str:
    """Write which share of some sites ran."""
    return f"{100 * found.ran / found.sites:.0f} %" if found.sites else "none"
