"""What was computed before, by key, in one file that several runs may share.

Whatever is wrong with that file, nothing is lost but time: what cannot be read is forgotten, what cannot be written is
not kept.
"""

import os
import sqlite3

from allocscan.store.database import connected, fetch, held, known, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from os import PathLike
    from typing import TypeVar

    T = TypeVar("T")

LIMIT = 2**30
"""Bytes that are kept at most."""
ATTEMPTS = 2
"""To ask a file; where the first one finds it broken, it is a new one."""
SUFFIXES = ("", "-wal", "-shm")
"""Of the files that make one database."""


class Cache:
    """Values by key; what was used longest ago makes room for what is new.

    The file is opened when it is first asked, and closed by `close`. What reads it never writes to it, nor makes it.
    """

    def __init__(self, path: "str | PathLike[str] | None" = None, limit: int = LIMIT) -> None:
        self.path = os.fspath(path) if path else ""
        """The file; without one, nothing is kept."""
        self.limit = limit
        self.connection: sqlite3.Connection | None = None
        self.used: set[str] = set()
        """Keys of values that were of use, which is not written down yet."""

    def fetch(self, keys: "Iterable[str]") -> dict[str, bytes]:
        """Give the values of those keys that are known."""
        wanted = list(keys)
        return self.ask(lambda connection: dict(fetch(connection, wanted)), {})

    def recall(self, key: str, kind: "type[T]") -> "T | None":
        """Give the value of a kind that was packed under a key, and remember that it was of use."""
        # What is only printed again was never packed.
        from allocscan.store.packing import unpack

        self.use([key])
        found = self.fetch([key])
        return unpack(found[key], kind) if found else None

    def use(self, keys: "Iterable[str]") -> None:
        """Remember that some values were of use."""
        self.used.update(keys if self.path else ())

    def keep(self, values: "Mapping[str, bytes]") -> None:
        """Keep values, and let go of the oldest ones where that is too much."""
        if values:
            self.ask(lambda connection: write(connection, self.used, values, self.limit), None, make=True)
            self.used.clear()

    def held(self) -> tuple[int, int]:
        """Count what is kept: entries and bytes."""
        return self.ask(held, (0, 0))

    def clear(self) -> None:
        """Forget everything."""
        self.disconnect()
        for suffix in SUFFIXES if self.path else ():
            try:
                os.unlink(self.path + suffix)
            except FileNotFoundError:
                continue

    def close(self) -> None:
        """Write down what was of use, unless that is known, and let go of the file."""
        if self.used and not self.ask(lambda connection: known(connection, self.used), True):
            self.ask(lambda connection: write(connection, self.used, {}, self.limit), None)
        self.used.clear()
        self.disconnect()

    def ask(self, question: "Callable[[sqlite3.Connection], T]", otherwise: "T", *, make: bool = False) -> "T":
        """Ask the file something; one that is broken is begun anew, and one that cannot be used knows nothing."""
        for _ in range(ATTEMPTS):
            if not (self.path and (make or os.path.exists(self.path))):
                break
            try:
                return question(self.connect())
            except (sqlite3.OperationalError, sqlite3.ProgrammingError, OSError):
                break
            except sqlite3.DatabaseError:
                self.begin_anew()
        self.disconnect()
        return otherwise

    def begin_anew(self) -> None:
        """Remove a file that is broken, if that can be done."""
        try:
            self.clear()
        except OSError:
            return

    def connect(self) -> sqlite3.Connection:
        """Open the file, if it is not open."""
        if not self.connection:
            self.connection = connected(self.path)
        return self.connection

    def disconnect(self) -> None:
        """Close the file."""
        if self.connection:
            self.connection.close()
            self.connection = None

    def __reduce__(self) -> "tuple[type[Cache], tuple[str, int]]":
        """Travel without what is open."""
        return Cache, (self.path, self.limit)


NO_STORE = Cache()
"""Keeps nothing."""
