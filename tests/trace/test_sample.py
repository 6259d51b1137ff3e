"""The programs of the sample `memory-leak`, watched by each tool: what is lost lands on the line that lost it."""

import csv
import os
import signal
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path
from typing import Any

import pytest

from allocscan.errors import ExitCode
from tests.cli.conftest import Run
from tests.reporters.test_schema import errors
from tests.trace.conftest import STUDENTS, Traced, build, line_of, needs, sample

PROGRAMS = {
    "memory_leak_malloc": ("memory_leak_malloc.c", 'student_new("Andrei', 148),
    "memory_leak": ("memory_leak.cpp", 'new Student("Andrei', 72),
}
"""Of each program its source, what makes the student that is lost, and the size of one."""
TOOLS = {"memcheck": "valgrind", "dhat": "valgrind", "heaptrack": "heaptrack", "ltrace": "ltrace", "mtrace": ""}
"""Tools that say what is lost, and the program that each needs."""
NEAREST = "malloc(sizeof"
"""Where memory comes from as far as tools know that see one frame only."""
WATCHED = [
    (tool, program)
    for tool in TOOLS
    for program in PROGRAMS
    # The C++ program has no log of its own.
    if (tool, program) != ("mtrace", "memory_leak")
]


PATIENT = """
import signal, sys, time
signal.signal(signal.SIGINT, lambda *_: sys.exit(3))
print(1, flush=True)
time.sleep(60)
"""
"""A program that ends when it is interrupted, in its own way."""


def observed(report: dict[str, Any], name: str) -> dict[tuple[str, int], int]:
    """Give what was counted at each site, by file and line."""
    seen = [site for site in report["sites"] if site.get("observed")]
    return {(site["path"], site["line"]): site["observed"][name] for site in seen if site["observed"][name] is not None}


def expected(tool: str, program: str, place: Path) -> tuple[tuple[str, int], int]:
    """Say which site loses how much, as far as a tool can tell."""
    path, text, size = PROGRAMS[program]
    nearest = NEAREST if tool in ("mtrace", "ltrace") and path.endswith(".c") else text
    return (path, line_of(place / path, nearest)), size


@pytest.mark.parametrize(("tool", "program"), WATCHED)
def test_what_is_lost_lands_where_it_was_made(tool: str, program: str, leaking: Path, traced: Traced) -> None:
    needs(*filter(None, (TOOLS[tool],)))
    report = traced(leaking, "--with", tool, "--", f"./{program}")
    lost = {place: count for place, count in observed(report, "leaked_bytes").items() if count}
    assert lost == dict([expected(tool, program, leaking)])
    assert [run["exit_code"] for run in report["runs"]] == [0]
    assert not errors("", report)


@pytest.mark.parametrize(("tool", "program"), WATCHED)
def test_nothing_is_lost_once_it_is_mended(tool: str, program: str, mended: Path, traced: Traced) -> None:
    needs(*filter(None, (TOOLS[tool],)))
    report = traced(mended, "--with", tool, "--", f"./{program}")
    assert report["runs"][0]["measure"]["leaked_bytes"] is not None
    assert not any(observed(report, "leaked_bytes").values())


@pytest.mark.parametrize("options", [("CFLAGS=-O2 -g",), ("CFLAGS=-O2 -g -fno-pie", "LDFLAGS=-no-pie")])
@pytest.mark.parametrize("tool", ["dhat", "ltrace", "mtrace"])
def test_what_is_inlined_is_seen_through(tool: str, options: tuple[str, ...], traced: Traced, tmp_path: Path) -> None:
    needs(*filter(None, (TOOLS[tool],)))
    place = sample(tmp_path / "memory-leak")
    path, text, size = PROGRAMS["memory_leak_malloc"]
    source = (place / path).read_text(encoding="utf-8")
    always = "static inline __attribute__((always_inline)) struct student *student_new("
    (place / path).write_text(source.replace("static struct student *student_new(", always), encoding="utf-8")
    build(place, "memory_leak_malloc", *options)
    report = traced(place, "--with", tool, "--", "./memory_leak_malloc")
    lost = {at: count for at, count in observed(report, "leaked_bytes").items() if count}
    assert lost == {(path, line_of(place / path, text)): size}


@pytest.mark.parametrize("program", PROGRAMS)
def test_jemalloc_agrees_on_the_number_of_blocks(program: str, leaking: Path, traced: Traced) -> None:
    if not find_library("jemalloc"):
        pytest.skip("libjemalloc is not installed")
    path, text, size = PROGRAMS[program]
    report = traced(leaking, "--with", "jemalloc", "--", f"./{program}")
    held = {place: count for place, count in observed(report, "live_blocks").items() if count}
    assert held == {(path, line_of(leaking / path, text)): 1}
    assert sum(observed(report, "blocks").values()) == 2
    assert all(count >= size for count in observed(report, "bytes").values())
    counted = [*(site["observed"] for site in report["sites"] if site["observed"]), *parts(report)]
    for name in ("bytes", "blocks", "live_bytes", "live_blocks"):
        assert sum(each[name] or 0 for each in counted) == report["runs"][0]["measure"][name]


def parts(report: dict[str, Any]) -> list[dict[str, int]]:
    """Give what was counted where there is no site."""
    return [residue["measure"] for residue in report["residues"]]


