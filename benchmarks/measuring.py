"""What a command costs: seconds, and the memory of all its processes together."""

import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter, sleep

import psutil

PAUSE = 0.02
"""Seconds between two looks at the memory; looking takes time, so that a run is timed without."""


@dataclass(frozen=True, slots=True)
class Command:
    """What is run, and how one sees that it worked."""

    words: tuple[str, ...]
    environment: Mapping[str, str]
    accepted: tuple[int, ...] = (0,)
    """Exit codes of success; for a search also that of finding nothing."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took."""

    seconds: float
    """On the clock."""
    busy: float
    """Of all processors together."""


def cost(command: Command) -> Cost:
    """Run a command, and measure its time."""
    busy, start = processor_time(), perf_counter()
    with started(command) as process:
        process.wait()
    taken = Cost(perf_counter() - start, processor_time() - busy)
    check(command, process)
    return taken


def peak(command: Command) -> int:
    """Run a command, and give the most memory that all its processes held at once, what they share counted once."""
    most = 0
    with started(command) as process:
        while process.poll() is None:
            most = max(most, held(process.pid))
            sleep(PAUSE)
    check(command, process)
    return most


def started(command: Command) -> "subprocess.Popen[bytes]":
    """Start a command of which nobody reads what it prints."""
    return subprocess.Popen(
        command.words, env=command.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def check(command: Command, process: "subprocess.Popen[bytes]") -> None:
    """Raise where a command failed, for then its time means nothing."""
    if process.returncode not in command.accepted:
        raise subprocess.CalledProcessError(process.returncode, command.words)


def held(pid: int) -> int:
    """Add up the memory of a process and of all that it started."""
    with suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        return sum(proportional(each.pid) for each in (parent, *parent.children(recursive=True)))
    return 0


def proportional(pid: int) -> int:
    """Give the memory of a process; of pages that others use as well, its share."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def processor_time() -> float:
    """Give the time that all processes took which were waited for."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
