"""jemalloc's heap profiles: what is held, and with `prof_accum` all that was obtained, with stacks of addresses."""

import re
from collections.abc import Iterator

from allocscan.errors import TraceError
from allocscan.model import Measure
from allocscan.trace.log import EVERY_BLOCK, Frame, Log, Stack, total
from allocscan.trace.symbols import Symbols

START = b"heap_v2/"
COUNTS = re.compile(r"\s*t\*: (\d+): (\d+) \[(\d+): (\d+)\]")
MAPPING = re.compile(r"([0-9a-f]+)-([0-9a-f]+) \S+ ([0-9a-f]+) \S+ \d+\s+(/.*)")
MAPPINGS = "MAPPED_LIBRARIES:"
SIZES = "sizes are those of jemalloc's size classes, which blocks are rounded up to"
HELD = "what was obtained in all is not in the profile; for that, run with prof_accum:true"
SAMPLED = "only about one block in every {interval:,} bytes was sampled, and these are the samples"

Mapping = tuple[int, int, int, str]
"""Begin and end of a part of a file in memory, where that part begins in the file, and which file it is."""


def sniff(content: bytes) -> bool:
    """Tell whether a log is one of these."""
    return content.startswith(START)


def read(content: bytes, symbols: Symbols) -> Log:
    """Read a profile."""
    profile, found, maps = content.decode("utf-8", "replace").partition(MAPPINGS)
    if not found:
        raise TraceError("the profile is cut off: it does not end in a list of what was mapped")
    head, *traces = profile.split("\n@ ")
    interval = int(head.splitlines()[0].removeprefix(START.decode()))
    places = Places(symbols, maps)
    accumulated = counts(head)[2] > 0
    stacks = tuple(stack(trace, places, accumulated) for trace in traces)
    notes = (SIZES, *(() if accumulated else (HELD,)), *((SAMPLED.format(interval=interval),) if interval > 1 else ()))
    every = EVERY_BLOCK if accumulated and interval == 1 else frozenset()
    space = maps.strip().partition("\n")[0]
    return Log("jemalloc", stacks, total(stacks, measure((0, 0, 0, 0), accumulated)), every, notes=notes, space=space)


def counts(text: str) -> tuple[int, ...]:
    """Read blocks and bytes held, then blocks and bytes obtained, of all threads together."""
    found = next(filter(None, map(COUNTS.match, text.splitlines())), None)
    if found is None:
        raise TraceError("the profile has a stack without counts")
    return tuple(map(int, found.groups()))


def measure(counted: tuple[int, ...], accumulated: bool) -> Measure:
    """Say what was counted."""
    live_blocks, live_size, blocks, size = counted
    if not accumulated:
        return Measure(live_bytes=live_size, live_blocks=live_blocks)
    return Measure(size, blocks, live_size, live_blocks)


def stack(trace: str, places: "Places", accumulated: bool) -> Stack:
    """Read one stack of addresses, and what was counted there."""
    addresses, _, rest = trace.partition("\n")
    frames = tuple(frame for word in addresses.split() for frame in places.frames(int(word, 16)))
    return Stack(frames, measure(counts(rest), accumulated))


class Places:
    """What was mapped where, when a profile was written."""

    def __init__(self, symbols: Symbols, text: str) -> None:
        self.symbols = symbols
        self.mappings = list(mappings(text))
        self.known: dict[int, tuple[Frame, ...]] = {}

    def frames(self, address: int) -> tuple[Frame, ...]:
        """Say where in the source a call returns to."""
        if address not in self.known:
            self.known[address] = self.found(address)
        return self.known[address]

    def found(self, address: int) -> tuple[Frame, ...]:
        """Look an address up."""
        for begin, end, offset, path in self.mappings:
            if begin < address <= end:
                return self.symbols.frames(path, self.symbols.in_file(path, address - begin + offset))
        return (Frame(),)


def mappings(text: str) -> Iterator[Mapping]:
    """Read which parts of which files were mapped where."""
    for found in filter(None, map(MAPPING.fullmatch, text.splitlines())):
        begin, end, offset = (int(found[number], 16) for number in (1, 2, 3))
        yield begin, end, offset, found[4]
