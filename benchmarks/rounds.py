"""Everything is run in turn, several times over, so that what else the machine does falls on all alike."""

import os
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import sleep

from benchmarks.measuring import Command, Cost, cost, peak
from benchmarks.tools import scan
from benchmarks.workload import Workload, edit, touch

COLD, WARM, TOUCHED, EDITED, SINGLE = "cold", "warm", "1 % touched", "1 % edited", "cold, 1 process"
"""What is measured of allocscan: without a cache, with one, after changes, and without a second process."""
BUILDING = (COLD, WARM, TOUCHED, EDITED)
"""Each finds what those before it have remembered."""
CHANGES = {TOUCHED: touch, EDITED: edit}
"""What is done to the files before."""
SETTLING = 0.5
"""Seconds after which files are old enough to be told from changed ones by their times."""

Say = Callable[[str], None]
"""Is told what is run."""


@dataclass(frozen=True, slots=True)
class Row:
    """What several runs of one thing took."""

    name: str
    seconds: tuple[float, ...]
    busy: float
    """The median of what all processors took."""
    peak: int
    """Bytes."""

    @property
    def median(self) -> float:
        """Give the middle of the seconds."""
        return median(self.seconds)


def compare(work: Workload, peers: Mapping[str, Command], place: Path, rounds: int, say: Say) -> list[Row]:
    """Measure allocscan and its peers on a workload."""
    taken: defaultdict[str, list[Cost]] = defaultdict(list)
    warm_up(work)
    for number in range(rounds):
        for name, command in {**scans(work, place / f"round{number}"), **peers}.items():
            say(f"{work.name}: round {number + 1}, {name}")
            change(work, name)
            taken[name].append(cost(command))
    say(f"{work.name}: memory")
    held = memory(work, peers, place / "memory")
    return [row(name, costs, held[name]) for name, costs in taken.items()]


def scans(work: Workload, home: Path) -> dict[str, Command]:
    """Give the scans of one round, in the order in which they build on each other."""
    together = scan(work, home / "together", "--jobs", str(processors()))
    return {
        COLD: together,
        WARM: together,
        TOUCHED: together,
        EDITED: together,
        SINGLE: scan(work, home / "single", "--jobs", "1"),
    }


def memory(work: Workload, peers: Mapping[str, Command], place: Path) -> dict[str, int]:
    """Measure the memory of everything once more, for looking at it costs time."""
    held = {}
    for name, command in {**scans(work, place), **peers}.items():
        change(work, name)
        held[name] = peak(command)
    return held


def change(work: Workload, name: str) -> None:
    """Do what comes before a run."""
    if name in CHANGES:
        CHANGES[name](work)


def row(name: str, costs: list[Cost], held: int) -> Row:
    """Sum up the runs of one thing."""
    return Row(name, tuple(each.seconds for each in costs), median(each.busy for each in costs), held)


def warm_up(work: Workload) -> None:
    """Read all files, so that they come from memory for everyone, and let them grow old enough."""
    for file in work.files:
        file.read_bytes()
    sleep(SETTLING)


def processors() -> int:
    """Count the processors that may be used."""
    return len(os.sched_getaffinity(0))
