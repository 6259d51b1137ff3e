"""`allocscan sql`: one question in SQL about a target, or about a report that was written as a database."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TextIO, cast

import click

from allocscan.cli.options import TABLES, Options, sql_options
from allocscan.cli.outputs import opened, outputs
from allocscan.errors import AllocscanError
from allocscan.reporters import table

MAGIC = b"SQLite format 3\0"
"""What a database begins with."""
OVERVIEW = """
SELECT name, group_concat(column, ', ') AS columns
FROM (SELECT master.name, info.name AS column FROM sqlite_master AS master, pragma_table_info(master.name) AS info
      WHERE master.type IN ('table', 'view') ORDER BY master.rowid, info.cid)
GROUP BY name ORDER BY name
"""
"""What is asked when nothing is: the tables and views with their columns."""
PATIENCE = 100_000
"""Steps of the database after which someone who pressed Ctrl-C is heard."""
ALLOWED = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE))
KNOWING = frozenset(("table_info", "table_xinfo", "table_list", "index_list", "foreign_key_list"))
"""Pragmas that only tell."""

Answer = tuple[tuple[str, ...], list[tuple[Any, ...]]]
"""The names of the columns, and the rows."""

EXAMPLES = """
\b
Examples:
  allocscan sql ./redis                     the tables and views there are
  allocscan sql ./redis 'SELECT * FROM by_family'
  allocscan redis -o redis.sqlite
  allocscan sql redis.sqlite "SELECT function, sites FROM by_function LIMIT 5"
"""


@click.command("sql", epilog=EXAMPLES)
@click.argument("target", metavar="TARGET")
@click.argument("query", required=False)
@sql_options
def command(target: str, query: str | None, options: Options) -> None:
    """Ask one QUERY in SQL of what TARGET holds, and print the rows.

    TARGET is what a scan takes, or a database that -o FILE.sqlite has written.
    A QUERY can only read. Without one, tables and views are listed with their
    columns. --format csv and --format json are for programs.
    """
    chosen = outputs(options, TABLES, "terminal")
    with opened(chosen, paged=not options.no_pager) as places, database(target, options) as connection:
        names, rows = ask(connection, OVERVIEW) if query is None else answer(connection, query)
        for each, place in places:
            table.write(each.form.name, names, rows, cast(TextIO, place))


@contextmanager
def database(target: str, options: Options) -> Iterator[sqlite3.Connection]:
    """Open a database that is there, or make one of a target in memory."""
    if is_database(Path(target)):
        with closing(sqlite3.connect(f"{Path(target).absolute().as_uri()}?mode=ro", uri=True)) as connection:
            yield connection
    else:
        with closing(sqlite3.connect(":memory:")) as connection:
            fill(connection, target, options)
            yield connection


def is_database(path: Path) -> bool:
    """Tell whether a file is a database."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def fill(connection: sqlite3.Connection, target: str, options: Options) -> None:
    """Put what a scan finds into a database."""
    from allocscan.cli import reports
    from allocscan.filters import select
    from allocscan.reporters.sqlite import add, create

    create(connection)
    with closing(reports.scanned((target,), options)) as scans:
        for report, read in scans:
            add(connection, select(report, options.selection), read)


def answer(connection: sqlite3.Connection, query: str) -> Answer:
    """Ask a question that cannot change anything; what is wrong with it is one line."""
    connection.set_authorizer(allow)
    connection.set_progress_handler(go_on, PATIENCE)
    try:
        found = ask(connection, query)
    except (sqlite3.Error, sqlite3.Warning) as error:
        if str(error) == "interrupted":
            raise KeyboardInterrupt from None
        raise AllocscanError(f"the query fails: {' '.join(str(error).split())}") from None
    if not found[0]:
        raise AllocscanError("the query asks for nothing")
    return found


def ask(connection: sqlite3.Connection, query: str) -> Answer:
    """Ask a question."""
    with closing(connection.execute(query)) as cursor:
        return tuple(described[0] for described in cursor.description or ()), cursor.fetchall()


def go_on() -> int:
    """Let a long query go on; that Python is asked is what lets it hear Ctrl-C."""
    return 0


def allow(action: int, first: str | None, second: str | None, _database: str | None, _view: str | None) -> int:
    """Decide on a step of a query: reading is allowed, and what tells of tables."""
    reads = action in ALLOWED or (action == sqlite3.SQLITE_FUNCTION and second != "load_extension")
    tells = action == sqlite3.SQLITE_PRAGMA and first in KNOWING
    return sqlite3.SQLITE_OK if reads or tells else sqlite3.SQLITE_DENY
