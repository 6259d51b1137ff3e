"""`allocscan languages`."""

from pathlib import Path

import pytest

from allocscan.catalogue import load_library
from allocscan.cli.languages import add_up, count
from allocscan.errors import ExitCode
from allocscan.languages import load_languages
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
