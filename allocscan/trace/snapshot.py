"""Snapshots of Python's `tracemalloc`: what was held when one was taken, with lines of Python."""

import pickle
from io import BytesIO
from typing import Any

from allocscan.errors import TraceError
from allocscan.model import Measure
from allocscan.trace.log import Frame, Log, Stack, total
from allocscan.trace.symbols import Symbols

MODULE = "tracemalloc"
NOTE = "what a snapshot holds was held when it was taken; what was given back before is not in it"


class Plain:
    """Stands in for a class of `tracemalloc`: attributes, and nothing that runs."""


class Careful(pickle.Unpickler):
    """Makes plain objects of what a snapshot is made of, and refuses everything else."""

    def find_class(self, module: str, name: str) -> Any:
        """Give a stand-in for the classes of a snapshot."""
        if (module, name) in ((MODULE, "Snapshot"), (MODULE, "_Traces")):
            return Plain
        raise TraceError(f"it holds {module}.{name}, which no snapshot does; nothing of it was run")


def sniff(content: bytes) -> bool:
    """Tell whether a log is one of these."""
    return content[:1] == b"\x80" and MODULE.encode() in content[:100]


def read(content: bytes, _symbols: Symbols) -> Log:
    """Read a snapshot."""
    try:
        snapshot = Careful(BytesIO(content)).load()
    except (pickle.UnpicklingError, MemoryError) as error:
        raise TraceError(f"the snapshot is damaged or cut off ({str(error) or 'too large'})") from None
    stacks = tuple(stack(trace) for trace in snapshot.traces._traces)
    return Log(MODULE, stacks, total(stacks, Measure(live_bytes=0, live_blocks=0)), notes=(NOTE,))


def stack(trace: tuple[Any, ...]) -> Stack:
    """Read one block: its domain, its size, and the lines that were at work, the innermost first."""
    _, size, lines = trace[:3]
    frames = (Frame(path=str(path), line=int(line)) for path, line in lines)
    return Stack((Frame(), *frames), Measure(live_bytes=int(size), live_blocks=1))
