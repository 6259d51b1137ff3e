"""The workers of a cluster clone small targets of a fleet for themselves."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from allocscan import cluster as clusters
from allocscan.cli import away, run
from allocscan.cli.away import look_there, reachable, received
from allocscan.cli.options import Options
from allocscan.cli.reports import Run, parsed, prepare
from allocscan.errors import ExitCode
from tests.clusters import serving, started
from tests.sources.repositories import commit, git
from tests.sources.servers import http

PROGRAM = "#include <stdlib.h>\nvoid *make(void) {{ return malloc({0}); }}\nvoid *use(void) {{ return make(); }}\n"


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve two repositories, in a world where nobody has settings or clones."""
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    for number, name in enumerate(("one", "two")):
        place = tmp_path / "served" / name
        place.mkdir(parents=True)
        commit(place, {"main.c": PROGRAM.format(number)})
        git(place, "update-server-info")
    monkeypatch.chdir(tmp_path)
    with http(partial(Quiet, directory=str(tmp_path / "served"))) as url:
        yield url


@pytest.fixture
def scheduler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Start a cluster of one worker that has a home of its own; give its address."""
    monkeypatch.setattr(clusters, "PATIENCE", 60)
    home = str(tmp_path / "worker")
    with ExitStack() as running:
        address = running.enter_context(serving(tmp_path))
        words = ("worker", address, "--nthreads", "1", "--no-nanny")
        running.enter_context(started(tmp_path, *words, HOME=home, XDG_CACHE_HOME=home))
        yield address


def fleet(output: str, *more: str) -> int:
    """Scan a list into a result."""
    return run(["fleet", "list.txt", "-o", output, "--no-cache", *more])


def found(path: str) -> list[tuple[object, ...]]:
    """Give what a result holds of each target."""
    asked = "SELECT target, path, line, name, family FROM targets JOIN sites USING (report) ORDER BY target, path, line"
    with closing(sqlite3.connect(path)) as database:
        return database.execute(asked).fetchall()


def clones(home: Path) -> int:
    """Count the clones that somebody has."""
    return len(list(home.rglob("clones/*.git")))


def prepared() -> Run:
    """Prepare a run as a command does."""
    return prepare(Options(cached=False))


def test_a_worker_clones_and_scans_what_it_can_reach(
    host: str, scheduler: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "three").mkdir()
    (tmp_path / "three" / "main.c").write_text(PROGRAM.format(3))
    (tmp_path / "list.txt").write_text(f"{host}/one/.git\n./three\n{host}/two/.git\n")
    assert fleet("cluster.db", "--dask", scheduler) == ExitCode.OK
    assert (clones(tmp_path / "worker"), clones(tmp_path / "home")) == (2, 0)
    assert fleet("cluster.db", "--dask", scheduler) == ExitCode.OK
    assert capsys.readouterr().err.count(": unchanged") == 3
    assert fleet("here.db", "--jobs", "1") == ExitCode.OK
    assert found("cluster.db") == found("here.db")
    assert len(found("here.db")) == 6


def test_what_is_too_large_for_one_worker_is_left_to_all(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run = prepared()
    target = parsed(f"{host}/one/.git", run)
    answer = received(look_there(run, target, ""))
    assert answer and answer.report and len(answer.report.sites) == 2
    assert received(look_there(run, target, answer.key)) == (answer.key, None)
    monkeypatch.setattr(away, "LARGEST", 10)
    assert look_there(run, target, "") is None


def test_what_a_worker_cannot_clone_is_tried_from_here(host: str) -> None:
    run = prepared()
    assert look_there(run, replace(parsed(f"{host}/one/.git", run), url=f"{host}/none"), "") is None


@pytest.mark.parametrize(
    "text", ["./here", "nobody knows this", "ssh://localhost/here", "https://me:word@localhost/here"]
)
def test_what_needs_this_machine_or_its_secrets_stays(text: str) -> None:
    assert not reachable(text, prepared())
