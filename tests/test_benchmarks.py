"""The benchmarks run, and say what they have measured."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from allocscan.data import folder
from benchmarks import rounds, workload
from benchmarks.__main__ import cells, main, points
from benchmarks.measuring import Command, Cost, cost, peak
from benchmarks.rounds import COLD, EDITED, SINGLE, TOUCHED, WARM, Row
from benchmarks.tools import RULES, lines
from benchmarks.workload import Workload, copied, edit, repeated, touch

ROOT = Path(__file__).parent.parent
SAMPLE = folder("sample_repos") / "memory-leak"
MIB = 2**20


@pytest.fixture
def work(tmp_path: Path) -> Workload:
    """A copy of a sample."""
    return copied(SAMPLE, tmp_path / "copy")


def python(code: str, **environment: str) -> Command:
    """Run a line of Python."""
    return Command((sys.executable, "-c", code), environment)


def test_the_seconds_of_a_command_are_measured() -> None:
    taken = cost(python("import time; time.sleep(0.2)"))
    assert taken.seconds >= 0.2
    assert taken.busy > 0


def test_the_memory_of_all_processes_counts() -> None:
    child = f"import time; kept = b'x' * {100 * MIB}; time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert 100 * MIB < peak(python(parent)) < 200 * MIB


def test_a_command_that_fails_has_no_cost() -> None:
    with pytest.raises(Exception, match="status 3"):
        cost(python("raise SystemExit(3)"))


def test_only_the_main_language_is_copied(work: Workload) -> None:
    assert work.language == "c"
    assert {file.suffix for file in work.files} <= {".c", ".h"}
    assert all(file.read_bytes() == (SAMPLE / file.relative_to(work.folder)).read_bytes() for file in work.files)


def test_a_touched_file_is_new_each_time(work: Workload, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workload, "TOUCHED", 2)
    before = [file.read_bytes() for file in work.files]
    touch(work)
    touch(work)
    after = [file.read_bytes() for file in work.files]
    assert after == [old + b"\n\n" if number % 2 == 0 else old for number, old in enumerate(before)]


def test_what_an_edited_file_says_stands_elsewhere(work: Workload, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workload, "TOUCHED", 2)
    before = [file.read_bytes() for file in work.files]
    edit(work)
    after = [file.read_bytes() for file in work.files]
    assert after == [b"\n" + old if number % 2 == 0 else old for number, old in enumerate(before)]


def test_a_tree_is_repeated(work: Workload, tmp_path: Path) -> None:
    twice = repeated(work, 2, tmp_path / "twice")
    assert len(twice.files) == 2 * len(work.files)
    assert twice.size == 2 * work.size


def test_every_language_has_a_rule(work: Workload) -> None:
    assert set(RULES) == {path.name for path in folder("queries").iterdir() if (path / "language.toml").exists()}
    assert set(lines(work)) == {"grep", "ripgrep", "ast-grep", "semgrep"}


def test_a_row_says_how_it_compares() -> None:
    assert cells(Row("cold", (3.0, 1.0, 2.0), 1.5, 10**8), 4.0) == (
        "cold",
        "2.00",
        "1.00",
        "3.00",
        "1.50",
        "100",
        "0.50",
    )


def test_the_curve_says_what_each_copy_takes() -> None:
    taken = {1: [Cost(2.0, 3.0), Cost(1.0, 4.0)], 2: [Cost(3.0, 7.5), Cost(4.0, 8.0)]}
    assert list(points(taken, {1: 5_000_000, 2: 9_000_000})) == [
        ("1", "1.00", "1.00", "3.00", "1.00", "5", "5"),
        ("2", "3.00", "1.50", "7.50", "1.25", "9", "4"),
    ]


def test_a_table_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "processors", lambda: 2)
    ran = CliRunner().invoke(main, [str(SAMPLE), "--rounds", "1", *without("ripgrep", "ast-grep", "semgrep")])
    assert ran.exit_code == 0, ran.output
    names = [line.split("  ")[0] for line in ran.stdout.splitlines()]
    assert names[-6:] == [COLD, WARM, TOUCHED, EDITED, SINGLE, "grep"]


def test_a_curve_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    from benchmarks import __main__ as command

    monkeypatch.setattr(command, "TIMES", (1, 2))
    ran = CliRunner().invoke(main, [str(SAMPLE), "--rounds", "1", "--scaling"])
    assert ran.exit_code == 0, ran.output
    assert [line.split()[0] for line in ran.stdout.splitlines()[-2:]] == ["1", "2"]


def without(*names: str) -> list[str]:
    """Leave tools out."""
    return [word for name in names for word in ("--without", name)]


def test_the_steps_are_timed(pytester: pytest.Pytester) -> None:
    ran = pytester.runpytest_subprocess(str(ROOT / "benchmarks"), f"--rootdir={ROOT}", "--benchmark-disable", "-q")
    assert ran.ret == 0, ran.stdout.str()
