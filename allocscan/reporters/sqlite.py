"""SQLite: a table for each kind of record, and views for what people ask first."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from allocscan.model import Report
from allocscan.reporters import Read, Write
from allocscan.reporters.columns import Column, columns, lists
from allocscan.reporters.fields import Record
from allocscan.reporters.records import FORMAT_VERSION, groups, report_record, summary_record

REPORTS, SUMMARIES = "reports", "summaries"
IN_FILES = ("sites", "definitions", "lives", "functions")
"""Tables whose rows all stand in files of the report."""
TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}
"""How types of JSON are kept; all others are text, lists as JSON, with a view that has a row for each member."""
INDICES = {
    "files": ("report, path",),
    "sites": ("report, path, line", "allocator", "family", "function", "type"),
    "definitions": ("report, path, line", "name"),
    "allocators": ("name", "family"),
    "lives": ("report, path, line",),
    "functions": ("report, path, line", "name"),
}
VIEWS = Path(__file__).with_name("views.sql")


@contextmanager
def writing(place: Path) -> Iterator[Write]:
    """Make a database of any number of reports."""
    with closing(sqlite3.connect(place)) as database:
        create(database)
        with database:
            yield partial(add, database)


def create(database: sqlite3.Connection) -> None:
    """Make the tables, indices and views."""
    tables = {REPORTS: "report", **lists(), SUMMARIES: "summary"}
    for name, kind in tables.items():
        database.execute(table(name, columns(kind)))
        for view in map(partial(member_view, name), columns(kind)):
            database.execute(view) if view else None
    for name, indices in INDICES.items():
        for number, index in enumerate(indices):
            database.execute(f"CREATE INDEX {name}_{number} ON {name} ({index})")
    database.executescript(VIEWS.read_text(encoding="utf-8"))
    database.execute(f"PRAGMA user_version = {FORMAT_VERSION}")


def table(name: str, wanted: Iterable[Column]) -> str:
    """Declare a table."""
    declared = [
        "id INTEGER PRIMARY KEY",
        *(f"{quoted(column.name)} {TYPES.get(column.type, 'TEXT')}" for column in wanted),
    ]
    if name != REPORTS:
        declared.insert(1, f"report INTEGER NOT NULL REFERENCES {REPORTS} (id)")
    if name == "files":
        declared.append("UNIQUE (report, path)")
    if name in IN_FILES:
        declared.append("FOREIGN KEY (report, path) REFERENCES files (report, path)")
    return f"CREATE TABLE {name} ({', '.join(declared)})"


def member_view(name: str, column: Column) -> str:
    """Declare a view of the members of a list; nothing for any other column."""
    if column.type != "array":
        return ""
    members = [f"json_extract(member.value, '$.{part}') AS {quoted(part)}" for part in column.parts]
    picked = ", ".join(members or ["member.value AS value"])
    return (
        f"CREATE VIEW {name}_{column.name} AS SELECT {name}.report AS report, {name}.id AS owner, "
        f"member.key AS position, {picked} FROM {name}, json_each({name}.{quoted(column.name)}) AS member"
    ).replace(f"{REPORTS}.report", f"{REPORTS}.id")


def quoted(name: str) -> str:
    """Write a name of which SQL might think something."""
    return f'"{name}"'


def add(database: sqlite3.Connection, report: Report, _read: Read) -> None:
    """Add a report."""
    number = insert(database, REPORTS, columns("report"), [report_record(report)], {})
    for name, records in groups(report).items():
        insert(database, name, columns(lists()[name]), records, {"report": number})
    insert(database, SUMMARIES, columns("summary"), [summary_record(report)], {"report": number})


def insert(
    database: sqlite3.Connection,
    name: str,
    wanted: tuple[Column, ...],
    records: Iterable[Record],
    more: Mapping[str, int | None],
) -> int | None:
    """Add records to a table; give the number of the last one."""
    names = (*more, *(quoted(column.name) for column in wanted))
    statement = f"INSERT INTO {name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    rows = ((*more.values(), *(stored(column.of(record)) for column in wanted)) for record in records)
    database.executemany(statement, rows)
    last: int | None = database.execute("SELECT last_insert_rowid()").fetchone()[0]
    return last


def stored(value: Any) -> Any:
    """Write a list as JSON, and what is no character as an escape."""
    if isinstance(value, list):
        return json.dumps(value)
    return value.encode("utf-8", "backslashreplace").decode("utf-8") if isinstance(value, str) else value
