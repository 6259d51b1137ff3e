"""Command lines that are run in this process, with hand-made reports in place of scans."""

import sys
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from allocscan.cli import run
from allocscan.cli.options import Options
from allocscan.errors import SourceError
from allocscan.model import Report, Source
from allocscan.reporters import Read
from tests.reporters.sample import REPORT, read


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command line ended, and what it wrote."""

    code: int
    output: str
    errors: str


Run = Callable[..., Ran]


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line in this process."""
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str) -> Ran:
        code = run(arguments)
        return Ran(code, *capsys.readouterr())

    return call


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[tuple[str, ...], Options]]:
    """Answer scans with hand-made reports; give what was asked for."""
    from allocscan.cli import reports

    calls: list[tuple[tuple[str, ...], Options]] = []

    def scanned(
        targets: tuple[str, ...], options: Options, parts: tuple[str, ...] = ()
    ) -> Generator[tuple[Report, Read], None, None]:
        calls.append((targets, options))
        for target in targets:
            if target == "unknown":
                raise SourceError("unknown target 'unknown'")
            source = (
                Source(target, f"./{target}") if target.startswith("local") else replace(REPORT.source, name=target)
            )
            yield replace(REPORT, source=source, notes=("a note",)), read

    monkeypatch.setattr(reports, "scanned", scanned)
    return calls


@pytest.fixture
def program() -> list[str]:
    """The command that starts the program in a process of its own."""
    return [sys.executable, "-m", "allocscan"]


@pytest.fixture
def sources_of_c(tmp_path: Path) -> Path:
    """A folder with a program."""
    place = tmp_path / "project"
    place.mkdir()
    (place / "main.c").write_text("#include <stdlib.h>\nint main(void) { free(malloc(1)); }\n", encoding="utf-8")
    return place
