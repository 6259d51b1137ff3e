"""Exercises about a run of a program, solved as a student does: build it, watch it, mend it."""

import os
import re
import subprocess
from ctypes.util import find_library
from pathlib import Path

import pytest

from allocscan.errors import ExitCode
from tests.cli.conftest import Run
from tests.trace.conftest import leaking, line_of, mended, needs

__all__ = ["leaking", "mended"]

MEMCHECK = ("valgrind", "--quiet", "--leak-check=full", "--xml=yes", "--xml-file={log}")


def watch(place: Path, log: Path, *words: str) -> None:
    """Run a program under a tool that writes a log."""
    needs(words[0])
    subprocess.run([word.format(log=log) for word in words], cwd=place, capture_output=True, check=True)


def answers(ran: Run, exercise: str, log: Path, right: str, wrong: str, *options: str) -> None:
    """Give a wrong answer and the right one."""
    line = ("lab", exercise, "--log", str(log), "-j", "1", *options, "--check")
    assert ran(*line, wrong).code == ExitCode.FAILED
    solved = ran(*line, right)
    assert (solved.code, solved.errors) == (ExitCode.OK, ""), solved


@pytest.mark.parametrize(
    ("exercise", "program", "lost"),
    [("01-lost-in-c", "memory_leak_malloc", "148"), ("03-lost-in-cxx", "memory_leak", "72")],
)
def test_how_much_is_lost(ran: Run, leaking: Path, tmp_path: Path, exercise: str, program: str, lost: str) -> None:
    watch(leaking, tmp_path / "log", *MEMCHECK, f"./{program}")
    answers(ran, exercise, tmp_path / "log", f"{lost} bytes", "296")


def test_which_line_took_it(ran: Run, leaking: Path, tmp_path: Path) -> None:
    watch(leaking, tmp_path / "log", *MEMCHECK, "./memory_leak_malloc")
    source = leaking / "memory_leak_malloc.c"
    right, wrapper = line_of(source, 'student_new("Andrei'), line_of(source, "malloc(sizeof")
    answers(ran, "02-lost-where", tmp_path / "log", f"{source.name}:{right}", f"{source.name}:{wrapper}")


def test_what_is_mended_loses_nothing(ran: Run, leaking: Path, mended: Path, tmp_path: Path) -> None:
    watch(leaking, tmp_path / "old", *MEMCHECK, "./memory_leak_malloc")
    still = ran("lab", "04-mend-it", "--log", str(tmp_path / "old"), "--check", "148")
    assert (still.code, "should be 0" in still.output) == (ExitCode.FAILED, True)
    watch(mended, tmp_path / "new", *MEMCHECK, "./memory_leak_malloc")
    answers(ran, "04-mend-it", tmp_path / "new", "0", "148", "--target", str(mended))


def test_the_log_of_the_c_library(ran: Run, leaking: Path, tmp_path: Path) -> None:
    log, program = tmp_path / "mem.trace", leaking / "memory_leak_malloc"
    watch(leaking, log, "env", "LD_PRELOAD=libc_malloc_debug.so.0", "MALLOC_TRACE={log}", str(program))
    answers(ran, "05-mtrace", log, "0x94", "0x93", "--binary", str(program))


def test_the_calls_of_an_existing_program(ran: Run, tmp_path: Path) -> None:
    log = tmp_path / "bash.ltrace"
    command = ("bash", "-c", "echo ha")
    watch(tmp_path, log, "ltrace", "-e", "malloc+calloc+realloc+free-@libc.so*", "-o", "{log}", *command)
    blocks = sum("alloc(" in line for line in log.read_text(encoding="utf-8").splitlines())
    assert blocks
    answers(ran, "06-ltrace", log, str(blocks), str(blocks + 1))


def test_an_existing_program_loses_what_valgrind_says(ran: Run, tmp_path: Path) -> None:
    log = tmp_path / "ls.xml"
    watch(tmp_path, log, *MEMCHECK, "ls")
    lost = sum(map(int, re.findall(r"<leakedbytes>(\d+)</leakedbytes>", log.read_text(encoding="utf-8"))))
    answers(ran, "07-still-reachable", log, str(lost), str(lost + 1))


def test_the_statistics_of_jemalloc(ran: Run, leaking: Path, tmp_path: Path) -> None:
    if not find_library("jemalloc"):
        pytest.skip("libjemalloc is not installed")
    log = tmp_path / "jemalloc.txt"
    environment = {**os.environ, "LD_PRELOAD": "libjemalloc.so.2", "MALLOC_CONF": "stats_print:true"}
    ended = subprocess.run(["./memory_leak_malloc"], cwd=leaking, env=environment, capture_output=True, check=True)
    log.write_bytes(ended.stderr)
    total = next(line for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("total:"))
    answers(ran, "08-jemalloc", log, total.split()[2], "2")
