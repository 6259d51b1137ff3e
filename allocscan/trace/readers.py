"""Logs by what they hold: which tool wrote one, and what it says."""

import struct
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from gzip import GzipFile
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Protocol, cast

from zstandard import ZstdDecompressor, ZstdError

from allocscan.errors import TraceError
from allocscan.trace import binary
from allocscan.trace.log import Log
from allocscan.trace.symbols import Symbols

READERS = (
    *("memcheck", "dhat", "mtrace", "ltrace", "jemalloc", "jemalloc_statistics", "heaptrack"),
    *("snapshot", "recording"),
)
"""Each names the module that reads such logs."""
LARGEST = 2**30
"""Bytes that are read into memory."""
STEP = 2**12
"""Compressed bytes that are looked at before what has become of them is measured."""
DAMAGE = (*binary.DAMAGE, EOFError, struct.error)
"""What a reader stumbles over in a log that is not as it should be."""


class Reader(Protocol):
    """What the module of each kind of log offers."""

    def sniff(self, content: bytes) -> bool:
        """Tell whether a log is of this kind."""

    def read(self, content: bytes, symbols: Symbols) -> Log:
        """Read a log of this kind, with what resolves addresses."""


def ungzipped(content: bytes) -> bytes:
    """Undo one kind of compression."""
    with GzipFile(fileobj=BytesIO(content)) as stream:
        return stream.read(LARGEST + 1)


def unzstandard(content: bytes) -> bytes:
    """Undo the other kind, a little at a time, so that little can become too much only once."""
    unpacking, size, parts = ZstdDecompressor().decompressobj(), 0, []
    for start in range(0, len(content), STEP):
        parts.append(unpacking.decompress(content[start : start + STEP]))
        size += len(parts[-1])
        if unpacking.eof or size > LARGEST:
            return b"".join(parts)
    raise EOFError


PACKED = {b"\x1f\x8b": ungzipped, b"\x28\xb5\x2f\xfd": unzstandard}
"""How what is compressed begins, and what undoes that."""


def read_log(path: Path, symbols: Symbols) -> Log:
    """Read a log of any tool; what cannot be read or understood is said in one line."""
    content = content_of(path)
    for name in READERS:
        reader = cast(Reader, import_module(f"allocscan.trace.{name}"))
        if reader.sniff(content):
            return understood(partial(reader.read, content, symbols), path, name)
    raise TraceError(f"{path}: no log of {enumerated(READERS)}")


def content_of(path: Path) -> bytes:
    """Read a file that is not too large, also when it is compressed."""
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    content = unpacked(content, path)
    if not content.strip():
        raise TraceError(f"{path}: the log is empty")
    if len(content) > LARGEST:
        raise TraceError(f"{path}: the log is larger than {LARGEST >> 20} MiB")
    return content


def unpacked(content: bytes, path: Path) -> bytes:
    """Undo compression, no further than the largest log."""
    unpack = next((unpack for magic, unpack in PACKED.items() if content.startswith(magic)), bytes)
    try:
        return unpack(content)
    except (EOFError, OSError, ZstdError, zlib.error):
        raise TraceError(f"{path}: what is compressed is damaged or cut off") from None


def understood(read: Callable[[], Log], path: Path, name: str) -> Log:
    """Let a reader read, and say of which log it makes no sense."""
    try:
        return read()
    except TraceError as error:
        raise TraceError(f"{path}: {error}") from None
    except DAMAGE:
        raise TraceError(f"{path}: this log of {name} is damaged or cut off") from None


def enumerated(names: Sequence[str]) -> str:
    """Write names as a sentence does."""
    return f"{', '.join(names[:-1])} or {names[-1]}"
