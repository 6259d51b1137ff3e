"""A student with an empty memory, and exercises of a teacher's own."""

from pathlib import Path

import pytest

from tests.cli.conftest import ran

__all__ = ["ran"]

EXERCISE = """
section  = "Leaks"
title    = "Who calls malloc?"
target   = "memory-leak"
task     = "Find it."
commands = ["allocscan memory-leak"]
search   = "malloc"
why      = "It is a wrapper."
hints    = ["Look into student_new.", "It is in a C file."]

[question]
asks = "sites"

[question.select]
names = ["malloc"]
"""


@pytest.fixture(autouse=True)
def _fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin the course anew."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def exercise(tmp_path: Path) -> Path:
    """One exercise of a teacher's own."""
    path = tmp_path / "own.toml"
    path.write_text(EXERCISE, encoding="utf-8")
    return path
