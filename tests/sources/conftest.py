"""A git without anybody's settings, a repository, and servers for it."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler
from pathlib import Path
from shutil import copytree

import pytest

from allocscan.sources import Settings
from tests.sources.repositories import commit, git
from tests.sources.servers import Smart, answers, free_port, http

ROLES = ("AUTHOR", "COMMITTER")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep git from whatever the person who runs the tests has configured."""
    place = tmp_path / "home"
    place.mkdir()
    isolate(monkeypatch, place)
    return place


def isolate(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    """Let git see no settings but those in a folder."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(place / "none"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for role in ROLES:
        monkeypatch.setenv(f"GIT_{role}_NAME", "Somebody")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "somebody@localhost")
        monkeypatch.setenv(f"GIT_{role}_DATE", "2024-05-06T07:08:09+02:00")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository with a few files of each kind, once."""
    place = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as monkeypatch:
        isolate(monkeypatch, place / "none")
        commit(
            place, {"a.one": "first\n", "sub/b.one": "second\n", "sub/c.two": "third\n", "x.bin": os.urandom(40_000)}
        )
        git(place, "tag", "v1")
        commit(place, {"a.one": "changed\n"})
        git(place, "tag", "--annotate", "--message=two", "v2.0")
    return place


@pytest.fixture
def origin(tmp_path: Path, template: Path) -> Path:
    """Give each test a repository of its own."""
    return copytree(template, tmp_path / "origin", symlinks=True)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Keep clones under the test's own folder."""
    return Settings(tmp_path / "cache")


@pytest.fixture
def smart(tmp_path: Path) -> Iterator[Smart]:
    """Serve everything below the test's folder as git hosts do."""
    served = Smart(tmp_path)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            served.answer(self)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http(Handler) as served.url:
        yield served
        served.release.set()


@pytest.fixture
def dumb(tmp_path: Path) -> Iterator[str]:
    """Serve files, and know nothing of git."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    with http(partial(Handler, directory=str(tmp_path))) as url:
        yield url


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[str]:
    """Serve everything below the test's folder over git's own protocol."""
    port = free_port()
    program = Path(git(tmp_path, "--exec-path")) / "git-daemon"
    options = ["--export-all", f"--base-path={tmp_path}", "--listen=127.0.0.1", f"--port={port}", "--reuseaddr"]
    with ExitStack() as stack:
        process = stack.enter_context(subprocess.Popen([program, *options], stderr=subprocess.DEVNULL))
        stack.callback(process.terminate)
        while process.poll() is None and not answers(port):
            time.sleep(0.01)
        yield f"git://127.0.0.1:{port}"
