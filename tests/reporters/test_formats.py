"""Each format, held against a golden file."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocscan.model import Allocator, Check, Form, Kind, Level, Report, Role, Site
from allocscan.reporters import FORMATS, Medium, grep, writing
from tests.reporters.sample import REPORT, SITES, Terminal, place, read

Write = Callable[..., str]
MARKUP = "[bold red]x[/]:smile:"
HOSTILE = "\x1b]0;owned\x07\u202e\x9b31m"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028]")
DOCUMENTED = Path(__file__).parent.parent.parent / "docs" / "formats.md"


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "html"])  # It is looked at in a browser.
def test_format_is_as_it_was(name: str, report: Report, written: Write, golden: Callable[[str, str], None]) -> None:
    golden(f"report.{name}", written(report, name))


@pytest.mark.parametrize("name", ["terminal", "grep"])
def test_colour_is_as_it_was(name: str, report: Report, written: Write, golden: Callable[[str, str], None]) -> None:
    golden(f"report.{name}.coloured", written(report, name, colour=True))


@pytest.mark.parametrize("name", ["terminal", "grep"])
def test_colour_changes_no_text(name: str, report: Report, written: Write) -> None:
    coloured = re.sub(r"\x1b\[[\d;]*m", "", written(report, name, colour=True))
    assert [line.rstrip() for line in coloured.splitlines()] == [
        line.rstrip() for line in written(report, name).splitlines()
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_report_can_be_written(name: str, report: Report, written: Write) -> None:
    assert written(Report(report.source), name) or name == "grep"


@pytest.mark.parametrize("name", [name for name, each in FORMATS.items() if each.medium is Medium.TEXT])
@pytest.mark.parametrize("text", [MARKUP, HOSTILE, "line\nbreak\r\u2028", "\udcff", "x" * 5000])
def test_no_name_reaches_the_terminal_unescaped(name: str, text: str, report: Report, written: Write) -> None:
    shown = written(renamed(report, text), name).replace("\r\n", "\n")
    assert not CONTROL.search(shown)
    shown.encode("utf-8")


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_categories=("Zs", "L", "N")), min_size=1, max_size=20))
def test_no_format_lets_a_name_speak_to_the_terminal(text: str) -> None:
    for form in (each for each in FORMATS.values() if each.medium is Medium.TEXT):
        stream = Terminal()
        with writing(form, stream) as write:
            write(renamed(REPORT, text), read)
        shown = re.sub(r"\x1b\[[\d;]*m", "", stream.getvalue()).replace("\r\n", "\n")
        assert not CONTROL.search(shown), form.name


def renamed(report: Report, text: str) -> Report:
    """Put a text wherever a scanned tree may put one."""
    site = SITES[0]._replace(name=text, allocator=text, family=text, via=(text,), location=place(text, 1, 1, 2))
    return replace(
        report,
        source=replace(report.source, name=text, location=text, subtree=text, commit=text, date=text),
        sites=(site, *SITES),
        files=tuple(file._replace(path=text) for file in report.files),
        problems=tuple(problem._replace(path=text, message=text, kind=text) for problem in report.problems),
        notes=(text,),
    )


def test_markup_in_names_means_nothing(report: Report, written: Write) -> None:
    site = SITES[0]._replace(allocator=MARKUP)
    assert MARKUP in written(replace(report, sites=(site,)), "terminal")


# The line format.


def test_grep_writes_a_line_for_each_site(report: Report, written: Write) -> None:
    lines = written(report, "grep").splitlines()
    assert len(lines) == len(report.sites)
    for line, site in zip(lines, report.sites, strict=True):
        assert line.startswith(f"{site.location.path}:{site.location.line}:{site.location.column}: ")


def test_grep_gives_paths_that_editors_find(local_report: Report, written: Write) -> None:
    assert written(local_report, "grep").startswith("../store/src/server.c:5:26: ")


def test_grep_shows_the_site_of_a_long_line(report: Report) -> None:
    from io import StringIO

    line = " " * 4000 + "malloc(1);" + " " * 4000
    site = SITES[1]._replace(name="malloc", location=place("long.c", 1, 4001, 4010))
    stream = StringIO()
    grep.report(replace(report, sites=(site,)), stream, lambda _: line.encode())
    shown = stream.getvalue()
    assert len(shown) < 400
    assert "malloc(1)" in shown
    assert shown.count("…") == 2


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"one line only"])
def test_grep_names_the_site_where_its_line_is_gone(content: bytes, report: Report) -> None:
    from io import StringIO

    stream = StringIO()
    grep.report(replace(report, sites=(SITES[0],)), stream, lambda _: content)
    assert stream.getvalue() == "src/server.c:5:26: zmalloc\n"


# The page for a person.


def test_the_page_fits_a_screen(report: Report, written: Write) -> None:
    page = written(crowded(report), "terminal").splitlines()
    assert "Worth a look" in "".join(page)
    assert len(page) <= 37
    assert max(map(len, page)) <= 80


def crowded(report: Report) -> Report:
    """Make a report with much of everything."""
    sites = tuple(
        SITES[number % len(SITES)]._replace(
            allocator=f"a.very.long.package.name.of.module{number % 97}.Class{number % 97}",
            family=f"family-number-{number % 31}",
            language=f"language{number % 9}",
            location=place(f"some/rather/deeply/nested/folder/of/the/tree{number % 53}/file.c", number + 1, 1, 2),
        )
        for number in range(20_000)
    )
    files = tuple(
        report.files[0]._replace(path=f"f{number}.c", language=f"language{number % 9}") for number in range(99)
    )
    problems = tuple(report.problems[0]._replace(path=f"p{number}.c") for number in range(99))
    risky = SITES[1]._replace(checked=Check.IGNORED)
    library = Allocator(risky.allocator, Role.ALLOCATOR, Kind.RAW, Level.CERTAIN, risky.family, fails="null")
    return replace(report, sites=(risky, *sites), files=files, problems=problems, allocators=(library,))


# The contract with programs.


def test_every_line_is_a_record(report: Report, written: Write) -> None:
    records = [json.loads(line) for line in written(report, "jsonl").splitlines()]
    assert [records[0]["record"], records[-1]["record"]] == ["report", "summary"]
    assert records[0]["format_version"] == 1


def test_one_object_holds_the_same_records(report: Report, written: Write) -> None:
    lines = [json.loads(line) for line in written(report, "jsonl").splitlines()]
    whole = json.loads(written(report, "json"))
    groups = [group for group in whole.values() if isinstance(group, list)]
    assert [whole["report"], *(record for group in groups for record in group), whole["summary"]] == lines


def test_absent_values_are_null(report: Report, written: Write) -> None:
    bare = Site(place("a.c", 1, 1, 2), SITES[0].action, Form.CALL, "f", "c")
    record = next(
        json.loads(line) for line in written(replace(report, sites=(bare,)), "jsonl").splitlines() if '"site"' in line
    )
    absent = ("allocator", "family", "type", "size", "function", "variable", "condition", "resolved", "basis")
    assert [record[name] for name in absent] == [None] * len(absent)
    assert record["via"] == []


def test_parse_loss_is_a_share_of_bytes(report: Report, written: Write) -> None:
    records = [json.loads(line) for line in written(report, "jsonl").splitlines()]
    assert [record["parse_loss"] for record in records if record["record"] == "file"] == [5.667, 0.0, 0.0]
    assert records[-1]["parse_loss"] == 1.343


def test_every_field_is_documented(report: Report, written: Write) -> None:
    documented = DOCUMENTED.read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### `(\w+)`\n(.*?)(?=^##|\Z)", documented, re.MULTILINE | re.DOTALL))
    for line in written(report, "jsonl").splitlines():
        record = json.loads(line)
        fields = re.findall(r"^\| `([\w.]+)`", sections[record["record"]], re.MULTILINE)
        assert fields == [name for name in record if name != "record"], record["record"]
