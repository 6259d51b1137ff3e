"""Programs that start others: all processes of a run are one result."""

import json
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path
from typing import Any

import pytest

from allocscan.errors import TraceError
from allocscan.trace.symbols import Symbols
from allocscan.trace.together import read_logs
from tests.trace.conftest import Traced, line_of, needs
from tests.trace.logs import LOGS
from tests.trace.test_readers import read
from tests.trace.test_sample import observed

PARENT = """\
#include <stdlib.h>
#include <unistd.h>
#include <sys/wait.h>

static void fork_and_allocate(void)
{
	if (fork() == 0) {
		char *block = malloc(30);
		exit(block == NULL);
	}
	wait(NULL);
}

int main(void)
{
	char *block = malloc(100);
	fork_and_allocate();
	if (fork() == 0)
		execl("./child", "child", (char *)NULL);
	wait(NULL);
	free(block);
	return 0;
}
"""
CHILD = """\
#include <stdlib.h>

int main(void)
{
	char *block = malloc(1000);
	return block == NULL;
}
"""
PLACES = {100: ("parent.c", "malloc(100)"), 30: ("parent.c", "malloc(30)"), 1000: ("child.c", "malloc(1000)")}


@pytest.fixture(scope="module")
def family(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program that forks, and starts another one."""
    needs("gcc")
    place = tmp_path_factory.mktemp("family")
    for name, source in {"parent": PARENT, "child": CHILD}.items():
        (place / f"{name}.c").write_text(source, encoding="utf-8")
        subprocess.run(["gcc", "-g", "-O0", "-o", name, f"{name}.c"], cwd=place, check=True)
    return place


@pytest.mark.parametrize(
    ("tool", "package", "processes", "seen"),
    [
        ("dhat", "valgrind", 2, {100, 1000}),
        ("memcheck", "valgrind", 2, {1000}),
        ("ltrace", "ltrace", 3, {100, 30}),
        ("heaptrack", "heaptrack", 1, {100}),
    ],
)
def test_every_process_that_can_be_watched_is(
    tool: str, package: str, processes: int, seen: set[int], family: Path, traced: Traced
) -> None:
    needs(package)
    report = traced(family, "--with", tool, "--", "./parent")
    assert report["runs"][0]["processes"] == processes
    name = "leaked_bytes" if tool == "memcheck" else "bytes"
    assert observed(report, name) == {place_of(size, family): size for size in seen}


def place_of(size: int, family: Path) -> tuple[str, int]:
    """Say where a block of some size is made."""
    path, text = PLACES[size]
    return path, line_of(family / path, text)


def test_copies_under_another_allocator_are_left_out(family: Path, traced: Traced) -> None:
    if not find_library("jemalloc"):
        pytest.skip("libjemalloc is not installed")
    report = traced(family, "--with", "jemalloc", "--", "./parent")
    assert report["runs"][0]["processes"] == 2
    assert any("1 process left out" in note for note in report["runs"][0]["notes"])
    assert observed(report, "blocks") == {place_of(100, family): 1, place_of(1000, family): 1}


def test_logs_of_what_was_started_are_kept_beside(family: Path, traced: Traced, tmp_path: Path) -> None:
    needs("valgrind")
    traced(family, "--with", "dhat", "--keep", str(tmp_path / "log"), "--", "./parent")
    logs = sorted(tmp_path.glob("log*"))
    assert [json.loads(log.read_text())["cmd"] for log in logs] == ["./parent", "./child"]
    assert logs[1].name == f"log.{json.loads(logs[1].read_text())['pid']}"


def test_a_log_that_makes_no_sense_is_left_out_and_counted(tmp_path: Path) -> None:
    paths = tuple(tmp_path / name for name in ("log.1", "log.2", "log.3"))
    for path, content in zip(paths, (LOGS["dhat"], LOGS["dhat"][:100], LOGS["dhat"]), strict=True):
        path.write_bytes(content)
    log = read_logs(paths, Symbols(), 0, "")
    assert log.processes == 2
    assert any("1 process left out: the log makes no sense" in note for note in log.notes)
    with pytest.raises(TraceError):
        read_logs(paths[1:], Symbols(), 0, "")


FORKING = """
import os, subprocess, sys
class Thing: pass
held = [Thing() for _ in range(3)]
if os.fork() == 0:
    more = [Thing() for _ in range(4)]
    sys.exit()
os.wait()
if len(sys.argv) == 1:
    subprocess.run([sys.executable, __file__, "again"], check=True)
"""


@pytest.mark.parametrize(("tool", "processes", "blocks"), [("tracemalloc", 4, 14), ("memray", 2, 7)])
def test_interpreters_are_watched_too(
    tool: str, processes: int, blocks: int, traced: Traced, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if tool == "memray":
        pytest.importorskip("memray")
    (tmp_path / "thing.py").write_text(FORKING, encoding="utf-8")
    report = traced(tmp_path, "--with", tool, "--", sys.executable, "-B", "thing.py")
    assert report["runs"][0]["processes"] == processes
    things = [site for site in report["sites"] if site["name"] == "Thing" and site["observed"]]
    assert sum(count_of(site["observed"]) for site in things) >= blocks


def count_of(measure: dict[str, Any]) -> int:
    """Give how many blocks were counted, in all or at the end."""
    return int(measure["live_blocks"] if measure["blocks"] is None else measure["blocks"])


FOLLOWED = b"""\
10 program->malloc(8)                            = 0x1000
10 program->pthread_create(0x5, 0, 0x6, 0 <unfinished ...>
12 program->malloc(16 <no return ...>
10 <... pthread_create resumed> )                = 0
12 <... malloc resumed> )                        = 0x2000
10 program->fork( <unfinished ...>
11 <... fork resumed> )                          = 0
11 program->free(0x1000)                         = <void>
10 <... fork resumed> )                          = 11
10 program->free(0x2000)                         = <void>
11 --- Called exec() ---
11 program->malloc(32)                           = 0x1000
11 +++ exited (status 0) +++
10 libc.so.6->calloc(0, 1600)                    = 0x3000
10 +++ exited (status 0) +++
"""


def test_threads_share_memory_and_processes_do_not(tmp_path: Path) -> None:
    log = read(FOLLOWED, tmp_path)
    assert log.processes == 3
    assert (log.measure.bytes, log.measure.blocks) == (8 + 16 + 32, 3)
    assert log.measure.leaked_bytes == 8 + 32


def test_one_log_is_one_process(tmp_path: Path) -> None:
    assert {name: read(content, tmp_path).processes for name, content in LOGS.items() if name != "recording"} == {
        name: 1 for name in LOGS if name != "recording"
    }
