"""What was computed before, by key, in one file that several runs may share.

Whatever is wrong with that file, nothing is lost but time: what cannot be read is forgotten, what cannot be written is
not kept.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from itertools import islice
from os import geteuid
from pathlib import Path
from typing import NamedTuple, TypeVar

LIMIT = 2**30
"""Bytes that are kept at most."""
SPARED = 0.75
"""The part of the limit that is still kept once it was reached."""
FORMAT = 1
"""Of the tables; a file in another one is replaced."""
PATIENCE = 5
"""Seconds to wait for another run that writes."""
AT_ONCE = 500
"""Keys that one statement asks for."""
ATTEMPTS = 2
"""To ask a file; where the first one finds it broken, it is a new one."""
SUFFIXES = ("", "-wal", "-shm")
"""Of the files that make one database."""

TABLES = (
    # What is said of an entry stands beside its value, which would otherwise be written again with each use.
    "CREATE TABLE entry (key TEXT PRIMARY KEY, used INTEGER NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE content (key TEXT PRIMARY KEY, value BLOB NOT NULL)",
    "CREATE INDEX age ON entry (used DESC, key, size)",
    f"PRAGMA user_version = {FORMAT}",
)
EVICT = (
    "DELETE FROM entry WHERE key IN (SELECT key FROM"
    " (SELECT key, SUM(size) OVER (ORDER BY used DESC, key) AS held FROM entry) WHERE held > ?)"
)

T = TypeVar("T")


class Cache(NamedTuple):
    """Values by key; what was used longest ago makes room for what is new.

    A named tuple, for a run that need not be made again would import no dataclass.
    """

    path: Path | None = None
    """The file; without one, nothing is kept."""
    limit: int = LIMIT

    def fetch(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Give the values of those keys that are known."""
        wanted = list(keys)
        return self.ask(lambda connection: dict(fetch(connection, wanted)), {})

    def recall(self, key: str, kind: type[T]) -> T | None:
        """Give the value of a kind that was packed under a key, and remember that it was of use."""
        # What is only printed again was never packed.
        from allocscan.packing import unpack

        found = self.ask(lambda connection: used(connection, key), None)
        return unpack(found, kind) if found else None

    def use(self, keys: Iterable[str]) -> None:
        """Remember that some values were of use."""
        used = list(keys)
        self.ask(lambda connection: use(connection, used), None)

    def keep(self, values: Mapping[str, bytes]) -> None:
        """Keep values, and let go of the oldest ones where that is too much."""
        if values:
            self.ask(lambda connection: keep(connection, values, self.limit), None)

    def held(self) -> tuple[int, int]:
        """Count what is kept: entries and bytes."""
        return self.ask(held, (0, 0)) if self.path and self.path.exists() else (0, 0)

    def clear(self) -> None:
        """Forget everything."""
        if self.path:
            for suffix in SUFFIXES:
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def ask(self, question: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Ask the file something; one that is broken is begun anew, and one that cannot be used knows nothing."""
        for _ in range(ATTEMPTS):
            if not self.path:
                break
            try:
                with connected(self.path) as connection:
                    return question(connection)
            except (sqlite3.OperationalError, OSError):
                break
            except sqlite3.DatabaseError:
                with suppress(OSError):
                    self.clear()
        return otherwise


@contextmanager
def connected(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file for one transaction, and make it where it is missing; one of somebody else is not trusted."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_uid != geteuid():
        raise PermissionError(f"{path} belongs to somebody else")
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        with connection:
            prepare(connection)
            yield connection
        connection.execute("PRAGMA incremental_vacuum").fetchall()


def prepare(connection: sqlite3.Connection) -> None:
    """Make the tables where there are none yet; raise DatabaseError for those of another version."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if not version and not connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
        for statement in TABLES:
            connection.execute(statement)
    elif version != FORMAT:
        raise sqlite3.DatabaseError(f"format {version}")


def fetch(connection: sqlite3.Connection, keys: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield keys that are known with their values."""
    waiting = iter(keys)
    while some := list(islice(waiting, AT_ONCE)):
        marks = ",".join("?" * len(some))
        yield from connection.execute(f"SELECT key, value FROM content WHERE key IN ({marks})", some)


def used(connection: sqlite3.Connection, key: str) -> bytes | None:
    """Give the value of a key if that is known, and mark it as used."""
    found = dict(fetch(connection, [key]))
    use(connection, found)
    return found.get(key)


def use(connection: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Mark what is known as used now."""
    now = tick(connection)
    connection.executemany("UPDATE entry SET used = ? WHERE key = ?", ((now, key) for key in keys))


def keep(connection: sqlite3.Connection, values: Mapping[str, bytes], limit: int) -> None:
    """Write values, and remove the oldest ones where they take too much room."""
    now = tick(connection)
    entries = ((key, now, len(value)) for key, value in values.items())
    connection.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?)", entries)
    connection.executemany("INSERT OR REPLACE INTO content VALUES (?, ?)", values.items())
    if held(connection)[1] > limit:
        connection.execute(EVICT, (limit * SPARED,))
        connection.execute("DELETE FROM content WHERE key NOT IN (SELECT key FROM entry)")


def held(connection: sqlite3.Connection) -> tuple[int, int]:
    """Count entries and bytes."""
    entries, size = connection.execute("SELECT COUNT(*), COALESCE(SUM(size), 0) FROM entry").fetchone()
    return entries, size


def tick(connection: sqlite3.Connection) -> int:
    """Give a time that is later than any before: it counts uses, for clocks may go backwards."""
    (latest,) = connection.execute("SELECT COALESCE(MAX(used), 0) FROM entry").fetchone()
    return int(latest) + 1
