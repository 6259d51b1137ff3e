"""Every link of a whole report leads somewhere, and nothing of it leads elsewhere by accident."""

import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import parse_qsl, unquote

from tests.html.conftest import Made

LOADED = {("script", "src"), ("link", "href"), ("img", "src")}


class Reader(HTMLParser):
    """What a page holds that others may lead to, and where it leads itself."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[tuple[str, str, str]] = []
        self.attributes: set[str] = set()
        self.inline = 0
        self.script = False
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.attributes |= given.keys()
        self.script = tag in ("script", "style")
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]
        if "id" in given:
            self.ids.append(given["id"])
        self.links += [(tag, name, given[name]) for name in ("href", "src") if name in given]

    def handle_data(self, data: str) -> None:
        self.inline += self.script and bool(data.strip())

    def handle_endtag(self, tag: str) -> None:
        self.script = False


@cache
def read(path: Path) -> Reader:
    """Read a page."""
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader


def pages(made: Made) -> list[Path]:
    """List all pages."""
    return sorted(made.pages.rglob("*.html"))


def test_every_link_leads_somewhere(made: Made) -> None:
    assert not list(broken(made))


def broken(made: Made) -> Iterator[tuple[str, str, str]]:
    """Yield the links that lead nowhere."""
    for path in pages(made):
        for tag, _, href in read(path).links:
            if href.startswith("https://"):
                continue
            name, _, fragment = href.partition("#")
            target = (path.parent / unquote(name)).resolve() if name else path
            if not target.is_file() or not is_there(made, target, fragment):
                yield path.name, tag, href


def is_there(made: Made, target: Path, fragment: str) -> bool:
    """Tell whether a page has what a fragment means: facets and their words, or any name, which is looked up."""
    if target.name == "any.html":
        return fragment.isidentifier()
    if target.name == "explorer.html" and fragment:
        return all(key == "q" or value in known(made, key) for key, value in parse_qsl(fragment))
    return not fragment or fragment in read(target).ids


@cache
def known(made: Made, key: str) -> set[str]:
    """Give the words that a facet can be chosen by; all folders are there above those that hold files."""
    told = words(made)[key]
    if key != "directory":
        return told
    return {part for word in told for part in (word, *map(str, PurePosixPath(word).parents))}


@cache
def words(made: Made) -> dict[str, set[str]]:
    """Give the words of each facet."""
    return {key: set(known) for key, known in handed(made.pages / "data" / "words.js")["words"].items()}


def handed(path: Path) -> dict[str, Any]:
    """Read the value that a script hands over."""
    found = re.fullmatch(r"allocscan\.\w+\((.*)\);\n", path.read_text(encoding="ascii"))
    assert found
    value: dict[str, Any] = json.loads(found[1])
    return value


def test_what_the_search_finds_is_there(made: Made) -> None:
    entries = searched(made)
    assert {kind for _, kind, _, _ in entries} >= {"class", "allocator", "deallocator", "function", "file"}
    for page, _, line in (href.partition("#") for _, _, _, href in entries):
        assert is_there(made, made.pages / page, line), page


def test_what_is_told_of_other_names_is_there(made: Made) -> None:
    known, pieces = handed(made.pages / "data" / "versus.js"), sorted((made.pages / "data").glob("versus-*.js"))
    assert len(pieces) == len(known["firsts"]) > 0
    inside = [href for path in pieces for href in told(handed(path)) if not href.startswith("https://")]
    assert inside
    for page, _, line in (href.partition("#") for href in inside):
        assert is_there(made, made.pages / page, line), page


def told(piece: dict[str, Any]) -> Iterator[str]:
    """Yield where the records of some names lead."""
    for _, record in piece["records"]:
        yield from (href for _, href in record.get("told", ()) if href)
        examples = (each for group in (*record.get("wrong", ()), *record.get("missed", ())) for each in group[2])
        yield from (piece["places"][at][1] + str(line) for at, line, *_ in examples if piece["places"][at][1])


def searched(made: Made) -> list[tuple[str, str, str, str]]:
    """Read what the search knows."""
    text = (made.pages / "data" / "names.js").read_text("ascii")
    return [(name, kind, place, page) for name, kind, place, page in json.loads(text.partition("(")[2][:-3])]


def test_no_two_things_of_a_page_have_one_id(made: Made) -> None:
    for path in pages(made):
        assert len(read(path).ids) == len(set(read(path).ids)), path


def test_links_between_pages_are_relative(made: Made) -> None:
    for path in pages(made):
        for tag, name, href in read(path).links:
            assert not href.startswith(("/", "file:", "http:", "javascript:")), href
            if (tag, name) in LOADED:
                assert ":" not in href, href


def test_a_page_holds_no_script_and_no_style(made: Made) -> None:
    for path in pages(made):
        assert not read(path).inline, path
        assert not [name for name in read(path).attributes if name == "style" or name.startswith("on")], path
        text = path.read_text(encoding="utf-8")
        assert read(path).policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
        assert "</script><script>alert" not in text


def test_every_file_with_sites_has_a_page_that_shows_them(made: Made) -> None:
    for path in {site.location.path for site in made.every.sites}:
        shown = [each for each in pages(made) if each.parent.name == "source" and path_of(each) == path]
        assert len(shown) == 1, path


@cache
def path_of(page: Path) -> str:
    """Say which file a page shows."""
    from html import unescape

    found = re.search(r'<h1 class="path">(.*?)</h1>', page.read_text(encoding="utf-8"))
    assert found
    return unescape(found[1])


def test_names_of_pages_differ_in_more_than_case(made: Made) -> None:
    names = [path.relative_to(made.pages).as_posix().lower() for path in made.pages.rglob("*")]
    assert len(names) == len(set(names))
    assert max(map(len, names)) < 100
