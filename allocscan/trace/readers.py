"""Logs by what they hold: which tool wrote one, and what it says."""

import struct
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from allocscan.errors import TraceError
from allocscan.trace.log import Log
from allocscan.trace.symbols import Symbols

READERS = ("memcheck", "dhat")
"""Each names the module that reads such logs."""
LARGEST = 2**30
"""Bytes that are read into memory."""
DAMAGE = (ArithmeticError, AttributeError, EOFError, LookupError, RecursionError, TypeError, ValueError, struct.error)
"""What a reader stumbles over in a log that is not as it should be."""


class Reader(Protocol):
    """What the module of each kind of log offers."""

    def sniff(self, content: bytes) -> bool:
        """Tell whether a log is of this kind."""

    def read(self, content: bytes, symbols: Symbols) -> Log:
        """Read a log of this kind, with what resolves addresses."""


def read_log(path: Path, symbols: Symbols) -> Log:
    """Read a log of any tool; what cannot be read or understood is said in one line."""
    content = content_of(path)
    for name in READERS:
        reader = cast(Reader, import_module(f"allocscan.trace.{name}"))
        if reader.sniff(content):
            return understood(partial(reader.read, content, symbols), path, name)
    raise TraceError(f"{path}: no log of {enumerated(READERS)}")


def content_of(path: Path) -> bytes:
    """Read a file that is not too large."""
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if not content.strip():
        raise TraceError(f"{path}: the log is empty")
    if len(content) > LARGEST:
        raise TraceError(f"{path}: the log is larger than {LARGEST >> 20} MiB")
    return content


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
