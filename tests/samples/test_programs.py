"""The samples are real programs: they build, run, and lose exactly what they say."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from allocscan.data import folder


def needs(*tools: str) -> pytest.MarkDecorator:
    """Skip a test on machines without its tools."""
    missing = [tool for tool in tools if not shutil.which(tool)]
    return pytest.mark.skipif(bool(missing), reason=f"{', '.join(missing)} not installed")


def run(*command: str, place: Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; show what it says when it fails."""
    ran = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran


def copied(name: str, place: Path) -> Path:
    """Copy a sample without what was built in it, so that nothing is built in the checkout."""
    built = shutil.ignore_patterns("*.o", "__pycache__", "kv_server", "memory_leak", "memory_leak_malloc")
    return shutil.copytree(folder("sample_repos") / name, place / name, ignore=built)


@needs("make", "cc", "valgrind")
def test_memory_leak_loses_one_student(tmp_path: Path) -> None:
    place = copied("memory-leak", tmp_path)
    run("make", place=place)
    ran = run("valgrind", "./memory_leak_malloc", place=place)
    assert ran.stdout == "Andrei Popescu is 22 years old and likes Linux\nIoana David is 23 years old and likes macOS\n"
    assert re.search(r"definitely lost: 148 bytes in 1 blocks", ran.stderr)
    assert re.search(r"still reachable: 0 bytes", ran.stderr)


@needs("make", "cc", "valgrind")
@pytest.mark.parametrize("option", ["", "-DKV_DEBUG", "-DKV_ZERO", "-DKV_ALIGN=32", "-DKV_PAGES=4096"])
def test_key_value_server_loses_nothing(tmp_path: Path, option: str) -> None:
    place = copied("key-value-server", tmp_path)
    run("make", f"CFLAGS=-std=gnu11 -Wall -Werror -g {option}", place=place)
    ran = run(
        "valgrind", "--quiet", "--leak-check=full", "--error-exitcode=9", "./kv_server", "--self-test", place=place
    )
    assert ran.stdout == "all is well\n"


def test_torrent_client_passes_its_own_tests(tmp_path: Path) -> None:
    place = copied("torrent-client", tmp_path)
    assert run(sys.executable, "-m", "unittest", place=place).stderr.endswith("OK\n")
    assert "debian" in run(sys.executable, "-m", "torrent_client", "list", "debian", place=place).stdout
