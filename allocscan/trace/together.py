"""The logs of one run, of a process each, become one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from allocscan.errors import TraceError
from allocscan.trace.log import Log
from allocscan.trace.readers import read_log
from allocscan.trace.symbols import Symbols

COPIES = "{} left out: after a fork that begins no program, a log repeats what the parent did before"
UNREAD = "{} left out: the log makes no sense, as when a process is killed"
PEAKS = "what was held at most is that of each process, added up"


def read_logs(paths: Sequence[Path], symbols: Symbols, copies: int, unwatched: str) -> Log:
    """Read all logs of a run; raise TraceError where that of the program itself makes no sense."""
    first = read_log(paths[0], symbols)
    read = [log for path in paths[1:] if (log := read_if_whole(path, symbols))]
    others = list(of_their_own(first, read))
    notes = (
        *numbered(COPIES, copies + len(read) - len(others)),
        *numbered(UNREAD, len(paths) - 1 - len(read)),
        *((PEAKS,) if others and first.measure.peak_bytes is not None else ()),
        *((unwatched,) if unwatched else ()),
    )
    return together(first, others, notes)


def read_if_whole(path: Path, symbols: Symbols) -> Log | None:
    """Read the log of a process that was started; None where that makes no sense."""
    try:
        return read_log(path, symbols)
    except TraceError:
        return None


def of_their_own(first: Log, logs: Iterable[Log]) -> Iterator[Log]:
    """Yield the logs of processes that began with memory of their own."""
    seen = {first.space}
    for log in logs:
        if not log.space or log.space not in seen:
            seen.add(log.space)
            yield log


def numbered(note: str, count: int) -> tuple[str, ...]:
    """Say of how many processes something is true, if of any."""
    return (note.format("1 process" if count == 1 else f"{count:,} processes"),) if count else ()


def together(first: Log, others: Sequence[Log], notes: tuple[str, ...]) -> Log:
    """Put the logs of several processes together."""
    logs = (first, *others)
    return replace(
        first,
        stacks=tuple(stack for log in logs for stack in log.stacks),
        measure=sum((log.measure for log in others), first.measure),
        counts=frozenset.intersection(*(log.counts for log in logs)),
        notes=tuple(dict.fromkeys((*(note for log in logs for note in log.notes), *notes))),
        processes=sum(log.processes for log in logs),
    )
