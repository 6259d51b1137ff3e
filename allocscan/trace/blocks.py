"""Blocks as they come and go: what a log of single calls adds up to."""

from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

from allocscan.model import Measure
from allocscan.trace.log import Frame, Stack

K = TypeVar("K", bound=Hashable)


class Blocks(Generic[K]):
    """The blocks that a program holds, each known by its address and by where it came from."""

    def __init__(self) -> None:
        self.held: dict[Hashable, tuple[K, int]] = {}
        self.counts: dict[K, list[int]] = {}
        """For each origin the bytes and blocks obtained, and those still held."""

    def obtain(self, address: Hashable, size: int, origin: K) -> None:
        """Note a new block; what was at its address before must be gone."""
        self.release(address)
        counts = self.counts.setdefault(origin, [0, 0, 0, 0])
        for index, amount in enumerate((size, 1, size, 1)):
            counts[index] += amount
        self.held[address] = origin, size

    def release(self, address: Hashable) -> None:
        """Note that a block is gone; those from before the log began are not known."""
        origin, size = self.held.pop(address, (None, 0))
        if origin is not None:
            self.counts[origin][2] -= size
            self.counts[origin][3] -= 1

    def stacks(
        self, frames: Callable[[K], tuple[Frame, ...]], entered: Callable[[K], Frame] = lambda _: Frame()
    ) -> Iterator[Stack]:
        """Yield what came from each origin, inside of what was entered there; what is still held counts as lost."""
        for origin, (size, blocks, live_size, live_blocks) in self.counts.items():
            measure = Measure(size, blocks, live_size, live_blocks, live_size, live_blocks)
            yield Stack((entered(origin), *frames(origin)), measure)


NOTHING = Measure(0, 0, 0, 0, 0, 0)
"""Zero of all that is counted."""
