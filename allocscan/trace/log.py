"""What every reader of a log gives: stacks of frames, each with what was counted of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper

from allocscan.model import MEASURES, TAKES, Action, Measure

EVERY_BLOCK = TAKES
"""What a log counts that lists every call."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A step of a stack; what a log does not say is empty."""

    function: str = ""
    path: str = ""
    """Of the source file, as the log or the debug information has it."""
    line: int = 0
    library: str = ""
    """The file that the code was loaded from."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Where memory was obtained, the innermost frame first, which is that of the allocator itself, and how much."""

    frames: tuple[Frame, ...]
    measure: Measure


@dataclass(frozen=True, slots=True)
class Log:
    """All that a log says."""

    tool: str
    stacks: tuple[Stack, ...]
    measure: Measure
    """The total; what it does not count, no stack counts."""
    counts: frozenset[Action] = frozenset()
    """The actions of which it lists every one."""
    command: str = ""
    notes: tuple[str, ...] = ()
    processes: int = 1
    """How many it tells of."""
    space: str = ""
    """What tells the memory that a process began with; a process that was forked has that of its parent."""

    @property
    def counted(self) -> frozenset[str]:
        """Name what it counts."""
        return frozenset(name for name in MEASURES if getattr(self.measure, name) is not None)


@dataclass(frozen=True, slots=True)
class Logged:
    """A log, and how it came about."""

    log: Log
    name: str
    """Of its file, or of the tool that wrote it."""
    exit_code: int | None = None


def lines(content: bytes) -> Iterator[str]:
    """Yield the lines of a log one by one, for there may be millions of them."""
    for line in TextIOWrapper(BytesIO(content), "utf-8", "replace"):
        yield line.removesuffix("\n")


def total(stacks: tuple[Stack, ...], counted: Measure) -> Measure:
    """Add stacks up; `counted` holds zero for what they count."""
    return sum((stack.measure for stack in stacks), counted)
