"""memray's recordings: every block of a program in an interpreter, with lines."""

from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from allocscan.errors import TraceError
from allocscan.trace.blocks import NOTHING, Blocks
from allocscan.trace.log import Frame, Log, total
from allocscan.trace.symbols import Symbols

if TYPE_CHECKING:
    from memray import AllocationRecord, FileReader

PACKAGE = "memray"
NAME, NEAR = b"memray", 64
"""What a recording begins with, be it packed or not, and where that stands."""
RELEASES = ("FREE", "MUNMAP")
"""What the names of allocators end in that give back."""
PARTIAL = "small objects of Python are not in it; for those, record with --trace-python-allocators"

Origin = tuple[tuple[str, str, int], ...]


def sniff(content: bytes) -> bool:
    """Tell whether a log is one of these."""
    return NAME in content[:NEAR]


def read(content: bytes, _symbols: Symbols) -> Log:
    """Read a recording, which only the package itself can."""
    if find_spec(PACKAGE) is None:
        raise TraceError(f"only the package {PACKAGE} can read it: pip install 'allocscan[{PACKAGE}]'")
    from memray import FileReader

    with TemporaryDirectory(prefix="allocscan-") as folder:
        path = Path(folder) / "log"
        path.write_bytes(content)
        try:
            with FileReader(path) as reader:
                log = read_all(reader)
        except (OSError, RuntimeError) as error:
            raise TraceError(f"the recording is damaged or cut off ({error})") from None
    return log


def read_all(reader: "FileReader") -> Log:
    """Follow every block of a recording."""
    blocks: Blocks[Origin] = Blocks()
    for record in reader.get_allocation_records():
        note(blocks, record)
    stacks = tuple(blocks.stacks(frames))
    notes = () if reader.metadata.trace_python_allocators else (PARTIAL,)
    # A site that is given an object which was there already takes no memory, so none is said never to have run.
    return Log(PACKAGE, stacks, total(stacks, NOTHING), notes=notes)


def note(blocks: Blocks[Origin], record: "AllocationRecord") -> None:
    """Note a block that comes or goes."""
    from memray import AllocatorType

    if AllocatorType(record.allocator).name.endswith(RELEASES):
        blocks.release(record.address)
    else:
        blocks.obtain(record.address, record.size, tuple(record.stack_trace()))


def frames(origin: Origin) -> tuple[Frame, ...]:
    """Give the lines that were at work, the innermost first."""
    return tuple(Frame(function, path, line) for function, path, line in origin)
