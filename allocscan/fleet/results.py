"""The results of a fleet: a database of reports that says for each target what was done."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from allocscan.errors import FleetError
from allocscan.fleet.targets import TargetTotal
from allocscan.model import Action, Report
from allocscan.reporters import sqlite
from allocscan.reporters.columns import lists
from allocscan.reporters.records import FORMAT_VERSION

TABLES = Path(__file__).with_name("fleet.sql")
PATIENCE = 5
"""Seconds to wait for another run that writes."""
TOTALS = (
    f"SELECT target, languages, files, lines, size, parse_loss, {', '.join(Action)} FROM by_target WHERE files >= 0"
)


@contextmanager
def results(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the results of earlier runs, or begin new ones; what goes wrong with them is a FleetError."""
    try:
        if not path.exists() or not path.stat().st_size:
            begin(path)
        with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as database:
            check(database, path)
            yield database
    except sqlite3.Error as error:
        raise FleetError(f"cannot use {path}: {error}") from None


def begin(path: Path) -> None:
    """Make a file that has all tables, or none."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with closing(sqlite3.connect(part)) as database:
            sqlite.create(database)
            database.executescript(TABLES.read_text(encoding="utf-8"))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def check(database: sqlite3.Connection, path: Path) -> None:
    """Refuse a file of something else."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    known = database.execute("SELECT 1 FROM sqlite_schema WHERE name = 'by_target'").fetchone()
    if version != FORMAT_VERSION or not known:
        raise FleetError(f"{path} holds something else than the results of a fleet; name another file, or remove it")


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """Do all of a block, or nothing of it."""
    database.execute("BEGIN IMMEDIATE")
    with database:
        yield


def done(database: sqlite3.Connection) -> Mapping[str, str]:
    """Give for each target that is done the key of what was reported."""
    return dict(database.execute("SELECT target, key FROM targets WHERE key IS NOT NULL"))


def keep(database: sqlite3.Connection, targets: Iterable[str]) -> None:
    """Forget what is no target any more."""
    wanted = set(targets)
    with transaction(database):
        for (target,) in database.execute("SELECT target FROM targets").fetchall():
            if target not in wanted:
                forget(database, target)


def put(database: sqlite3.Connection, target: str, key: str, report: Report) -> None:
    """Replace what is known of a target."""
    with transaction(database):
        forget(database, target)
        sqlite.add(database, report, lambda _path: b"")
        (number,) = database.execute("SELECT MAX(id) FROM reports").fetchone()
        database.execute("INSERT INTO targets VALUES (?, ?, ?, NULL)", (target, number, key))


def mark(database: sqlite3.Connection, target: str, error: str | None) -> None:
    """Say why a target failed, or that it did not; what an earlier run has reported of it stays."""
    with transaction(database):
        database.execute(
            "INSERT INTO targets (target, error) VALUES (?, ?) ON CONFLICT DO UPDATE SET error = excluded.error",
            (target, error),
        )


def forget(database: sqlite3.Connection, target: str) -> None:
    """Remove a target, and what was reported of it."""
    for (number,) in database.execute("SELECT report FROM targets WHERE target = ?", (target,)).fetchall():
        for table in (*lists(), sqlite.SUMMARIES):
            database.execute(f"DELETE FROM {table} WHERE report = ?", (number,))
        database.execute(f"DELETE FROM {sqlite.REPORTS} WHERE id = ?", (number,))
    database.execute("DELETE FROM targets WHERE target = ?", (target,))


def totals(database: sqlite3.Connection) -> Iterator[TargetTotal]:
    """Add up each target that was ever reported, in the order of their names."""
    for target, languages, files, lines, size, loss, *actions in database.execute(TOTALS):
        yield TargetTotal(target, languages or "", files, lines, size, tuple(actions), loss * size / 100)
