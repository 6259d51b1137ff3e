"""What was seen is on the pages: in the explorer, and beside the lines of a file."""

import json
import re
from pathlib import Path
from typing import Any

from tests.cli.conftest import Run
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
    assert hot == {
        str(line_of(path, 'student_new("Andrei')): "148 bytes obtained, 148 bytes leaked",
        str(line_of(path, 'student_new("Ioana')): "148 bytes obtained",
    }


def test_pages_of_a_scan_say_nothing_of_runs(leaking: Path, ran: Run, tmp_path: Path) -> None:
    ran("scan", str(leaking), "--html", str(tmp_path / "pages"))
    assert "ran" not in words(tmp_path / "pages")["words"]
