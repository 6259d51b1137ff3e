"""Markdown, DOT and Mermaid say what was found, and nothing that was scanned means anything in them."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from allocscan.model import Allocator, Kind, Level, Report, Role, Target
from allocscan.reporters import dot, marked, mermaid
from allocscan.reporters.wording import escape
from tests.cli.conftest import Run, ran
from tests.reporters.sample import REPORT

__all__ = ["ran"]

Write = Callable[..., str]
AWKWARD = (
    "a|b",
    "`",
    "``x`",
    "\\|",
    "\\",
    "<b>x</b>",
    "![x](y)",
    "[x](y)",
    "*x*",
    "&lt;",
    "a\nb",
    '"',
    "];",
    "end",
    " x",
)
TEXTS = st.text(st.characters(), min_size=1, max_size=12) | st.sampled_from(AWKWARD)


def cells(text: str) -> list[str]:
    """Render a table of Markdown, and give what a reader sees in its cells."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    return [
        "".join(child.content for child in token.children or () if child.type != "html_inline")
        for token in tokens
        if token.type == "inline"
    ]


@given(TEXTS)
def test_a_name_is_shown_as_it_is(text: str) -> None:
    table = "".join(f"{line}\n" for line in marked.table(("head", "x"), [(marked.code(text), "x")]))
    # Spaces at the ends of code are not shown.
    assert [cell.strip() for cell in cells(table)[2:]] == [escape(text).strip(), "x"]


@given(TEXTS)
def test_prose_is_shown_as_it_is(text: str) -> None:
    table = "".join(f"{line}\n" for line in marked.table(("head", "x"), [(marked.plain(text), "x")]))
    assert cells(table)[2].strip() == escape(text).strip()


def test_a_hostile_report_holds_no_html(report: Report, written: Write) -> None:
    name = "<script>alert(1)</script>`|x"
    hostile = replace(
        report,
        sites=tuple(site._replace(allocator=name, family=name) for site in report.sites),
        source=replace(report.source, name=name, location=name),
    )
    shown = MarkdownIt("commonmark", {"html": True}).enable("table").render(written(hostile, "markdown"))
    assert "<script" not in shown


def allocator(name: str, role: Role, *wraps: str, pairs: tuple[str, ...] = ()) -> Allocator:
    """Make an allocator."""
    place = Target("a.c", 1, name)
    return Allocator(name, role, Kind.RAW, Level.CERTAIN, "heap", place, wraps=wraps, pairs=pairs)


@pytest.fixture
def family() -> Report:
    """A family of a primitive, a wrapper and what frees its memory."""
    known = (
        allocator("take", Role.ALLOCATOR),
        allocator("xtake", Role.ALLOCATOR, "take", pairs=("give",)),
        allocator("give", Role.DEALLOCATOR),
    )
    sites = tuple(
        REPORT.sites[0]._replace(name=each.name, allocator=each.name, family="heap", resolved=each.definition)
        for each in known
    )
    return replace(REPORT, sites=sites, allocators=known)


def test_dot_draws_what_wraps_and_what_frees(family: Report, written: Write) -> None:
    drawn = written(family, "dot")
    assert 'n0_1 [label="xtake\\na.c:1\\n1 site", shape=rect];' in drawn
    assert "  n0_0 -> n0_1;\n" in drawn
    assert "  n0_1 -> n0_2 [style=dashed" in drawn


def test_mermaid_draws_the_same(family: Report, written: Write) -> None:
    drawn = written(family, "mermaid").splitlines()
    assert '    n0_1["xtake<br>a.c:1<br>1 site"]' in drawn
    assert "  n0_0 --> n0_1" in drawn
    assert "  n0_1 -.-> n0_2" in drawn


@given(TEXTS)
def test_a_text_in_dot_ends_where_it_should(text: str) -> None:
    shown = dot.quoted(text)
    assert re.fullmatch(r'"(?:[^"\\]|\\.)*"', shown)
    assert re.sub(r"\\(.)", r"\1", shown[1:-1]) == escape(text)


@given(TEXTS)
def test_a_text_in_mermaid_ends_where_it_should(text: str) -> None:
    shown = mermaid.quoted(text)
    assert re.fullmatch(r'"[\w .,:/;#-]*"', shown)
    assert re.sub(r"#(\d+);", lambda found: chr(int(found[1])), shown[1:-1]) == escape(text)


def test_allocators_can_be_drawn(ran: Run) -> None:
    for form, begins in (("dot", 'digraph "key-value-server" {\n'), ("mermaid", "%% key-value-server\nflowchart LR\n")):
        drawn = ran("allocators", "key-value-server", "--most", "2", "--format", form).output
        assert drawn.startswith(begins)
        assert "kv_alloc" in drawn
