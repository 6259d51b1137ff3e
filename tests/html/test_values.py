"""The values that pages are made of."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name

from allocscan.data import folder
from allocscan.extract.mentions import search
from allocscan.extract.quoting import Text
from allocscan.extract.surveying import Names
from allocscan.filters import EVERYTHING, by_identifier, select
from allocscan.forges import shown_at
from allocscan.languages import load_languages
from allocscan.model import Action, Form, Location, Site, Source
from allocscan.reporters.html.columns import tabulate
from allocscan.reporters.html.graph import graph
from allocscan.reporters.html.highlight import highlight
from allocscan.reporters.html.lexing import KNOWN, beginning, quickened
from allocscan.reporters.html.links import Link, Links, explorer, page
from allocscan.reporters.html.marks import Mark, cut, site_mark
from allocscan.reporters.html.overview import treemap
from allocscan.reporters.html.treemap import Box, squarify
from allocscan.views.folders import above, folders
from allocscan.views.references import References
from tests.reporters.sample import REPORT

NO_PAGES = Links({}, {}, {}, {}, References(REPORT))
sizes = st.lists(st.integers(1, 10_000), min_size=1, max_size=60).map(lambda found: sorted(found, reverse=True))


@given(sizes, st.integers(10, 2000), st.integers(10, 2000))
def test_boxes_fill_the_rectangle_in_proportion(sizes: list[int], width: int, height: int) -> None:
    boxes = list(squarify(sizes, Box(0, 0, width, height)))
    assert len(boxes) == len(sizes)
    for size, box in zip(sizes, boxes, strict=True):
        assert box.width * box.height == pytest.approx(width * height * size / sum(sizes), rel=1e-6)
        assert -1e-6 <= box.x <= box.x + box.width <= width + 1e-6
        assert -1e-6 <= box.y <= box.y + box.height <= height + 1e-6


@settings(deadline=None)
@given(st.text(), st.sampled_from(["c", "python", "rust", "d", "", "no such lexer"]))
def test_highlighting_keeps_every_character(text: str, lexer: str) -> None:
    lines = ["".join(part for part, _ in line) for line in highlight(text, lexer)]
    assert "\n".join(lines) == text.removesuffix("\n")


HIGHLIGHTERS = sorted({language.highlighter for language in load_languages()})


@pytest.mark.parametrize("name", HIGHLIGHTERS)
def test_faster_lexers_see_what_others_see(name: str) -> None:
    lexers = get_lexer_by_name(name), quickened(get_lexer_by_name(name))
    languages = [language for language in load_languages() if language.highlighter == name]
    suffixes = {suffix for language in languages for suffix in (*language.suffixes, *language.shared)}
    texts = [path.read_text("utf-8") for path in folder("sample_repos").rglob("*") if path.suffix in suffixes]
    assert texts
    for text in (*texts, "".join(map(chr, range(256))), "\u00e9\u2028x = 'a\nb"):
        slow, fast = (list(lexer.get_tokens_unprocessed(text)) for lexer in lexers)
        assert slow == fast


pattern_parts = st.sampled_from(
    ["a", "[b-d]", "[^a-c\\s]", "\\d", "\\W", "(?:x|y|)", "(z)", "(?=a)", "(?!b)", "^", "a*", "b+?", "(?:c|d)?", ".",
     "\\b", "(?i:e)", "(?>f)", "$", "\\\\", "[\\w.]", "é"]
)  # fmt: skip


@given(st.lists(pattern_parts, min_size=1, max_size=4).map("".join), st.text("abcdefxyzE1 .\\\né", max_size=4))
def test_what_can_begin_a_pattern_is_known(pattern: str, text: str) -> None:
    compiled = re.compile(pattern, re.MULTILINE)
    if compiled.match(text) and text[:1] in KNOWN and text:
        assert text[0] in beginning((compiled.match, None, None))


pieces = st.lists(st.tuples(st.text(min_size=1, max_size=6), st.sampled_from(["", "k", "s"])), max_size=8)
marks = st.lists(
    st.builds(
        lambda start, length, site: Mark(start, start + length, "x", "allocate", (site,) if site else ()),
        st.integers(0, 30),
        st.integers(0, 10),
        st.integers(0, 3),
    ),
    max_size=6,
)


@given(pieces, marks)
def test_marks_keep_every_character_and_every_site_that_has_room(
    line: list[tuple[str, str]], marks: list[Mark]
) -> None:
    segments = cut(line, marks)
    whole = "".join(text for text, _ in line)
    assert "".join(text for each in segments for text, _ in each.pieces) == whole
    shown = {site for each in segments if each.mark for site in each.mark.sites}
    assert {site for mark in marks if mark.start < min(mark.end, len(whole)) for site in mark.sites} <= shown


@pytest.mark.parametrize(
    ("line", "column", "name", "marked"),
    [
        ("p = malloc(3);", 5, "malloc", "malloc"),
        ("    [x for x in y]", 5, "list", "["),
        ("a . b (c)", 1, "a.b", "a"),
        ("x = vec![1]", 5, "vec!", "vec!"),
        ("ab", 9, "z", ""),
    ],
)
def test_the_name_of_a_site_is_marked(line: str, column: int, name: str, marked: str) -> None:
    site = Site(Location("x", 1, column, 1, column + 1), Action.ALLOCATE, Form.CALL, name, "c")
    mark = site_mark(1, site, line, "")
    assert line[mark.start : mark.end] == marked


@given(st.lists(st.text("ab_é", min_size=1, max_size=3), min_size=1, max_size=4), st.text("ab_é (\n.$", max_size=40))
def test_all_names_are_found_as_each_is_alone(names: list[str], text: str) -> None:
    known = Text("", text)
    wanted = [name for name in dict.fromkeys(names) if name.isidentifier()]
    alone = {(name, span) for name in wanted for span in search(known, name)}
    assert set(Names(wanted).spans(known.content)) == alone


def test_identifiers_select_the_sites_that_are_asked_for_by_name() -> None:
    found = by_identifier(REPORT.sites)
    for name in {"zmalloc", "malloc", "Torrent", "torrent", "list", "free", "heap", *found}:
        assert tuple(found.get(name, ())) == select(REPORT, replace(EVERYTHING, names=(name,))).sites


def test_columns_say_what_the_sites_say() -> None:
    table = tabulate(REPORT.sites, NO_PAGES)
    (chunk,) = table.chunks
    columns = {key: unpacked(part) for key, part in chunk["columns"].items()}
    for column in table.heads:
        said = [table.words[column.key][number] for number in columns[column.key]]
        assert said == [column.say(site) for site in REPORT.sites]
    assert columns["line"] == [site.location.line for site in REPORT.sites]


def unpacked(part: dict[str, list[int]]) -> list[int]:
    if "each" in part:
        return part["each"]
    runs = part["runs"]
    return [value for value, count in zip(runs[::2], runs[1::2], strict=True) for _ in range(count)]


@given(st.text(), st.text())
def test_pages_have_safe_names_of_their_own(one: str, other: str) -> None:
    assert re.fullmatch(r"source/[a-z0-9-]{1,60}\.html", page("source", one))
    assert (page("source", one).lower() == page("source", other).lower()) is (one == other)


def test_what_has_no_page_leads_to_the_forge_or_nowhere() -> None:
    source = Source("x", "https://github.com/a/b.git", commit="c0ffee", local=False)
    assert NO_PAGES.line("a.c", 3) == Link("a.c:3")
    assert replace(NO_PAGES, forge=shown_at(source)).line("d/a b.c", 3).href == (
        "https://github.com/a/b/blob/c0ffee/d/a%20b.c#L3"
    )


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("git@github.com:a/b.git", "https://github.com/a/b/blob/c0ffee/src/x.c#L7"),
        ("https://gitlab.com/a/b/c", "https://gitlab.com/a/b/c/-/blob/c0ffee/src/x.c#L7"),
        ("https://gitlab.freedesktop.org/a/b.git", "https://gitlab.freedesktop.org/a/b/-/blob/c0ffee/src/x.c#L7"),
        ("https://codeberg.org/a/b.git", "https://codeberg.org/a/b/src/commit/c0ffee/src/x.c#L7"),
        ("https://git.kernel.org/pub/scm/git/git.git", "https://git.kernel.org/pub/scm/git/git.git/tree/src/x.c?id=c0ffee#n7"),
        ("https://git.savannah.gnu.org/git/grep.git", "https://git.savannah.gnu.org/cgit/grep.git/tree/src/x.c?id=c0ffee#n7"),
        ("https://git.musl-libc.org/git/musl", "https://git.musl-libc.org/cgit/musl/tree/src/x.c?id=c0ffee#n7"),
        ("https://git.sr.ht/~a/b", "https://git.sr.ht/~a/b/tree/c0ffee/item/src/x.c#L7"),
        ("https://bitbucket.org/a/b.git", "https://bitbucket.org/a/b/src/c0ffee/src/x.c#lines-7"),
    ],
)  # fmt: skip
def test_forges_show_lines(address: str, line: str) -> None:
    forge = shown_at(Source("x", address, commit="c0ffee", local=False))
    assert forge and forge.line("src/x.c", 7) == line
    assert forge.page.endswith("c0ffee")


@pytest.mark.parametrize(
    "address", ["./here", "https://example.org/a/b", "javascript:alert(1)//github.com/a/b", "https://evil.org/github.com/a/b"]
)  # fmt: skip
def test_other_addresses_are_at_no_forge(address: str) -> None:
    assert shown_at(Source("x", address, commit="c0ffee")) is None


def test_without_a_commit_no_forge_is_asked() -> None:
    assert shown_at(Source("x", "https://github.com/a/b")) is None


def test_folders_add_up() -> None:
    entries = {entry.path: entry for entry in folders(REPORT)}
    assert [entry.path for entry in folders(REPORT)] == ["src", "src/server.c", "tools", "tools/tool.py"]
    assert (entries["src"].sites, entries["src"].files, entries["src"].lines) == (4, 2, 52)
    assert (entries["src/server.c"].depth, entries["src/server.c"].folder) == (1, False)


@pytest.mark.parametrize("path", ["/", "//a", "/a/b", "a//b"])
def test_odd_paths_end_at_the_top(path: str) -> None:
    assert list(above(path))[-1] == ""


def test_the_map_has_a_box_for_every_folder() -> None:
    cells = list(treemap(folders(REPORT), NO_PAGES))
    assert {cell.href for cell in cells} >= {explorer(directory="src"), explorer(directory="tools")}


def test_a_picture_joins_wrappers_and_what_they_wrap() -> None:
    drawn = graph([Link("a"), Link("b")], Link("f"), [Link("g"), Link("h")])
    assert drawn and [node.label for node in drawn.nodes] == ["a", "b", "f", "g", "h"]
    assert len(drawn.edges) == 4
    assert graph([], Link("f"), []) is None


def test_no_asset_hides_in_a_module() -> None:
    for path in Path("allocscan/reporters/html").rglob("*.py"):
        assert "<style" not in path.read_text(encoding="utf-8")
