"""`allocscan scan --html`."""

import webbrowser
from pathlib import Path

import pytest

from allocscan.errors import ExitCode
from tests.cli.conftest import Run


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the addresses that a browser is told to open."""
    addresses: list[str] = []
    monkeypatch.setattr(webbrowser, "open", addresses.append)
    return addresses


def test_a_folder_of_pages_is_all_that_is_written(ran: Run, asked: list[object], tmp_path: Path) -> None:
    folder = tmp_path / "report"
    done = ran("deluge", "--html", str(folder), "-j", "1")
    assert (done.code, done.output) == (ExitCode.OK, "")
    assert f"written: {folder / 'index.html'}" in done.errors
    assert "deluge" in (folder / "index.html").read_text(encoding="utf-8")
    assert "implicit, by constructs" in (folder / "index.html").read_text(encoding="utf-8")


def test_pages_stand_beside_what_else_is_asked_for(ran: Run, asked: list[object], tmp_path: Path) -> None:
    done = ran("deluge", "--html", str(tmp_path / "report"), "--format", "grep", "-q", "-j", "1")
    assert done.output.startswith("src/server.c:5:26: ")
    assert done.errors == ""


@pytest.mark.parametrize("option", ["--html", "-o"])
def test_one_page_is_an_output_like_others(
    ran: Run, asked: list[object], shown: list[str], tmp_path: Path, option: str
) -> None:
    page = tmp_path / "report.html"
    assert ran("deluge", option, str(page), "--open").code == ExitCode.OK
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert shown == [page.as_uri()]


def test_pages_are_opened(ran: Run, asked: list[object], shown: list[str], tmp_path: Path) -> None:
    ran("deluge", "--html", str(tmp_path / "report"), "--open", "-j", "1")
    assert shown == [(tmp_path / "report" / "index.html").as_uri()]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("deluge --open", "--open needs --html"),
        ("deluge redis --html report", "--html takes one TARGET"),
        ("deluge --html .", "no report of allocscan's"),
        ("deluge redis -o report.html", "a page holds the report of one target"),
    ],
)
def test_what_cannot_be_is_said(
    ran: Run, asked: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, complaint: str
) -> None:
    (tmp_path / "mine.txt").touch()
    monkeypatch.chdir(tmp_path)
    done = ran(*line.split(), "-j", "1")
    assert done.code == ExitCode.ERROR
    assert complaint in done.errors
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
