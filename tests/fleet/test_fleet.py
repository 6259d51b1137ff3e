"""`allocscan fleet` scans what is not done, and keeps what is."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from allocscan.cli import away, run
from allocscan.cli import reports as reporting
from allocscan.errors import ExitCode
from allocscan.fleet import results
from allocscan.reporters import sqlite

NAMES = ("one", "two", "three")
OUTCOMES = ("scanned", "unchanged", "failed")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with a few programs, and a list of them."""
    for number, name in enumerate(NAMES, 1):
        folder = tmp_path / name
        folder.mkdir()
        calls = "free(malloc(1));" * number
        (folder / "main.c").write_text(f"#include <stdlib.h>\nint main(void) {{ {calls} }}\n", encoding="utf-8")
    write_list(tmp_path, *NAMES)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_list(place: Path, *names: str) -> None:
    """Write a list of folders."""
    (place / "list.txt").write_text("# all\n" + "".join(f"./{name}\n" for name in names), encoding="utf-8")


def fleet(*more: str, output: str = "result.sqlite") -> int:
    """Run the command over the list."""
    return run(["fleet", "list.txt", "-o", output, "--jobs", "1", "--no-cache", *more])


def outcomes(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Give what was said of each target."""
    lines = (line.split(": ") for line in capsys.readouterr().err.splitlines())
    return [words[-1] for words in lines if words[-1] in OUTCOMES]


def asked(question: str, path: str = "result.sqlite") -> list[tuple[Any, ...]]:
    """Ask the result something."""
    with closing(sqlite3.connect(path)) as database:
        return database.execute(question).fetchall()


@pytest.mark.usefixtures("place")
def test_all_targets_come_into_one_result(capsys: pytest.CaptureFixture[str]) -> None:
    assert fleet() == ExitCode.OK
    rows = asked("SELECT target, languages, files, sites, allocate, deallocate, error FROM by_target")
    assert rows == [(f"./{name}", "c", 1, 2 * n, n, n, None) for name, n in (("one", 1), ("three", 3), ("two", 2))]
    table = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert table[0][:4] == ["target", "languages", "files", "lines"]
    assert table[1] == ["./one", "c", "1", "2", "1", "0", "1", "0", "0.0", "%"]
    assert table[-1] == ["all", "3", "6", "6", "0", "6", "0", "0.0", "%"]


def test_only_what_has_changed_is_scanned_again(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fleet()
    assert outcomes(capsys) == ["scanned"] * 3
    assert fleet() == ExitCode.OK
    assert outcomes(capsys) == ["unchanged"] * 3
    (place / "two" / "more.c").write_text("#include <stdlib.h>\nvoid *more(void) { return malloc(7); }\n")
    assert fleet() == ExitCode.OK
    assert outcomes(capsys) == ["unchanged", "scanned", "unchanged"]
    assert asked("SELECT target, allocate FROM by_target") == [("./one", 1), ("./three", 3), ("./two", 3)]


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("more", [("--all",), ("--no-tests",), ("--action", "allocate")])
def test_with_other_options_everything_is_scanned(more: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    fleet()
    outcomes(capsys)
    assert fleet(*more) == ExitCode.OK
    assert outcomes(capsys) == ["scanned"] * 3


def test_one_that_fails_keeps_no_other_from_being_scanned(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_list(place, "one", "nowhere", "three")
    assert fleet() == ExitCode.FAILED
    errors = capsys.readouterr().err.splitlines()
    assert errors[-1] == "allocscan: ./nowhere: ./nowhere does not exist"
    assert asked("SELECT target, sites, error FROM by_target") == [
        ("./nowhere", None, "./nowhere does not exist"),
        ("./one", 2, None),
        ("./three", 6, None),
    ]


def test_what_nobody_expected_keeps_no_other_from_being_scanned(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_at(monkeypatch, 2, RecursionError("too deep"))
    assert fleet("-q") == ExitCode.FAILED
    assert capsys.readouterr().err == "allocscan: ./two: RecursionError: too deep\n"
    assert asked("SELECT COUNT(*) FROM reports") == [(2,)]


def fails_at(monkeypatch: pytest.MonkeyPatch, number: int, error: BaseException) -> None:
    """Let one scan end with an error."""
    report = reporting.reported
    calls = iter(range(1, 1000))

    def failing(*given: Any) -> Any:
        if next(calls) == number:
            raise error
        return report(*given)

    monkeypatch.setattr(away, "reported", failing)


@pytest.mark.usefixtures("place")
def test_a_fleet_that_was_stopped_goes_on(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        fails_at(patch, 3, KeyboardInterrupt())
        assert fleet() == ExitCode.INTERRUPTED
    assert outcomes(capsys) == ["scanned"] * 2
    assert fleet() == ExitCode.OK
    assert outcomes(capsys) == ["unchanged", "unchanged", "scanned"]


def test_a_report_is_written_whole_or_not_at_all(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fleet()
    before = asked("SELECT * FROM sites ORDER BY id")
    (place / "two" / "main.c").write_text("int main(void) { return 0; }\n")
    add = sqlite.add

    def stopped(*given: Any) -> None:
        add(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(sqlite, "add", stopped)
    assert fleet() == ExitCode.INTERRUPTED
    assert asked("SELECT * FROM sites ORDER BY id") == before


def test_a_target_that_fails_keeps_its_earlier_report(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fleet()
    (place / "two").rename(place / "away")
    assert fleet() == ExitCode.FAILED
    assert asked("SELECT sites, error FROM by_target WHERE target = './two'") == [(4, "./two does not exist")]
    (place / "away").rename(place / "two")
    outcomes(capsys)
    assert fleet() == ExitCode.OK
    assert outcomes(capsys) == ["unchanged"] * 3
    assert asked("SELECT error FROM targets") == [(None,)] * 3


def test_what_leaves_the_list_leaves_the_result(place: Path) -> None:
    fleet()
    write_list(place, "three")
    assert fleet() == ExitCode.OK
    assert asked("SELECT target FROM targets") == [("./three",)]
    assert asked("SELECT COUNT(DISTINCT report), COUNT(*) FROM sites") == [(1, 6)]


@pytest.mark.usefixtures("place")
def test_the_result_goes_on_in_parquet() -> None:
    assert fleet("-q", output="result.parquet") == ExitCode.OK
    sites = parquet.read_table("result.parquet").to_pylist()
    expected = asked(
        "SELECT target, path, line, name, explicit FROM targets JOIN sites ON sites.report = targets.report"
        " ORDER BY target, sites.id"
    )
    keys = ("target", "path", "line", "name", "explicit")
    assert [tuple(site[key] for key in keys) for site in sites] == expected
    assert {type(site["explicit"]) for site in sites} == {bool}
    totals = parquet.read_table("result.targets.parquet").to_pylist()
    assert [(each["target"], each["sites"]) for each in totals] == asked("SELECT target, sites FROM by_target")


@pytest.mark.usefixtures("place")
def test_parquet_without_pyarrow_says_how_to_get_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert fleet(output="result.parquet") == ExitCode.ERROR
    assert capsys.readouterr().err == "allocscan: Parquet needs PyArrow: pip install 'allocscan[parquet]'\n"
    assert not Path("result.sqlite").exists()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Type a list."""
    read, write = os.pipe()
    with os.fdopen(write, "w") as stream:
        stream.write("./one\n./two # the second\n")
    with os.fdopen(read) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        yield


@pytest.mark.usefixtures("place", "typed")
def test_the_list_may_be_typed() -> None:
    assert run(["fleet", "-", "-o", "result.db", "-q"]) == ExitCode.OK
    assert asked("SELECT target FROM targets", "result.db") == [("./one",), ("./two",)]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "name one file for the result: -o FILE"),
        (("-o", "a.db", "-o", "b.db"), "name one file for the result: -o FILE"),
        (("-o", "a.csv"), "a.csv should end in .sqlite, .sqlite3, .db or .parquet"),
        (("-o", "text.db"), "cannot use text.db: file is not a database"),
        (("-o", "other.db"), "other.db holds something else than the results of a fleet"),
        (("-o", "no/where.db"), "cannot use no/where.db: unable to open database file"),
        (("-o", "a.db", "--language", "latin"), "no language latin"),
        (("-o", "a.db", "--dask", "nowhere"), "nowhere is no address of a scheduler"),
    ],
)
def test_mistakes_are_said_in_a_line(
    more: tuple[str, ...], said: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "text.db").write_text("no database, but a text that is long enough to be taken for one" * 9)
    with closing(sqlite3.connect(place / "other.db")) as other:
        sqlite.create(other)
    assert run(["fleet", "list.txt", *more]) == ExitCode.ERROR
    error = capsys.readouterr().err
    assert error.startswith(f"allocscan: {said}")
    assert error.count("\n") == 1


def test_an_empty_list_is_a_mistake(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_list(place)
    assert fleet() == ExitCode.ERROR
    assert "the list names no target" in capsys.readouterr().err


def test_two_runs_do_not_write_at_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fleet()
    monkeypatch.setattr(results, "PATIENCE", 0.1)
    with closing(sqlite3.connect(place / "result.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        assert fleet() == ExitCode.ERROR