@pytest.mark.parametrize(
    "form", ["stats_print:true", "stats_print:true,stats_print_opts:J", "stats_print:true,stats_print_opts:a"]
)
def test_jemallocs_statistics_agree_with_its_profile(form: str, leaking: Path, traced: Traced, tmp_path: Path) -> None:
    if not (library := find_library("jemalloc")):
        pytest.skip("libjemalloc is not installed")
    profile = traced(leaking, "--with", "jemalloc", "--", "./memory_leak_malloc")["runs"][0]["measure"]
    environment = {**os.environ, "LD_PRELOAD": library, "MALLOC_CONF": f"{form},tcache:false"}
    ran = subprocess.run(["./memory_leak_malloc"], cwd=leaking, env=environment, stderr=subprocess.PIPE, check=True)
    log = tmp_path / "statistics"
    log.write_bytes(ran.stderr)
    totals = traced(leaking, str(log))["runs"][0]["measure"]
    # The statistics are written through a buffer that is a block as well.
    assert (totals["blocks"], totals["live_blocks"]) == (profile["blocks"] + 1, profile["live_blocks"] + 1)


def test_a_leak_can_be_a_failure(leaking: Path, mended: Path, ran: Run) -> None:
    needs("valgrind")
    ends = {}
    for place in (leaking, mended):
        line = (
            "trace",
            str(place),
            "--with",
            "memcheck",
            "--fail-on",
            "leaked-bytes=0",
            "-q",
            "-o",
            str(place / "page"),
        )
        ends[place] = ran(*line, "--", str(place / "memory_leak_malloc"))
    assert (ends[leaking].code, ends[mended].code) == (ExitCode.FAILED, ExitCode.OK)
    assert ends[leaking].errors == "allocscan: memory-leak: 148 bytes lost, more than leaked-bytes=0 allows\n"


def test_a_table_says_what_was_seen(leaking: Path, traced: Traced, ran: Run, tmp_path: Path) -> None:
    needs("valgrind")
    log = tmp_path / "log"
    traced(leaking, "--with", "dhat", "--keep", str(log), "--", "./memory_leak_malloc")
    rows = list(csv.DictReader(ran("trace", ".", str(log), "--format", "csv").output.splitlines()))
    seen = {(row["path"], int(row["line"])): row["observed_bytes"] for row in rows if row["ran"] == "true"}
    assert seen == {
        ("memory_leak_malloc.c", line_of(leaking / "memory_leak_malloc.c", NEAREST)): "",
        ("memory_leak_malloc.c", line_of(leaking / "memory_leak_malloc.c", 'student_new("Andrei')): "148",
        ("memory_leak_malloc.c", line_of(leaking / "memory_leak_malloc.c", 'student_new("Ioana')): "148",
    }
    assert {row["ran"] for row in rows if row["path"] == "memory_leak.cpp" and row["action"] == "allocate"} == {"false"}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((), "name a log, or a program"),
        (("--with", "dhat"), "belong together"),
        (("--", "true"), "belong together"),
        (("--keep", "log", "Makefile"), "--keep is about"),
        (("Makefile",), "Makefile: no log of memcheck"),
        (("nowhere",), "nowhere: No such file"),
        (("--with", "dhat", "--", "./nowhere"), "./nowhere cannot be run: there is no such program"),
        (("--with", "mtrace", "--", "true"), "does the program call mtrace"),
        (("--binary", "nowhere", "Makefile"), "nowhere"),
    ],
)
def test_what_cannot_be_traced_is_told_in_one_line(
    words: tuple[str, ...], reason: str, leaking: Path, ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "--with" in words:
        needs("valgrind")
    monkeypatch.chdir(leaking)
    done = ran("trace", ".", *words)
    assert done.code == ExitCode.ERROR
    assert reason in done.errors
    assert done.errors.count("\n") == 1


def test_a_tool_that_is_missing_names_its_package(leaking: Path, ran: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allocscan.trace.running.shutil.which", lambda name: name if "memory" in name else None)
    done = ran("trace", str(leaking), "--with", "memcheck", "--", "./memory_leak")
    assert done.code == ExitCode.ERROR
    assert "valgrind is not installed; on Debian it is in the package valgrind" in done.errors


def test_the_first_interruption_is_the_programs_own(leaking: Path) -> None:
    program = [sys.executable, "-c", PATIENT]
    line = [sys.executable, "-m", "allocscan", "trace", ".", "--with", "tracemalloc", "--", *program]
    with subprocess.Popen(
        line, cwd=leaking, text=True, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        assert process.stdout.readline() == "1\n"
        os.killpg(process.pid, signal.SIGINT)
        said, errors = process.stdout.read(), process.stderr.read()
    assert process.returncode == 0
    assert "exit code 3" in said
    assert errors == ""


def test_the_programs_words_stay_its_own(leaking: Path) -> None:
    needs("valgrind")
    line = [sys.executable, "-m", "allocscan", "trace", ".", "--with", "memcheck", "--", "./memory_leak"]
    ran = subprocess.run(line, cwd=leaking, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith(f"{STUDENTS}memory-leak\nmemcheck  ./memory_leak  exit code 0\n")
    assert ran.stderr == ""
