"""What a snapshot of the sample `torrent-client` holds lands where its classes are called."""

import subprocess
import sys
from pathlib import Path

import pytest

from allocscan.data import folder
from tests.trace.conftest import Traced

SNAPSHOT = """
import sys, tracemalloc
tracemalloc.start(%d)
from torrent_client.core.manager import TorrentManager
from torrent_client.ui import console
from torrent_client import __main__ as program
console.show = lambda *shown: tracemalloc.take_snapshot().dump(sys.argv[1])
program.main(["list", "debian", "ubuntu"])
"""
CREATED = {
    ("torrent_client/__main__.py", "Manager"),
    ("torrent_client/__main__.py", "core.TorrentManager"),
    ("torrent_client/__main__.py", "torrent_client.core.peer.Handshake"),
    ("torrent_client/core/torrent.py", "super().__new__"),
    ("torrent_client/core/torrent.py", "Torrent.Options"),
    ("torrent_client/core/torrent.py", "deque"),
}
"""What the program holds when it shows its torrents; a Torrent comes to be where its class is asked for one."""


def test_what_is_held_lands_where_classes_are_called(traced: Traced, tmp_path: Path) -> None:
    place = folder("sample_repos") / "torrent-client"
    for depth in (1, 25):
        log = tmp_path / str(depth)
        subprocess.run([sys.executable, "-B", "-c", SNAPSHOT % depth, log], cwd=place, check=True, capture_output=True)
        report = traced(place, str(log))
        held = [site for site in report["sites"] if site["observed"] and site["observed"]["live_bytes"]]
        assert {(site["path"], site["name"]) for site in held} >= CREATED
        assert {site["action"] for site in held} == {"allocate"}


def test_every_object_lands_where_its_class_is_called(traced: Traced) -> None:
    pytest.importorskip("memray")
    place = folder("sample_repos") / "torrent-client"
    command = ("--with", "memray", "--", sys.executable, "-B", "-m", "torrent_client", "list", "debian", "ubuntu")
    report = traced(place, *command)
    seen = {(site["path"], site["name"]): site["observed"]["blocks"] for site in report["sites"] if site["observed"]}
    assert seen.keys() >= CREATED
    assert seen["torrent_client/core/torrent.py", "super().__new__"] >= 2


def test_a_program_is_watched_until_it_ends(traced: Traced) -> None:
    place = folder("sample_repos") / "torrent-client"
    command = ("--with", "tracemalloc", "--", sys.executable, "-B", "-m", "torrent_client", "list", "debian")
    report = traced(place, *command)
    assert report["runs"][0]["exit_code"] == 0
    held = {site["name"] for site in report["sites"] if site["observed"] and site["observed"]["live_blocks"]}
    assert "Options" in held
