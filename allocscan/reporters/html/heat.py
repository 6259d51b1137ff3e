"""How hot each line is: what its sites obtained while a program was watched."""

from collections.abc import Mapping
from dataclasses import dataclass

from allocscan.model import Measure, Report
from allocscan.reporters.wording import counted
from allocscan.views import coverage

SHARES = (0.0005, 0.005, 0.05, 0.25)
"""What part of the hottest line lifts one to the next level."""

Lines = Mapping[int, "Heat"]

NO_HEAT: Lines = {}


@dataclass(frozen=True, slots=True)
class Heat:
    """What a line obtained."""

    level: int
    """From 0 to the number of shares."""
    said: str


def heat(report: Report) -> Mapping[str, Lines]:
    """Give the hot lines of each file."""
    lines: dict[str, dict[int, Measure]] = {}
    for each in coverage.observed(report):
        file = lines.setdefault(each.site.location.path, {})
        file[each.site.location.line] = file.get(each.site.location.line, Measure()) + each.measure
    most = max((measure.weight for file in lines.values() for measure in file.values()), default=0)
    return {
        path: {line: Heat(level(measure, most), words(measure)) for line, measure in file.items() if measure.weight}
        for path, file in lines.items()
    }


def level(measure: Measure, most: int) -> int:
    """Say how hot something is beside the hottest."""
    return sum(measure.weight >= share * most for share in SHARES)


def words(measure: Measure) -> str:
    """Say what was counted."""
    said = (
        (measure.bytes, "obtained"),
        (measure.live_bytes if measure.bytes is None else None, "held at the end"),
        (measure.leaked_bytes or None, "leaked"),
    )
    return ", ".join(f"{counted(size, 'byte')} {what}" for size, what in said if size is not None)
