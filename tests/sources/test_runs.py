"""Several runs at once share a cache, and one that is killed harms none that follows."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from allocscan.sources import Settings
from allocscan.sources.clones import cloned
from tests.sources.repositories import SUFFIXES, allow_filters, commit, contents, git, opened
from tests.sources.servers import Smart

RUN = f"""
import signal, sys
from pathlib import Path
from allocscan.sources import Settings, open_tree, parse_target
signal.signal(signal.SIGINT, signal.default_int_handler)
settings = Settings(Path(sys.argv[2]))
tell = lambda stage, done, total: print(stage, flush=True)
with open_tree(parse_target(sys.argv[1], settings), {SUFFIXES}, settings, progress=tell) as tree:
    print("read", *(path for path, _ in tree.read(file.path for file in tree.files)))
"""
READ = "read a.one sub/b.one sub/c.two"
ROOT = Path(__file__).parent.parent.parent


def start(url: str, settings: Settings) -> "subprocess.Popen[str]":
    """Start another run."""
    command = [sys.executable, "-c", RUN, url, str(settings.cache)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True, start_new_session=True)


def kill(run: "subprocess.Popen[str]") -> None:
    """End a run and the programs that it has started, without a word."""
    os.killpg(run.pid, signal.SIGKILL)


def parts(settings: Settings) -> list[Path]:
    """List unfinished clones."""
    return list(settings.cache.glob("*.part"))


@pytest.mark.parametrize("limit", [0, 200])
def test_a_run_that_is_killed_while_it_clones(limit: int, origin: Path, smart: Smart, settings: Settings) -> None:
    smart.limit = limit
    with start(f"{smart.url}/origin", settings) as run:
        assert smart.stuck.wait(120)
        assert len(parts(settings)) == 1
        kill(run)
    smart.limit = None
    smart.release.set()
    assert cloned(settings) == ()
    assert len(contents(opened(f"{smart.url}/origin", settings))) == 3
    assert parts(settings) == []


def test_a_run_that_is_killed_while_it_completes_a_clone(origin: Path, smart: Smart, settings: Settings) -> None:
    allow_filters(origin)
    opened(f"{smart.url}/origin", settings, ".two").close()
    (clone,) = cloned(settings)
    smart.limit = 0
    with start(f"{smart.url}/origin@v1", settings) as run:
        assert smart.stuck.wait(120)
        kill(run)
    smart.limit = None
    # What git leaves when it is killed a moment later.
    git(clone.path, "config", "remote.origin.promisor", "true")
    for name in ("shallow.lock", "config.lock", "refs/allocscan/v1.lock", "objects/pack/tmp_pack_x"):
        (clone.path / name).touch()
    assert contents(opened(f"{smart.url}/origin@v1", settings))["a.one"] == b"first\n"
    assert not [*clone.path.rglob("*.lock"), *clone.path.rglob("tmp_*")]
    assert "promisor" not in (clone.path / "config").read_text()


def test_a_run_that_is_interrupted_leaves_nothing(origin: Path, smart: Smart, settings: Settings) -> None:
    smart.limit = 0
    with start(f"{smart.url}/origin", settings) as run:
        assert smart.stuck.wait(120)
        run.send_signal(signal.SIGINT)
        _, errors = run.communicate(timeout=120)
    assert "KeyboardInterrupt" in errors
    assert parts(settings) == []
    assert cloned(settings) == ()


def test_two_runs_at_once_clone_once(origin: Path, smart: Smart, settings: Settings) -> None:
    smart.limit = 0
    url = f"{smart.url}/origin"
    with start(url, settings) as first:
        assert smart.stuck.wait(120)
        with start(url, settings) as second:
            assert second.stdout
            assert second.stdout.readline() == "waiting for another run\n"
            smart.limit = None
            smart.release.set()
            assert first.communicate(timeout=120)[0].splitlines()[-1] == READ
            assert second.communicate(timeout=120)[0].splitlines() == [READ]
    assert smart.asked.count("refs") == 1
    assert len(cloned(settings)) == 1


def test_a_clone_is_read_while_another_run_updates_it(origin: Path, smart: Smart, settings: Settings) -> None:
    allow_filters(origin)
    with opened(f"{smart.url}/origin", settings) as tree:
        commit(origin, {"a.one": "newer\n"})
        git(origin, "tag", "v3")
        with start(f"{smart.url}/origin@v3", settings) as run:
            assert run.communicate(timeout=120)[0].splitlines()[-1] == READ
        assert contents(tree)["a.one"] == b"changed\n"


def test_a_clone_in_the_making_is_not_swept_away(origin: Path, smart: Smart, settings: Settings) -> None:
    smart.limit = 0
    with start(f"{smart.url}/origin", settings) as run:
        assert smart.stuck.wait(120)
        opened(f"file://{origin}", settings).close()
        assert len(parts(settings)) == 1
        smart.limit = None
        smart.release.set()
        assert run.communicate(timeout=120)[0].splitlines()[-1] == READ
    assert len(cloned(settings)) == 2


def test_a_cache_that_was_prepared_for_everyone(origin: Path, settings: Settings) -> None:
    url = f"file://{origin}"
    opened(url, settings).close()
    origin.rename(origin.with_name("away"))
    before = sorted(path.name for path in settings.cache.iterdir())
    for path in (settings.cache, *settings.cache.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        assert len(contents(opened(url, settings))) == 3
    finally:
        for path in (settings.cache, *settings.cache.rglob("*")):
            path.chmod(path.stat().st_mode | 0o200)
    assert sorted(path.name for path in settings.cache.iterdir()) == before


def test_importing_does_not_import_git() -> None:
    script = "import sys, allocscan.sources; print('git' in sys.modules, 'platformdirs' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"


def test_without_git(origin: Path, settings: Settings) -> None:
    command = [sys.executable, "-c", RUN, f"file://{origin}", str(settings.cache)]
    environment = {**os.environ, "PATH": "/nonexistent"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == (
        "allocscan.errors.SourceError: git is not installed; install it, or name a folder that is no repository"
    )
