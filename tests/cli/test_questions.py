"""The commands that answer a question of a tree: pages as they were, and the same as JSON."""

from collections.abc import Callable, Generator
from functools import cache
from pathlib import Path

import pytest

import allocscan
from allocscan.cli.options import Options
from allocscan.errors import ExitCode
from allocscan.model import Report
from allocscan.reporters import Read
from tests.cli.conftest import Run

SAMPLES = Path(__file__).parent.parent.parent / "sample_repos"
SERVER, CLIENT, SCENE = "key-value-server", "torrent-client", "scene-graph"
PAGES = {
    "explain-function": ("explain", "kv_alloc", SERVER),
    "explain-macro": ("explain", "ALLOC_ARRAY", SERVER),
    "explain-release": ("explain", "FREE_AND_NULL", SERVER),
    "explain-struct": ("explain", "struct object", SERVER),
    "explain-class": ("explain", "Torrent", CLIENT),
    "explain-user": ("explain", "test_snapshot", SERVER),
    "types-c": ("types", SERVER),
    "types-python": ("types", CLIENT),
    "allocators-c": ("allocators", SERVER),
    "allocators-cpp": ("allocators", SCENE, "--most", "3", "--candidates"),
    "versus-class": ("find", "Torrent", CLIENT, "--versus-grep"),
    "versus-primitive": ("find", "malloc", SERVER, "--versus-grep"),
}


@cache
def scanned_sample(name: str) -> Report:
    """Scan a sample once."""
    return allocscan.scan(str(SAMPLES / name))


def reading(name: str) -> Read:
    """Read the files of a sample."""
    return lambda path: (SAMPLES / name / path).read_bytes()


@pytest.fixture(autouse=True)
def _samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the names of targets for those of samples; what is no sample is an empty folder."""
    from allocscan.cli import reports

    def scanned(targets: tuple[str, ...], _options: Options) -> Generator[tuple[Report, Read], None, None]:
        for target in targets:
            yield scanned_sample(target), reading(target)

    monkeypatch.setattr(reports, "scanned", scanned)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", PAGES)
def test_pages_are_as_they_were(
    name: str, width: int, ran: Run, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("allocscan.cli.answers.page_width", lambda _stream: width)
    found = ran(*PAGES[name])
    assert (found.code, found.errors) == (ExitCode.OK, "")
    assert all(len(line) <= width and line == line.rstrip() for line in found.output.splitlines())
    golden(f"{name}.{width}", found.output)
