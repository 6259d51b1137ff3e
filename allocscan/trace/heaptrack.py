"""heaptrack's recordings: every block, with stacks whose places in the source heaptrack has found."""

import re
from collections.abc import Iterator

from allocscan.errors import TraceError
from allocscan.trace.blocks import NOTHING, Blocks
from allocscan.trace.log import EVERY_BLOCK, Frame, Log, lines, total
from allocscan.trace.symbols import Symbols

START = re.compile(rb"v [0-9a-f]+ ([0-9a-f]+)\n")
VERSIONS = (1, 2, 3)
RAW = "it was not interpreted; pass it through heaptrack_interpret"

Triple = tuple[int, int, int]


def sniff(content: bytes) -> bool:
    """Tell whether a log is one of these."""
    return START.match(content) is not None


def read(content: bytes, _symbols: Symbols) -> Log:
    """Read a recording."""
    version = START.match(content)
    if version is None or int(version[1], 16) not in VERSIONS:
        raise TraceError("this version of heaptrack's format is not known")
    recording = Recording(int(version[1], 16))
    for line in lines(content):
        recording.note(line[:1], line[2:])
    stacks = tuple(recording.blocks.stacks(recording.stack))
    return Log("heaptrack", stacks, total(stacks, NOTHING), EVERY_BLOCK, recording.command)


class Recording:
    """What was read so far; numbers of lists count from 1, and 0 means nothing."""

    def __init__(self, version: int) -> None:
        self.version = version
        self.command = ""
        self.texts = [""]
        self.frames: list[tuple[Frame, ...]] = [()]
        self.traces = [(0, 0)]
        self.kinds: list[tuple[int, int]] = []
        """Of each kind of block its size and its stack."""
        self.blocks: Blocks[int] = Blocks()
        self.names: dict[int, list[int]] = {}
        """The blocks of each kind that are held, which have no addresses."""
        self.next = 0

    def note(self, kind: str, rest: str) -> None:
        """Note what one line says; some lines are about other things."""
        if kind == "+":
            self.obtain(int(rest, 16))
        elif kind == "-":
            self.blocks.release(self.names[int(rest, 16)].pop())
        elif kind == "s":
            self.texts.append(rest.partition(" ")[2] if self.version > 2 else rest)
        elif kind == "X":
            self.command = rest
        elif kind in ("i", "t", "a"):
            numbers = [int(word, 16) for word in rest.split()]
            self.note_numbers(kind, numbers)

    def note_numbers(self, kind: str, numbers: list[int]) -> None:
        """Note a place, a step of a stack, or a kind of block."""
        if kind == "i":
            self.frames.append(tuple(self.places(numbers)))
        elif kind == "t":
            self.traces.append((numbers[0], numbers[1]))
        else:
            self.kinds.append((numbers[0], numbers[1]))

    def obtain(self, kind: int) -> None:
        """Note a new block of some kind."""
        self.next += 1
        size, trace = self.kinds[kind]
        self.blocks.obtain(self.next, size, trace)
        self.names.setdefault(kind, []).append(self.next)

    def places(self, numbers: list[int]) -> Iterator[Frame]:
        """Yield the frames at an address, what is inlined first: function, file and line of each."""
        if len(numbers) < 2:
            raise TraceError(RAW)
        library = self.texts[numbers[1]]
        for start in range(2, max(len(numbers), 3), 3):
            function, file, line = (*numbers[start : start + 3], 0, 0, 0)[:3]
            yield Frame(self.texts[function], self.texts[file], line, library)

    def stack(self, trace: int) -> tuple[Frame, ...]:
        """Give the frames of a stack, the innermost first."""
        frames: list[Frame] = []
        while trace:
            place, outer = self.traces[trace]
            if outer >= trace:
                raise TraceError("it has a stack without an end")
            frames += self.frames[place]
            trace = outer
        return tuple(frames)
