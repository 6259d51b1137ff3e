"""`allocscan find`."""

import json
from pathlib import Path

import pytest

from allocscan.errors import ExitCode
from tests.cli.conftest import Ran, Run


@pytest.fixture(autouse=True)
def _stubbed(asked: list[object]) -> None:
    """Scan nothing."""


def test_sites_are_written_in_the_form_of_grep(ran: Run) -> None:
    assert ran("find", "Torrent", "deluge") == Ran(
        ExitCode.OK,
        "tools/tool.py:3:6: t = [Torrent(n) for n in names]\n",
        "deluge: Torrent is class torrent.Torrent in tools/torrent.py:12; a note\n",
    )


def test_a_format_is_all_that_is_written(ran: Run) -> None:
    assert ran("find", "zmalloc", "deluge", "--format", "grep").errors == "deluge: a note\n"
    assert ran("find", "zmalloc", "deluge", "--format", "grep", "-q").errors == ""


def test_a_family_is_named_where_nothing_is_defined(ran: Run) -> None:
    assert "strdup is defined elsewhere, of the family c-heap" in ran("find", "strdup", "deluge").errors


def test_several_meanings_are_all_said(ran: Run) -> None:
    assert (
        "* is allocator zmalloc in src/zmalloc.c:9 around ztrymalloc → malloc, class torrent.Torrent in "
        in ran("find", "*", "deluge").errors
    )


def test_local_paths_begin_as_typed(ran: Run) -> None:
    assert ran("find", "zfree", "local").output.startswith("./local/src/server.c:11:36: ")


def test_nothing_found_is_no_error(ran: Run) -> None:
    found = ran("find", "Tornet", "deluge")
    assert (found.code, found.output) == (ExitCode.OK, "")
    assert "deluge: no site of Tornet, but of Torrent" in found.errors
    assert ran("find", "Tornet", "deluge", "--format", "grep").errors == found.errors
    assert ran("find", "Tornet", "deluge", "--quiet").errors == ""


def test_hidden_sites_are_counted(ran: Run) -> None:
    found = ran("find", "list", "deluge")
    assert found.output == ""
    assert "not shown: 1 implicit (--all)" in found.errors
    assert ran("find", "list", "deluge", "--all").output.count("\n") == 1


def test_filters_narrow_further(ran: Run) -> None:
    assert ran("find", "*", "deluge", "--language", "c", "--action", "deallocate").output.startswith("src/server.c:11:")
    assert ran("find", "c-heap", "deluge", "--name", "strdup").output.count("\n") == 1


def test_several_targets_are_searched(ran: Run) -> None:
    assert ran("find", "zfree", "deluge", "local").output.count("\n") == 2


def test_every_format_holds_the_sites(ran: Run) -> None:
    whole = json.loads(ran("find", "zmalloc", "deluge", "--format", "json").output)
    assert [site["line"] for site in whole["sites"]] == [5, 7]
    assert [definition["name"] for definition in whole["definitions"]] == ["zmalloc"]
    assert "zmalloc" in ran("find", "zmalloc", "deluge", "--format", "terminal").output


def test_sites_can_be_written_to_a_file(ran: Run, tmp_path: Path) -> None:
    assert ran("find", "zfree", "deluge", "-o", str(tmp_path / "sites")).output == ""
    assert (tmp_path / "sites").read_text(encoding="utf-8").startswith("src/server.c:11:36: ")
