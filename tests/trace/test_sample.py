"""The programs of the sample `memory-leak`, watched by each tool: what is lost lands on the line that lost it."""

import os
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path
from typing import Any

import pytest

from tests.reporters.test_schema import errors
from tests.trace.conftest import STUDENTS, Traced, line_of, needs

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


def test_the_programs_words_stay_its_own(leaking: Path) -> None:
    needs("valgrind")
    line = [sys.executable, "-m", "allocscan", "trace", ".", "--with", "memcheck", "--", "./memory_leak"]
    ran = subprocess.run(line, cwd=leaking, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith(f"{STUDENTS}memory-leak\nmemcheck  ./memory_leak  exit code 0\n")
    assert ran.stderr == ""
