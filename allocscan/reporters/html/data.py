"""The data that the scripts of a report load: calls with one value each, for files cannot be fetched from a folder."""

import json
from collections.abc import Iterator
from typing import Any

from allocscan.reporters.html.book import Book
from allocscan.reporters.html.columns import YES, Table
from allocscan.reporters.html.links import type_key
from allocscan.reporters.html.othernames import Known, Piece
from allocscan.reporters.wording import escape
from allocscan.views.references import target_of

WORDS_FILE, CHUNK_FILE, NAMES_FILE = "data/words.js", "data/sites-{}.js", "data/names.js"
KNOWN_FILE, PIECE_FILE = "data/versus.js", "data/versus-{}.js"

Entry = tuple[str, str, str, str]
"""A name, what it is, where it stands, and its page."""


def call(name: str, value: Any) -> str:
    """Write a script that hands a value over."""
    # What begins with this sign could end a script that stands in a page.
    written = json.dumps(value, separators=(",", ":")).replace("<", "\\u003c")
    return f"allocscan.{name}({written});\n"


def words_data(table: Table, total: int, *, narrow: bool) -> str:
    """Write what the columns are, the words that their numbers stand for, and what is chosen unless the reader does."""
    heads = [
        {"key": each.key, "title": each.title, "facet": each.facet, "searched": each.searched} for each in table.heads
    ]
    values = {"total": total, "columns": heads, "words": table.words, "pages": table.pages, "split": table.split}
    return call("receiveWords", {**values, "unless": {"explicit": [YES]} if narrow else {}})


def chunk_data(chunk: dict[str, Any]) -> str:
    """Write some sites."""
    return call("receiveSites", chunk)


def names_data(book: Book) -> str:
    """Write what the search finds."""
    return call("receiveNames", [tuple(map(escape, entry)) for entry in entries(book) if entry[-1]])


def known_data(known: Known) -> str:
    """Write which words stand before a parenthesis, how often, and where each is told of."""
    return call(
        "receiveKnown", {"words": known.words, "counts": known.counts, "firsts": known.firsts, "pages": known.pages}
    )


def piece_data(piece: Piece) -> str:
    """Write what is known of some words."""
    return call("receivePiece", {"places": piece.places, "records": piece.records})


def entries(book: Book) -> Iterator[Entry]:
    """Yield every name that has a page."""
    for use in book.types:
        name, place = type_key(use)
        kind = use.definition.kind if use.definition else "class"
        yield name, kind, place.path if place else "", book.links.name(name, place).href
    for allocator in book.report.allocators:
        place = allocator.definition
        yield allocator.name, allocator.role.value, place.path if place else "", book.links.allocator(allocator).href
    for function in map(target_of, book.links.references.held):
        yield function.name, "function", function.path, book.links.function(function).href
    for path, page in book.links.files.items():
        yield path, "file", "", page.first
