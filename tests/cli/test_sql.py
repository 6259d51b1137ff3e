"""`allocscan sql`."""

import csv
import json
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from allocscan.errors import ExitCode
from tests.cli.conftest import Ran, Run

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def database(ran: Run, asked: list[object], tmp_path: Path) -> Path:
    """A report as a database."""
    path = tmp_path / "report.sqlite"
    assert ran("deluge", "-o", str(path)) == Ran(ExitCode.OK, "", "deluge: a note\n")
    asked.clear()
    return path


QUERY = "SELECT name, line FROM sites WHERE action = 'deallocate'"


def test_a_database_is_asked(ran: Run, asked: list[object], database: Path) -> None:
    assert ran("sql", str(database), QUERY).output == "name   line\nzfree    11\n1 row\n"
    assert not asked


def test_a_target_is_scanned(ran: Run, asked: list[object], database: Path) -> None:
    assert ran("sql", "deluge", QUERY) == ran("sql", str(database), QUERY)
    assert len(asked) == 1


def test_filters_say_what_is_scanned(ran: Run, asked: list[object]) -> None:
    count = "SELECT COUNT(*) AS sites FROM sites"
    answers = [ran("sql", "deluge", count, "--format", "json", *more).output for more in ((), ("--all",))]
    assert [json.loads(answer) for answer in answers] == [[{"sites": 5}], [{"sites": 6}]]


def test_rows_have_three_forms(ran: Run, database: Path, tmp_path: Path) -> None:
    query = "SELECT 1 AS one, NULL AS two, x'ff' AS three, '=1' AS four, 0.5 AS five"
    files = [tmp_path / "rows.csv", tmp_path / "rows.json"]
    shown = ran("sql", str(database), query, "-o", "-", *(part for file in files for part in ("-o", str(file))))
    assert shown.output.splitlines() == ["one  two  three  four  five", "  1  -    ff     =1     0.5", "1 row"]
    rows = list(csv.reader(StringIO(files[0].read_text(encoding="utf-8"), newline="")))
    assert rows == [["one", "two", "three", "four", "five"], ["1", "", "ff", "'=1", "0.5"]]
    assert json.loads(files[1].read_text(encoding="utf-8")) == [
        {"one": 1, "two": None, "three": "ff", "four": "=1", "five": 0.5}
    ]


def test_tables_are_listed(ran: Run, database: Path) -> None:
    listed = ran("sql", str(database)).output
    assert "\nby_family  " in listed
    assert "\nsites  " in listed


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM sites",
        "DROP TABLE sites",
        "CREATE TABLE x (y)",
        "CREATE TEMP TABLE x (y)",
        "ATTACH 'other' AS other",
        "VACUUM INTO 'other'",
        "PRAGMA user_version = 3",
        "PRAGMA writable_schema = 1",
        "SELECT load_extension('x')",
        "SELECT 1; DELETE FROM sites",
        "SELECT nothing FROM nowhere",
        "SELEC\nT",
        "",
        "-- nothing",
    ],
)
@pytest.mark.parametrize("fresh", [False, True])
def test_a_query_only_reads(
    query: str, fresh: bool, ran: Run, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = database.read_bytes()
    failed = ran("sql", "deluge" if fresh else str(database), query)
    assert (failed.code, failed.output, failed.errors.count("\n")) == (ExitCode.ERROR, "", 1)
    assert database.read_bytes() == before
    assert list(tmp_path.iterdir()) == [database]


def test_pragmas_that_tell_are_allowed(ran: Run, database: Path) -> None:
    assert "parse_loss" in ran("sql", str(database), "PRAGMA table_info(files)").output


def test_rows_cannot_speak_to_the_terminal(ran: Run, database: Path) -> None:
    shown = ran("sql", str(database), "SELECT char(27, 91, 50, 74) AS x, char(10) AS y").output
    assert "\x1b" not in shown
    assert shown.count("\n") == 3


def test_what_is_no_database_is_a_target(ran: Run, tmp_path: Path) -> None:
    (tmp_path / "report.sqlite").write_text("no database", encoding="utf-8")
    assert ran("sql", str(tmp_path / "report.sqlite"), "SELECT 1").code == ExitCode.ERROR


def test_a_broken_database_is_one_line(ran: Run, database: Path) -> None:
    database.write_bytes(database.read_bytes()[:5000])
    failed = ran("sql", str(database), "SELECT * FROM sites")
    assert (failed.code, failed.errors.count("\n")) == (ExitCode.ERROR, 1)


def test_ctrl_c_ends_a_long_query(database: Path) -> None:
    endless = "WITH RECURSIVE a (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM a) SELECT MAX(x) FROM a"
    script = f"""
import sys
from allocscan.cli import run, sql
sql.go_on = lambda: sys.stdout.write("runs\\n") and sys.stdout.flush()
sys.exit(run(["sql", {str(database)!r}, {endless!r}]))
"""
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        assert running.stdout.readline() == "runs\n"
        running.send_signal(signal.SIGINT)
        running.stdout.read()
        assert running.wait() == ExitCode.INTERRUPTED
