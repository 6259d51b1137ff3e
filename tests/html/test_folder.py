"""The folder of a report: what it replaces, and what it never touches."""

from pathlib import Path

import pytest

from allocscan.errors import AllocscanError
from allocscan.reporters.html.folder import MARKER, replaced


def write(folder: Path, text: str) -> None:
    with replaced(folder) as place:
        (place / "index.html").write_text(text, encoding="utf-8")


def test_a_report_replaces_an_older_one(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "report"
    write(folder, "old")
    (folder / "left.html").touch()
    write(folder, "new")
    assert (folder / "index.html").read_text(encoding="utf-8") == "new"
    assert sorted(path.name for path in folder.iterdir()) == [MARKER, "index.html"]
    assert [path.name for path in folder.parent.iterdir()] == ["report"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    write(tmp_path / "report", "new")
    assert (tmp_path / "report" / "index.html").exists()


def test_a_folder_of_others_is_never_emptied(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(AllocscanError, match="no report of allocscan's"):
        write(tmp_path, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "report").touch()
    with pytest.raises(AllocscanError, match="name a folder"):
        write(tmp_path / "report", "new")


def test_a_broken_report_leaves_the_old_one(tmp_path: Path) -> None:
    write(tmp_path / "report", "old")
    with pytest.raises(KeyboardInterrupt), replaced(tmp_path / "report") as place:
        (place / "index.html").write_text("half", encoding="utf-8")
        raise KeyboardInterrupt
    assert (tmp_path / "report" / "index.html").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_link_keeps_its_place(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "report")
    write(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "report" / "index.html").exists()
