"""One file with values by key, and when each was of use: how it is made, asked and written."""

import os
import sqlite3
from itertools import islice
from os import geteuid

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SPARED = 0.75
"""The part of the limit that is still kept once it was reached."""
FORMAT = 1
"""Of the tables; a file in another one is replaced."""
PATIENCE = 5
"""Seconds to wait for another run that writes."""
AT_ONCE = 500
"""Keys that one statement asks for."""
LATELY = 16
"""A value need not be marked again if the file was written to fewer times than this since it was used."""

TABLES = (
    "PRAGMA auto_vacuum = INCREMENTAL",
    "PRAGMA journal_mode = WAL",
    "BEGIN IMMEDIATE",
    # What is said of an entry stands beside its value, which would otherwise be written again with each use.
    "CREATE TABLE IF NOT EXISTS"
    " entry (key TEXT PRIMARY KEY, used INTEGER NOT NULL, size INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS content (key TEXT PRIMARY KEY, value BLOB NOT NULL)",
    "CREATE INDEX IF NOT EXISTS age ON entry (used DESC, key, size)",
    f"PRAGMA user_version = {FORMAT}",
    "COMMIT",
)
EVICT = (
    "DELETE FROM entry WHERE key IN (SELECT key FROM"
    " (SELECT key, SUM(size) OVER (ORDER BY used DESC, key) AS held FROM entry) WHERE held > ?)"
)


def connected(path: str) -> sqlite3.Connection:
    """Open the file, and make it where it is missing; one of somebody else is not trusted."""
    if os.path.exists(path):
        if os.stat(path).st_uid != geteuid():
            raise PermissionError(f"{path} belongs to somebody else")
    else:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    connection.execute("PRAGMA synchronous = NORMAL")
    prepare(connection)
    return connection


def prepare(connection: sqlite3.Connection) -> None:
    """Make the tables where there are none yet; raise DatabaseError for those of another version."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if not version and not connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
        for statement in TABLES:
            connection.execute(statement)
    elif version != FORMAT:
        raise sqlite3.DatabaseError(f"format {version}")


def fetch(connection: sqlite3.Connection, keys: "Iterable[str]") -> "Iterator[tuple[str, bytes]]":
    """Yield keys that are known with their values."""
    for marks, some in statements(keys):
        yield from connection.execute(f"SELECT key, value FROM content WHERE key IN ({marks})", some)


def statements(keys: "Iterable[str]") -> "Iterator[tuple[str, list[str]]]":
    """Yield as many keys as one statement asks for, and the marks that stand for them in it."""
    waiting = iter(keys)
    while some := list(islice(waiting, AT_ONCE)):
        yield ",".join("?" * len(some)), some


def known(connection: sqlite3.Connection, keys: "Iterable[str]") -> bool:
    """Tell whether it is known that values were used lately, as far as there are such."""
    now = tick(connection)
    return all(now - used <= LATELY for used in uses(connection, keys))


def uses(connection: sqlite3.Connection, keys: "Iterable[str]") -> "Iterator[int]":
    """Yield when values were used last."""
    for marks, some in statements(keys):
        yield from (used for (used,) in connection.execute(f"SELECT used FROM entry WHERE key IN ({marks})", some))


def write(connection: sqlite3.Connection, used: "Iterable[str]", values: "Mapping[str, bytes]", limit: int) -> None:
    """Mark what was used and write values, and remove the oldest ones where they take too much room."""
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        now = tick(connection)
        connection.executemany("UPDATE entry SET used = ? WHERE key = ?", ((now, key) for key in used))
        entries = ((key, now, len(value)) for key, value in values.items())
        connection.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?)", entries)
        connection.executemany("INSERT OR REPLACE INTO content VALUES (?, ?)", values.items())
        too_much = held(connection)[1] > limit
        if too_much:
            connection.execute(EVICT, (limit * SPARED,))
            connection.execute("DELETE FROM content WHERE key NOT IN (SELECT key FROM entry)")
    if too_much:
        connection.execute("PRAGMA incremental_vacuum").fetchall()


def held(connection: sqlite3.Connection) -> tuple[int, int]:
    """Count entries and bytes."""
    entries, size = connection.execute("SELECT COUNT(*), COALESCE(SUM(size), 0) FROM entry").fetchone()
    return entries, size


def tick(connection: sqlite3.Connection) -> int:
    """Give a time that is later than any before: it counts uses, for clocks may go backwards."""
    (latest,) = connection.execute("SELECT COALESCE(MAX(used), 0) FROM entry").fetchone()
    return int(latest) + 1
