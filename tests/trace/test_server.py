"""The sample `key-value-server`, a program of many files with wrappers of its own, watched block by block."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from allocscan.data import folder
from allocscan.trace.join import ITS_OWN
from tests.trace.conftest import Traced, build, line_of, needs
from tests.trace.test_sample import observed

ANSWERABLE = {
    ("server.c", "pool_alloc(pool, 10000)"): 10_000,
    ("server.c", 'pool_strdup(pool, "text")'): 4_096,
    ("snapshot.c", "posix_memalign("): 8_192,
}
"""What obtains most, and how much that is at least; all of it comes through one malloc, two wrappers and a pool."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The server, built."""
    place = tmp_path_factory.mktemp("server") / "key-value-server"
    shutil.copytree(folder("sample_repos") / "key-value-server", place)
    return build(place, "kv_server", "CFLAGS=-std=gnu11 -g -O0")


@pytest.fixture
def report(server: Path, traced: Traced) -> dict[str, Any]:
    """What its own test does to memory."""
    needs("valgrind")
    return traced(server, "--all", "--resources", "--with", "dhat", "--", "./kv_server", "--self-test")


def test_all_that_the_server_asks_for_lands_on_a_site(report: dict[str, Any], server: Path) -> None:
    seen = observed(report, "bytes")
    for (path, text), size in ANSWERABLE.items():
        assert seen[path, line_of(server / path, text)] >= size
    own = [each for each in report["residues"] if each["place"]]
    assert {each["reason"] for each in own} <= {ITS_OWN}
    landed, libraries = sum(seen.values()), sum(each["measure"]["bytes"] for each in own)
    assert landed + libraries == report["runs"][0]["measure"]["bytes"]
    # What is left is the buffer of standard output.
    assert {each["function"] for each in own} <= {"puts", "printf", "strndup", "__strndup", "_IO_file_doallocate"}


def test_it_lands_where_the_sample_says_that_memory_is_taken(report: dict[str, Any], server: Path) -> None:
    claimed = {"allocate:", "reallocate:"}
    memory = [site for site in report["sites"] if site["observed"] and site["resource"] == "memory"]
    for site in (each for each in memory if each["observed"]["bytes"]):
        lines = (server / site["path"]).read_text(encoding="utf-8").splitlines()
        near = " ".join(lines[max(0, site["line"] - 2) : site["line"]])
        assert claimed & set(near.split()), f"{site['path']}:{site['line']}"
