"""What was seen is in every form: on the pages of a report, in Markdown, and in SARIF."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.reporters.test_sarif import errors
from tests.trace.conftest import line_of, needs


def words(page: Path) -> dict[str, Any]:
    """Read what the explorer is given."""
    text = (page / "data" / "words.js").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text.partition("(")[2].rpartition(")")[0])
    return found


def test_pages_show_what_was_seen(leaking: Path, ran: Run, tmp_path: Path) -> None:
    needs("valgrind")
    pages, page, program = tmp_path / "pages", str(tmp_path / "page"), leaking / "memory_leak_malloc"
    done = ran("trace", str(leaking), "--with", "dhat", "--html", str(pages), "-o", page, "--", str(program))
    assert done.code == 0, done.errors
    given = words(pages)
    assert [head["key"] for head in given["columns"]][-4:] == ["ran", "bytes", "blocks", "leaked_bytes"]
    assert given["words"]["ran"] == ["", "no", "yes"]
    assert given["words"]["leaked_bytes"] == ["", "0", "148"]
    source = next((pages / "source").glob("memory-leak-malloc-*")).read_text(encoding="utf-8")
    hot = dict(re.findall(r'id="L(\d+)"[^>]* data-h="\d" title="([^"]*)"', source))
    path = leaking / "memory_leak_malloc.c"
    first = (pages / "index.html").read_text(encoding="utf-8")
    assert "3 of 5 ran (60 %), 2 never did." in first
    assert re.findall(r'ran=yes">(c-heap|cxx-new|\.)</a>.*?>(\d)</td>.*?>(\d)</td>', first) == [
        ("c-heap", "3", "3"),
        ("cxx-new", "2", "0"),
        (".", "5", "3"),
    ]
    assert hot == {
        str(line_of(path, 'student_new("Andrei')): "148 bytes obtained, 148 bytes leaked",
        str(line_of(path, 'student_new("Ioana')): "148 bytes obtained",
    }


def test_pages_of_a_scan_say_nothing_of_runs(leaking: Path, ran: Run, tmp_path: Path) -> None:
    ran("scan", str(leaking), "--html", str(tmp_path / "pages"))
    assert "ran" not in words(tmp_path / "pages")["words"]
    assert "What ran" not in (tmp_path / "pages" / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def log(leaking: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of the program that leaks."""
    needs("valgrind")
    place = tmp_path_factory.mktemp("log") / "log"
    command = ("valgrind", "--tool=dhat", f"--dhat-out-file={place}", leaking / "memory_leak_malloc")
    subprocess.run(command, check=True, capture_output=True)
    return place


def test_one_page_holds_what_was_seen(leaking: Path, log: Path, ran: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    ran("trace", str(leaking), str(log), "-o", str(page))
    text = page.read_text(encoding="utf-8")
    assert "3 of 5 ran (60 %), 2 never did." in text
    assert '"key":"leaked_bytes"' in text.replace(" ", "")


def test_markdown_tells_what_was_seen(leaking: Path, log: Path, ran: Run) -> None:
    lines = ran("trace", str(leaking), str(log), "--format", "markdown").output.splitlines()
    assert "3 of 5 ran &#40;60 %&#41;, 2 never did." in lines
    assert "| `c-heap` | 3 | 3 | 100 % | 0 | 0 | 296 bytes | 148 |" in lines
    assert "| `.` | 5 | 3 | 60 % | 2 | 0 | 296 bytes | 148 |" in lines
    line = line_of(leaking / "memory_leak_malloc.c", 'student_new("Andrei')
    assert lines.count(f"| `memory_leak_malloc.c:{line}` | `student_new` | `main` | 148 bytes in 1 block | 148 |") == 2


@pytest.mark.parametrize("options", [(), ("--inventory",)])
def test_sarif_tells_what_was_seen(options: tuple[str, ...], leaking: Path, log: Path, ran: Run) -> None:
    document = json.loads(ran("trace", str(leaking), str(log), "--format", "sarif", *options).output)
    assert not errors(document)
    (run,) = document["runs"]
    assert run["properties"]["runs"][0]["measure"]["leaked_bytes"] == 148
    assert run["properties"]["coverage"]["ran"] == 3
    lost = [each for each in run["results"] if each["ruleId"] == "leaked-memory"]
    (place,) = lost[0]["locations"]
    assert place["physicalLocation"]["region"]["startLine"] == line_of(
        leaking / "memory_leak_malloc.c", 'student_new("Andrei'
    )
    told = {each["properties"]["ran"] for each in run["results"] if each["ruleId"] == "allocate"}
    assert told == ({True, False} if options else set())


def test_what_is_measured_leaves_fingerprints_as_they_are(leaking: Path, log: Path, ran: Run) -> None:
    def fingerprints(*words: str) -> set[str]:
        document = json.loads(ran(*words, "--format", "sarif", "--inventory").output)
        results = document["runs"][0]["results"]
        return {each["partialFingerprints"]["allocscan/v1"] for each in results if each["ruleId"] == "allocate"}

    assert fingerprints("trace", str(leaking), str(log)) == fingerprints("scan", str(leaking))
