"""CSV and SQLite hold what JSON holds."""

import csv
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocscan.reporters import FORMATS, writing
from allocscan.reporters.cells import GUARD, JOINT, cell
from allocscan.reporters.columns import Column, columns, lists, schema
from allocscan.reporters.records import groups, report_record, site_record, summary_record
from allocscan.sources import sample_names
from tests.cli.conftest import Run, ran
from tests.reporters.sample import REPORT, SITES, read

__all__ = ["ran"]

Write = Callable[..., str]
Record = dict[str, Any]
TEXTS = st.text(st.characters(), max_size=20) | st.sampled_from(
    ("=1+1", "+x", "-1", "@cmd", "\t=1", "'", "''", "a;b", "\\", "\\;", "\\x41", '"', ",", "a\r\nb", "\ud800", "\x00")
)


# What stands in a cell can be read back.


def value(text: str, kind: str) -> Any:
    """Read a cell as its documentation says."""
    text = text.removeprefix(GUARD)
    if kind == "array":
        return (
            [unquoted(part) for part in re.findall(r"((?:\\.|[^\\;])+|(?<=; )(?=;|$))(?:; |$)", text)] if text else []
        )
    simple = {"boolean": lambda: text == "true", "integer": lambda: int(text), "number": lambda: float(text)}
    return simple.get(kind, lambda: unquoted(text))()


def unquoted(text: str) -> str:
    """Undo escapes."""
    return re.sub(
        r"\\(?:x..|u.{4}|U.{8}|.)",
        lambda found: found[0][1:] if found[0][1] in f"\\{JOINT}" else found[0].encode().decode("unicode_escape"),
        text,
    )


@given(TEXTS)
def test_a_text_reads_back(text: str) -> None:
    assert value(cell(text), "string") == text


@given(st.lists(TEXTS.filter(bool), max_size=4))
def test_a_list_reads_back(parts: list[str]) -> None:
    assert value(cell(parts), "array") == parts


