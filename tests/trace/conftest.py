"""Programs of the samples, built with their debug information, and command lines that watch them."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from allocscan.data import folder
from tests.cli.conftest import Run, ran

__all__ = ["ran"]

Traced = Callable[..., dict[str, Any]]
STUDENTS = "Andrei Popescu is 22 years old and likes Linux\nIoana David is 23 years old and likes macOS\n"
FORGOTTEN = {"memory_leak_malloc": "student_free(student);", "memory_leak": "delete student;"}
"""What each of the programs does to one of two students only."""


def needs(*tools: str) -> None:
    """Skip a test on machines without its tools."""
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing:
        pytest.skip(f"{', '.join(missing)} not installed")


def build(place: Path, *options: str) -> Path:
    """Build what lies in a folder."""
    needs("make", "gcc", "g++")
    ran = subprocess.run(["make", "-C", place, *options], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return place


def sample(place: Path) -> Path:
    """Copy the programs that leak."""
    shutil.copytree(folder("sample_repos") / "memory-leak", place, ignore=shutil.ignore_patterns("*.o", "*.trace"))
    return place


def line_of(path: Path, text: str) -> int:
    """Find the line that holds a text."""
    return 1 + next(number for number, line in enumerate(path.read_text().splitlines()) if text in line)


@pytest.fixture(scope="session")
def leaking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs that leak, built."""
    return build(sample(tmp_path_factory.mktemp("leaking") / "memory-leak"))


@pytest.fixture(scope="session")
def mended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same programs without their leaks, built."""
    place = sample(tmp_path_factory.mktemp("mended") / "memory-leak")
    for name, mended in FORGOTTEN.items():
        source = next(place.glob(f"{name}.c*"))
        text = source.read_text(encoding="utf-8")
        first = next(
            line for line in text.splitlines(keepends=True) if line.strip().endswith("(student);") or "->print" in line
        )
        source.write_text(text.replace(first, f"{first}\t{mended}\n", 1), encoding="utf-8")
    return build(place)


@pytest.fixture
def traced(ran: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Traced:
    """Trace in a folder, and give the report."""

    def trace(place: Path, *words: str) -> dict[str, Any]:
        monkeypatch.chdir(place)
        report = tmp_path / "report.json"
        done = ran("trace", ".", "-o", str(report), *words)
        assert done.code == 0, done.errors
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        return found

    return trace
