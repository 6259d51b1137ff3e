"""Where reports go, and in which format."""

import json
from pathlib import Path

import pytest

from allocscan.errors import ExitCode
from allocscan.reporters import FORMATS, by_suffix
from tests.cli.conftest import Run


def test_suffixes_say_formats() -> None:
    assert {by_suffix(f"a{suffix}") for each in FORMATS.values() for suffix in each.suffixes} == {
        each for each in FORMATS.values() if each.suffixes
    }
    suffixes = [suffix for each in FORMATS.values() for suffix in each.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert by_suffix("REPORT.JSON") == FORMATS["json"]
    assert by_suffix("report") is None
    assert by_suffix("json") is None


def test_one_scan_writes_many_files(ran: Run, asked: list[object], tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.json", "b.jsonl", "c.json")]
    shown = ran("deluge", *(part for file in files for part in ("-o", str(file))))
    assert (shown.code, shown.output) == (ExitCode.OK, "")
    assert len(asked) == 1
    first, second, third = (file.read_text(encoding="utf-8") for file in files)
    assert first == third == ran("deluge", "--format", "json").output
    assert second == ran("deluge", "--format", "jsonl").output


def test_standard_output_is_one_of_many(ran: Run, asked: list[object], tmp_path: Path) -> None:
    shown = ran("deluge", "-o", str(tmp_path / "a.json"), "-o", "-")
    assert shown.output == ran("deluge").output
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["summary"]["sites"] == 5


def test_a_format_is_for_what_says_none(ran: Run, asked: list[object], tmp_path: Path) -> None:
    ran("deluge", "-o", str(tmp_path / "a.json"), "-o", str(tmp_path / "plain"), "--format", "grep")
    assert (tmp_path / "plain").read_text(encoding="utf-8") == ran("deluge", "--format", "grep").output
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == ran("deluge", "--format", "json").output


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("scan deluge -o a.json --format grep", "--format grep is without effect: the suffix of a.json says json"),
        ("scan deluge -o a.json -o a.json", "-o a.json is given twice"),
        ("types deluge -o a.jsonl", "an answer is written as terminal or json, not as jsonl"),
        ("find Torrent deluge --versus-grep --format grep", "an answer is written as terminal or json, not as grep"),
    ],
)
def test_what_contradicts_itself_is_refused(
    line: str, said: str, ran: Run, asked: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    failed = ran(*line.split())
    assert (failed.code, failed.output) == (ExitCode.ERROR, "")
    assert said in failed.errors
    assert not asked
    assert not list(tmp_path.iterdir())


def test_a_failure_leaves_every_file_as_it_was(ran: Run, asked: list[object], tmp_path: Path) -> None:
    for name in ("a.json", "b.jsonl"):
        (tmp_path / name).write_text("older", encoding="utf-8")
    ended = ran("deluge", "unknown", "-o", str(tmp_path / "a.json"), "-o", str(tmp_path / "b.jsonl"))
    assert ended.code == ExitCode.ERROR
    assert {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()} == {
        "a.json": "older",
        "b.jsonl": "older",
    }


def test_answers_follow_their_suffix(ran: Run, asked: list[object], tmp_path: Path) -> None:
    ran("types", "deluge", "-o", str(tmp_path / "a.json"), "-o", "-")
    assert "types" in json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
