"""The programs of the sample `memory-leak`, watched by each tool: what is lost lands on the line that lost it."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.trace.conftest import STUDENTS, Traced, line_of, needs

PROGRAMS = {
    "memory_leak_malloc": ("memory_leak_malloc.c", 'student_new("Andrei', 148),
    "memory_leak": ("memory_leak.cpp", 'new Student("Andrei', 72),
}
"""Of each program its source, what makes the student that is lost, and the size of one."""
TOOLS = {"memcheck": "valgrind", "dhat": "valgrind"}
"""Tools that say what is lost, and the program that each needs."""


def observed(report: dict[str, Any], name: str) -> dict[tuple[str, int], int]:
    """Give what was counted at each site, by file and line."""
    seen = [site for site in report["sites"] if site.get("observed")]
    return {(site["path"], site["line"]): site["observed"][name] for site in seen if site["observed"][name] is not None}


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("tool", TOOLS)
def test_what_is_lost_lands_where_it_was_made(program: str, tool: str, leaking: Path, traced: Traced) -> None:
    needs(TOOLS[tool])
    path, text, size = PROGRAMS[program]
    report = traced(leaking, "--with", tool, "--", f"./{program}")
    lost = {place: count for place, count in observed(report, "leaked_bytes").items() if count}
    assert lost == {(path, line_of(leaking / path, text)): size}
    assert [run["exit_code"] for run in report["runs"]] == [0]


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("tool", TOOLS)
def test_nothing_is_lost_once_it_is_mended(program: str, tool: str, mended: Path, traced: Traced) -> None:
    needs(TOOLS[tool])
    report = traced(mended, "--with", tool, "--", f"./{program}")
    assert report["runs"][0]["measure"]["leaked_bytes"] == 0
    assert not any(observed(report, "leaked_bytes").values())


def test_the_programs_words_stay_its_own(leaking: Path) -> None:
    needs("valgrind")
    line = [sys.executable, "-m", "allocscan", "trace", ".", "--with", "memcheck", "--", "./memory_leak"]
    ran = subprocess.run(line, cwd=leaking, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith(f"{STUDENTS}memory-leak\nmemcheck  ./memory_leak  exit code 0\n")
    assert ran.stderr == ""
