"""Addresses of programs and libraries, as the places in the source that their debug information tells of."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from allocscan.errors import TraceError
from allocscan.trace.binary import DAMAGE, Binary
from allocscan.trace.log import Frame


class Symbols:
    """The programs and libraries that a log speaks of, each read when it is needed."""

    def __init__(self, binary: Path | None = None) -> None:
        self.binary = binary
        self.opened: dict[str, Binary | None] = {}

    def frames(self, library: str, address: int) -> tuple[Frame, ...]:
        """Say where in the source a call returns to, what was inlined there first."""
        binary = self.open(library)
        found = tuple(binary.frames(address)) if binary else ()
        return tuple(Frame(each.function, each.path, each.line, library) for each in found) or (Frame(library=library),)

    def open(self, library: str) -> "Binary | None":
        """Read a program or library; the one that was named takes the place of the one of its name."""
        if library not in self.opened:
            named = self.binary and self.binary.name == Path(library).name
            self.opened[library] = open_binary(self.binary if named and self.binary else Path(library))
        return self.opened[library]

    def in_file(self, library: str, offset: int) -> int:
        """Give the address of what stands at some place in a file."""
        binary = self.open(library)
        return binary.at(offset) if binary else offset

    def path(self, library: str) -> str:
        """Name the file of a library; what a log does not name, or not by its path, has to be said."""
        if "/" in library or ".so" in library:
            return library
        if self.binary is None:
            raise TraceError(f"it does not say where {library or 'its program'} is; name that with --binary")
        return str(self.binary)


class Resolving:
    """The addresses of one log, which may be those of a program that was loaded anywhere."""

    def __init__(self, symbols: Symbols, addresses: Mapping[str, Sequence[int]]) -> None:
        self.symbols = symbols
        self.bases = {library: self.base(library, each) for library, each in addresses.items()}

    def base(self, library: str, addresses: Sequence[int]) -> int:
        """Find where a program was loaded that its addresses are of; they may also count from its beginning."""
        binary = self.symbols.open(self.name(library))
        if binary is None:
            return 0
        for known in (0, -binary.start):
            if all(binary.contains(address - known) for address in addresses):
                return known
        base = binary.base(addresses)
        if base is None:
            raise TraceError(f"where {self.name(library)} was loaded cannot be told from the addresses in it")
        return base

    def name(self, library: str) -> str:
        """Name the file of a library as far as a log does."""
        return self.symbols.path(library)

    def frames(self, origin: tuple[str, int]) -> tuple[Frame, ...]:
        """Say where in the source a call returns to."""
        library, address = origin
        return self.symbols.frames(self.name(library), address - self.bases[library])


def open_binary(path: Path) -> "Binary | None":
    """Read a program, if it is one that is still there."""
    if not path.is_file():
        return None
    try:
        return Binary(path)
    except DAMAGE:
        return None
