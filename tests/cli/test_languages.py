"""`allocscan languages`."""

from pathlib import Path

import pytest

from allocscan.cli.languages import add_up, count
from allocscan.errors import ExitCode
from allocscan.languages import load_languages
from allocscan.libraries import load_library
from tests.cli.conftest import Run

FIRST = """
library = "First"
source = "its manual"
[[family]]
name = "one"
allocate = ["take", { name = "take_if", size = 0 }, { name = "take_if", size = 1 }]
reallocate = ["resize"]
deallocate = ["drop"]
[[family]]
name = "file"
resource = "handle"
allocate = ["open_it"]
deallocate = ["close_it"]
[classes]
module = ["A", "B"]
"""
SECOND = """
library = "Second"
source = "its manual"
[[family]]
name = "one"
allocate = ["take", "grab"]
[[family]]
name = "two"
allocate = ["give"]
"""


@pytest.fixture
def catalogues(tmp_path: Path) -> Path:
    """Two catalogues that overlap."""
    (tmp_path / "first.toml").write_text(FIRST, encoding="utf-8")
    (tmp_path / "second.toml").write_text(SECOND, encoding="utf-8")
    return tmp_path


def test_names_of_a_library_are_counted(catalogues: Path) -> None:
    assert count(load_library(catalogues / "first.toml")).cells() == ("1", "3", "1", "2", "2")


def test_a_name_of_two_libraries_counts_once(catalogues: Path) -> None:
    known = [count(load_library(catalogues / name)) for name in ("first.toml", "second.toml")]
    assert add_up(known).cells() == ("2", "5", "1", "2", "2")


def test_every_language_and_catalogue_is_listed(ran: Run) -> None:
    shown = ran("languages")
    assert (shown.code, shown.errors) == (ExitCode.OK, "")
    words = {line.split()[0] for line in shown.output.splitlines() if line}
    languages = load_languages()
    assert words == {"language", "catalogue", "total"} | {
        name for language in languages for name in (language.name, *language.catalogues)
    }


def test_what_is_given_is_listed_with_where_it_comes_from(ran: Run, catalogues: Path, tmp_path: Path) -> None:
    (tmp_path / "rules" / "c").mkdir(parents=True)
    (tmp_path / "rules" / "c" / "sites.scm").write_text("(comment) @silent\n", encoding="utf-8")
    given = ("--queries", str(tmp_path / "rules"), "--catalogue", str(catalogues / "first.toml"))
    before = {line.split()[0]: line.split() for line in ran("languages").output.splitlines() if line}
    after = {line.split()[0]: line for line in ran("languages", *given).output.splitlines() if line}
    assert after["c"].endswith(f"embedded, --queries {tmp_path / 'rules'}")
    assert f" {int(before['c'][-3]) + 1} " in after["c"]
    assert after["first"].split()[:6] == ["first", "1", "3", "1", "2", "2"]
    assert after["first"].endswith(f"--catalogue {catalogues / 'first.toml'}")
    assert after["python"].endswith("embedded")


def test_what_makes_no_sense_ends_the_run(ran: Run, tmp_path: Path) -> None:
    missing = str(tmp_path / "none")
    for command in (("languages",), ("scan", "memory-leak"), ("allocators", "memory-leak")):
        for option in ("--queries", "--catalogue"):
            failed = ran(*command, option, missing)
            assert failed.code == ExitCode.ERROR
            assert failed.errors.startswith(f"allocscan: {missing}: ")
            assert failed.errors.count("\n") == 1
