"""All pages of a report, written into a folder."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from allocscan.languages import Language
from allocscan.model import Report
from allocscan.processes import WORTHWHILE_BYTES, Executor, batches, spread
from allocscan.reporters import Read
from allocscan.reporters.html.allocators import allocator_pages, candidate_rows, family_rows
from allocscan.reporters.html.book import Book, Cover, bind
from allocscan.reporters.html.classes import type_pages
from allocscan.reporters.html.columns import CHUNK, tabulate
from allocscan.reporters.html.data import CHUNK_FILE, NAMES_FILE, WORDS_FILE, chunk_data, names_data, words_data
from allocscan.reporters.html.folder import replaced
from allocscan.reporters.html.functions import function_pages
from allocscan.reporters.html.overview import overview
from allocscan.reporters.html.render import ASSETS, render
from allocscan.reporters.html.source import Plan, source_page
from allocscan.views.folders import folders

Progress = Callable[[str, int, int | None], None]
Page = tuple[str, str]
"""Where it lies, and its text."""
Work = tuple[Plan, bytes]
"""What the page of a file needs, and the file."""

STAGE = "writing"


def write_folder(
    report: Report,
    every: Report,
    folder: Path,
    read: Read,
    languages: Iterable[Language],
    *,
    version: str,
    executor: Executor | None,
    progress: Progress,
) -> None:
    """Write a report into a folder, which appears once it is whole."""
    book = bind(report, every, languages, version)
    with replaced(folder) as place:
        shutil.copytree(ASSETS, place / "assets")
        for page, text in chain(data_pages(book), main_pages(book), single_pages(book)):
            save(place, page, text)
        write_sources(book, place, read, executor, progress)


def save(place: Path, page: str, text: str) -> None:
    """Write one file of the report."""
    path = place / page
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", errors="replace", newline="\n")


def data_pages(book: Book) -> Iterator[Page]:
    """Yield the data that scripts load."""
    table = tabulate(book.every.sites, book.links)
    narrow = len(book.report.sites) < len(book.every.sites)
    yield WORDS_FILE, words_data(table, len(book.every.sites), narrow=narrow)
    for number, chunk in enumerate(table.chunks):
        yield CHUNK_FILE.format(number), chunk_data(chunk)
    yield NAMES_FILE, names_data(book)


def main_pages(book: Book) -> Iterator[Page]:
    """Yield the pages that every page leads to."""
    entries = folders(book.report)
    chunks = {"sites": len(book.every.sites), "chunks": len(range(0, len(book.every.sites), CHUNK))}
    families = {"families": tuple(family_rows(book.report, book.links)), "types": bool(book.types)}
    families["candidates"] = tuple(candidate_rows(book.report, book.links))
    yield room(book, "index.html", "overview.html", overview(book.report, book.every, entries, book.links))
    yield room(book, "explorer.html", "explorer.html", chunks)
    yield room(book, "directories.html", "directories.html", entries)
    yield room(book, "allocators.html", "allocators.html", families)
    yield room(book, "types.html", "types.html", tuple(type_pages(book.types, book.report, book.links)))
    yield room(book, "functions.html", "functions.html", tuple(function_pages(book.functions, book.links)))


def room(book: Book, page: str, template: str, values: Any) -> Page:
    """Fill in a page that every page leads to."""
    return page, render(template, page, page=values, book=book.cover, links=book.links, room=page)


def single_pages(book: Book) -> Iterator[Page]:
    """Yield the page of each allocator, type and function."""
    fill = partial(fill_in, book)
    for allocator in allocator_pages(book.report, book.every.sites, book.links):
        yield fill("allocator.html", allocator, "allocators.html")
    for each in type_pages(book.types, book.report, book.links):
        yield fill("type.html", each, "types.html")
    for function in function_pages(book.functions, book.links):
        yield fill("function.html", function, "functions.html")


def fill_in(book: Book, template: str, values: Any, above: str) -> Page:
    """Fill in the page of one thing."""
    return values.page, render(template, values.page, page=values, book=book.cover, links=book.links, room=above)


def write_sources(book: Book, place: Path, read: Read, executor: Executor | None, progress: Progress) -> None:
    """Write the pages of files, in several processes where there is much of it."""
    plans = sorted(book.plans(), key=lambda plan: -plan.file.size)
    work = ((plan, read(plan.file.path)) for plan in plans)
    fill = partial(source_pages, book.cover)
    shared = executor if sum(plan.file.size for plan in plans) >= WORTHWHILE_BYTES else None
    pages = (
        spread(fill, batches(work, weight), shared) if shared else chain.from_iterable(fill([each]) for each in work)
    )
    for done, (page, text) in enumerate(pages, 1):
        save(place, page, text)
        progress(STAGE, done, len(plans))


def weight(work: Work) -> int:
    """Give the size of a file."""
    return len(work[1])


def source_pages(cover: Cover, batch: list[Work]) -> list[Page]:
    """Fill in the pages of several files."""
    return [source_text(cover, *work) for work in batch]


def source_text(cover: Cover, plan: Plan, content: bytes) -> Page:
    """Fill in the page of a file."""
    return plan.page, render("source.html", plan.page, page=source_page(plan, content), book=cover, room="")
