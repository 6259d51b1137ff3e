"""A report as one page that holds everything it needs, to be sent around."""

import re
from collections.abc import Iterator

from allocscan.errors import AllocscanError
from allocscan.languages import load_languages
from allocscan.model import Report
from allocscan.reporters.html.book import Book, bind_single
from allocscan.reporters.html.columns import seen_columns, tabulate
from allocscan.reporters.html.data import chunk_data, names_data, words_data
from allocscan.reporters.html.pages import main_pages
from allocscan.reporters.html.render import ASSETS, render_single

LARGEST = 5_000_000
"""Bytes that one page may have."""
SCRIPTS = ("theme.js", "page.js", "columns.js", "address.js", "facets.js", "explorer.js", "folding.js")
ROOM = re.compile(r'(?<=href=")(\w+)\.html(#[^"]*)?(?=")')
"""A link to another page, which is a part of this one, or to a part of that."""


def single_page(report: Report, version: str) -> str:
    """Write a report as one page; raise AllocscanError where that would be too large to send around."""
    book = bind_single(report, load_languages(), version)
    scripts = [(ASSETS / name).read_text(encoding="utf-8") for name in SCRIPTS]
    style = (ASSETS / "report.css").read_text(encoding="utf-8")
    text = render_single(parts(book), (*scripts, *data(book)), style, book=book.cover)
    size = len(text.encode("utf-8", "replace"))
    if size > LARGEST:
        raise AllocscanError(
            f"one page of {size / 1e6:.1f} MB is too large to send around; write a folder of pages: --html FOLDER"
        )
    return text


def parts(book: Book) -> Iterator[tuple[str, str]]:
    """Yield the pages that are parts of this one."""
    for page, text in main_pages(book, base="bare.html"):
        yield page.partition(".")[0].replace("index", "overview"), ROOM.sub(inward, text)


def inward(link: re.Match[str]) -> str:
    """Lead to a part of the page in place of another one; what chooses sites is understood by the page itself."""
    return link[2] or ("#" if link[1] == "explorer" else f"#{link[1]}")


def data(book: Book) -> Iterator[str]:
    """Yield what the scripts are given."""
    table = tabulate(book.every.sites, book.links, seen_columns(book.every))
    yield words_data(table, len(book.every.sites), narrow=False)
    yield from map(chunk_data, table.chunks)
    yield names_data(book).replace('"explorer.html#', '"#')