@given(TEXTS | st.lists(TEXTS, max_size=3))
def test_nothing_is_a_formula_and_all_is_one_line(content: str | list[str]) -> None:
    shown = cell(content)
    assert not shown.startswith(tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"))
    assert len(f"{shown}.".splitlines()) == 1
    shown.encode("utf-8")


def read_csv(text: str) -> Iterator[Record]:
    """Read the rows of a CSV file as flat records; what is absent is None."""
    kinds = {column.name: column.type for column in columns("site")}
    for row in csv.DictReader(StringIO(text, newline=""), strict=True):
        yield {name: None if row[name] == "" else value(row[name], kind) for name, kind in kinds.items()}


def flat(record: Record, kind: str = "site") -> Record:
    """Lay a record flat; an empty text or list looks like an absent one."""
    return {column.name: column.of(record) for column in columns(kind)}


def emptied(record: Record) -> Record:
    """Take what is empty for absent, as CSV has to."""
    return {name: None if found in ("", []) else found for name, found in record.items()}


@given(text=TEXTS.filter(bool), via=st.lists(TEXTS.filter(bool), max_size=3))
def test_csv_reads_back_equal(text: str, via: list[str]) -> None:
    hostile = SITES[0]._replace(name=text, allocator=text, via=tuple(via), size=text, condition=text)
    report = replace(REPORT, sites=(hostile, *SITES))
    stream = StringIO(newline="")
    with writing(FORMATS["csv"], stream) as write:
        write(report, read)
    assert list(read_csv(stream.getvalue())) == [emptied(flat(site_record(site))) for site in report.sites]


@pytest.mark.parametrize("name", sample_names())
def test_csv_of_every_sample_reads_back(name: str, ran: Run) -> None:
    sites = json.loads(ran(name, "--all", "--format", "json").output)["sites"]
    assert list(read_csv(ran(name, "--all", "--format", "csv").output)) == [emptied(flat(site)) for site in sites]


def test_several_targets_have_one_header() -> None:
    stream = StringIO(newline="")
    with writing(FORMATS["csv"], stream) as write:
        write(REPORT, read)
        write(replace(REPORT, source=replace(REPORT.source, name="other")), read)
    rows = list(csv.DictReader(StringIO(stream.getvalue(), newline="")))
    assert [row["target"] for row in rows] == ["store"] * len(SITES) + ["other"] * len(SITES)


# A database.


def stored(path: Path, table: str, kind: str, where: str = "1") -> list[Record]:
    """Read a table as flat records."""
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        rows = database.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY id").fetchall()
    return [{column.name: typed(row[column.name], column) for column in columns(kind)} for row in rows]


def typed(found: Any, column: Column) -> Any:
    """Give a value the type that it has in JSON."""
    if found is None:
        return None
    readers: dict[str, Callable[[Any], Any]] = {"array": json.loads, "boolean": bool}
    return readers.get(column.type, lambda same: same)(found)


def check_database(path: Path, whole: Record) -> None:
    """Hold a database against the JSON of the same report."""
    assert stored(path, "reports", "report") == [flat(whole["report"], "report")]
    assert stored(path, "summaries", "summary") == [flat(whole["summary"], "summary")]
    for table, kind in lists().items():
        assert stored(path, table, kind) == [flat(record, kind) for record in whole[table]], table
    with closing(sqlite3.connect(path)) as database:
        assert not database.execute("PRAGMA foreign_key_check").fetchall()
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("name", sample_names())
def test_sqlite_holds_what_json_holds(name: str, ran: Run, tmp_path: Path) -> None:
    database, whole = tmp_path / "report.sqlite", tmp_path / "report.json"
    assert ran(name, "--all", "--resources", "-o", str(database), "-o", str(whole)).code == 0
    check_database(database, json.loads(whole.read_text(encoding="utf-8")))


def test_sqlite_holds_hostile_names(tmp_path: Path) -> None:
    text = "'; DROP TABLE sites; --\x00\x1b[2J\udcff"
    report = replace(REPORT, sites=(SITES[0]._replace(name=text),), notes=(text,))
    with writing(FORMATS["sqlite"], tmp_path / "a") as write:
        write(report, read)
    (site,) = stored(tmp_path / "a", "sites", "site")
    assert site["name"] == text.replace("\udcff", "\\udcff")
    assert stored(tmp_path / "a", "reports", "report")[0]["notes"] == [text]


def test_sqlite_holds_several_targets(tmp_path: Path) -> None:
    other = replace(REPORT, source=replace(REPORT.source, name="other"), sites=SITES[:1])
    with writing(FORMATS["sqlite"], tmp_path / "a") as write:
        write(REPORT, read)
        write(other, read)
    assert len(stored(tmp_path / "a", "sites", "site", "report = 1")) == len(SITES)
    assert stored(tmp_path / "a", "sites", "site", "report = 2") == [flat(site_record(SITES[0]))]
    assert [row["name"] for row in stored(tmp_path / "a", "reports", "report")] == ["store", "other"]


def test_views_answer(tmp_path: Path) -> None:
    with writing(FORMATS["sqlite"], tmp_path / "a") as write:
        write(REPORT, read)
    with closing(sqlite3.connect(tmp_path / "a")) as database:
        views = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
        counted = {name: database.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in views}
        via = database.execute("SELECT value FROM sites_via WHERE owner = 1 ORDER BY position").fetchall()
        evidence = database.execute("SELECT path, line, statement FROM candidates_evidence").fetchall()
    assert all(counted[name] for name in ("links", "by_family", "by_allocator", "by_type", "by_function", "by_file"))
    assert via == [("ztrymalloc",), ("malloc",)]
    assert evidence == [("src/server.c", 5, "its result is compared with NULL")]


def test_columns_are_the_fields_of_records() -> None:
    whole = {"report": report_record(REPORT), "summary": summary_record(REPORT)}
    first = {lists()[name]: next(group, None) for name, group in groups(REPORT).items()}
    assert set(first) == set(lists().values())
    for kind, record in {**whole, **first}.items():
        required = set(schema()["$defs"][kind]["required"])
        assert required <= {"record", *(column.path[0] for column in columns(kind))}
        assert record is None or required <= set(record)
