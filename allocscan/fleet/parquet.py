"""Parquet: the sites of all targets in one table, and their totals in another."""

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from allocscan.errors import FleetError
from allocscan.reporters.columns import columns

if TYPE_CHECKING:
    from pyarrow import Array

AT_ONCE = 50_000
"""Rows that are written at once."""
SITES = "SELECT targets.target, sites.* FROM sites JOIN targets ON targets.report = sites.report ORDER BY 1, sites.id"
TOTALS = "SELECT * FROM by_target"
TEXT = "utf8"
TYPES = {"integer": "int64", "boolean": "bool", "number": "double"}
"""How types of JSON are written; all others are text, lists as JSON."""
NUMBERED = {"id": "integer", "report": "integer"}
"""What the database adds to a site."""
SUMMED: Mapping[str, str] = {
    **dict.fromkeys(("target", "location", "commit", "error", "languages"), TEXT),
    "parse_loss": "number",
}
"""Columns of the totals; all others are whole numbers."""


def check() -> None:
    """Raise FleetError where Parquet cannot be written."""
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise FleetError("Parquet needs PyArrow: pip install 'allocscan[parquet]'") from None


def write_sites(database: sqlite3.Connection, path: Path) -> None:
    """Write the sites of all targets, each with the name of its target."""
    kinds = {column.name: column.type for column in columns("site")}
    write(database.execute(SITES), {"target": TEXT, **NUMBERED, **kinds}, path)


def write_totals(database: sqlite3.Connection, path: Path) -> None:
    """Write a row for each target."""
    found = database.execute(TOTALS)
    write(found, {name: SUMMED.get(name, "integer") for name, *_ in found.description}, path)


def write(found: sqlite3.Cursor, kinds: Mapping[str, str], path: Path) -> None:
    """Write the rows of a query, some at a time."""
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    names = [name for name, *_ in found.description]
    types = [TYPES.get(kinds[name], TEXT) for name in names]
    schema = pyarrow.schema(list(zip(names, types, strict=True)))
    with ParquetWriter(path, schema) as writer:
        while rows := found.fetchmany(AT_ONCE):
            arrays = [array(values, type) for values, type in zip(zip(*rows, strict=True), types, strict=True)]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))


def array(values: Iterable[Any], type: str) -> "Array":
    """Make a column; the database keeps what is true or false as a number."""
    import pyarrow

    if type == TYPES["boolean"]:
        values = (None if value is None else bool(value) for value in values)
    return pyarrow.array(values, type)
