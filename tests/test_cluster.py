"""A cluster of Dask: a scheduler and workers, each a process of its own, on the loopback interface."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from distributed import Client

from allocscan import cluster as clusters
from allocscan import gather as gathering
from allocscan import keys
from allocscan import processes as spreading
from allocscan.cli import run
from allocscan.cluster import Cluster, checked, cluster
from allocscan.errors import ClusterError, ExitCode
from allocscan.languages import load_languages
from allocscan.processes import first_of
from allocscan.remembered.outline import Found
from tests.clusters import serving, started
from tests.sources.servers import free_port

LANGUAGES = load_languages()
MODULES = ("tree_sitter",)
FILES = 60
WORKERS = 2


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a scheduler without workers; give its address."""
    with serving(tmp_path_factory.mktemp("scheduler")) as address:
        yield address


@pytest.fixture(scope="module")
def workers(scheduler: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start two workers, of which none comes back when it dies; give the address of their scheduler."""
    with ExitStack() as running:
        for number in range(WORKERS):
            place = tmp_path_factory.mktemp(f"worker{number}")
            running.enter_context(started(place, "worker", scheduler, "--nthreads", "2", "--no-nanny"))
        with Client(scheduler, set_as_default=False) as client:
            client.wait_for_workers(WORKERS)
        yield scheduler


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait longer than a person would, for a machine that is busy."""
    monkeypatch.setattr(clusters, "PATIENCE", 60)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Give a tree of many files."""
    place = tmp_path / "tree"
    place.mkdir()
    for number in range(FILES):
        makes = f"void *make{number}(void) {{ return malloc({number}); }}"
        uses = f"void *use{number}(void) {{ return make{number // 2}(); }}"
        (place / f"{number}.c").write_text(f"#include <stdlib.h>\n{makes}\n{uses}\n", encoding="utf-8")
    (place / "shapes.py").write_text("class Shape: ...\nshape = Shape()\n", encoding="utf-8")
    return place


@pytest.fixture
def small_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a task of every file."""
    monkeypatch.setattr(spreading, "BATCH_BYTES", 1)
    monkeypatch.setattr(gathering, "WORTHWHILE_BYTES", 1)


def scanned(tree: Path, output: Path, *more: str) -> bytes:
    """Scan a tree into a file; give what it holds."""
    line = ["scan", str(tree), "--no-cache", "--all", "-q", "--format", "jsonl", "-o", str(output), *more]
    assert run(line) == ExitCode.OK
    return output.read_bytes()


@pytest.mark.usefixtures("small_tasks")
def test_a_cluster_finds_what_one_process_finds(workers: str, tree: Path, tmp_path: Path) -> None:
    alone = scanned(tree, tmp_path / "alone.jsonl", "--jobs", "1")
    assert scanned(tree, tmp_path / "cluster.jsonl", "--dask", workers) == alone
    assert alone.count(b'"record": "site"') > FILES


@pytest.mark.usefixtures("small_tasks")
def test_rules_of_ones_own_reach_the_workers(workers: str, tree: Path, tmp_path: Path) -> None:
    folder = tmp_path / "rules" / "python"
    folder.mkdir(parents=True)
    (folder / "sites.scm").write_text('((identifier) @name @allocate.literal (#eq? @name "shape"))\n', encoding="utf-8")
    own = ("--queries", str(folder.parent))
    alone = scanned(tree, tmp_path / "alone.jsonl", "--jobs", "1", *own)
    assert b'"name": "shape"' in alone
    assert scanned(tree, tmp_path / "cluster.jsonl", "--dask", workers, *own) == alone


@pytest.mark.usefixtures("small_tasks")
def test_a_worker_that_dies_loses_nothing(
    workers: str, tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = scanned(tree, tmp_path / "alone.jsonl", "--jobs", "1")
    with Client(workers, set_as_default=False) as client:
        pids = sorted(client.run(os.getpid).values())
    assert len(pids) == WORKERS
    received, done = gathering.received, 0

    def kill_on_the_way(answer: gathering.Sent) -> Found:
        nonlocal done
        done += 1
        if done == FILES // 3:
            os.kill(pids[0], signal.SIGKILL)
        return received(answer)

    monkeypatch.setattr(gathering, "received", kill_on_the_way)
    assert scanned(tree, tmp_path / "cluster.jsonl", "--dask", workers) == alone
    with Client(workers, set_as_default=False) as client:
        assert list(client.run(os.getpid).values()) == pids[1:]


def test_another_program_gives_no_results() -> None:
    assert checked(keys.environment(MODULES), MODULES, int, "7") == 7
    with pytest.raises(ClusterError, match="another allocscan"):
        checked("another", MODULES, int, "7")


def test_what_fails_elsewhere_fails_here(workers: str) -> None:
    with cluster(workers, LANGUAGES) as executor:
        assert executor.submit(int, "7").result() == 7
        with pytest.raises(ValueError, match="invalid literal"):
            executor.submit(int, "x").result()


def test_a_cluster_without_the_program_is_of_no_use(workers: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "PROGRAM", "a-program-that-nobody-has")
    with pytest.raises(ClusterError, match="lacks allocscan"), cluster(workers, LANGUAGES):
        pass


def test_a_cluster_that_ends_is_an_error(tmp_path: Path) -> None:
    with ExitStack() as running:
        address = running.enter_context(serving(tmp_path))
        running.enter_context(started(tmp_path, "worker", address, "--nthreads", "1", "--no-nanny"))
        with pytest.raises(ClusterError, match="has failed"), cluster(address, LANGUAGES) as executor:
            assert isinstance(executor, Cluster)
            executor.client._timeout = 1  # how long it looks for a scheduler that is gone
            assert executor.submit(int, "7").result() == 7
            running.close()
            executor.submit(int, "7").result()


def test_a_cluster_that_loses_all_workers_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "LOST", 0.1)
    monkeypatch.setattr(spreading, "LOOK", 0.1)
    with serving(tmp_path) as address, ExitStack() as running:
        running.enter_context(started(tmp_path, "worker", address, "--nthreads", "1", "--no-nanny"))
        with pytest.raises(ClusterError, match="lost all of its workers"), cluster(address, LANGUAGES) as executor:
            assert executor.submit(int, "7").result() == 7
            running.close()
            first_of({executor.submit(int, "7")}, executor)


@pytest.mark.parametrize("address", ["nowhere", "tcp://127.0.0.1", "pigeon://127.0.0.1:1"])
def test_what_is_no_address_is_said_in_a_line(address: str, tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", str(tree), "--dask", address]) == ExitCode.ERROR
    assert capsys.readouterr().err == f"allocscan: {address} is no address of a scheduler, such as tcp://HOST:8786\n"


def test_where_nobody_answers_it_is_said_in_a_line(
    tree: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "PATIENCE", 0.5)
    address = f"tcp://127.0.0.1:{free_port()}"
    assert run(["scan", str(tree), "--dask", address]) == ExitCode.ERROR
    assert capsys.readouterr().err == f"allocscan: no scheduler of Dask answers at {address}\n"


def test_a_cluster_without_workers_is_of_no_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wait = Client.wait_for_workers
    monkeypatch.setattr(Client, "wait_for_workers", lambda client, number, timeout: wait(client, number, timeout=0.1))
    with serving(tmp_path) as address, pytest.raises(ClusterError, match="has no workers"), cluster(address, LANGUAGES):
        pass


def test_without_dask_it_is_said_how_to_get_it(
    tree: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert run(["scan", str(tree), "--dask", "tcp://127.0.0.1:8786"]) == ExitCode.ERROR
    assert capsys.readouterr().err == "allocscan: a cluster needs Dask: pip install 'allocscan[dask]'\n"
