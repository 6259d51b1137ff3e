"""All pages of a report, written into a folder."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from allocscan.languages import Language
from allocscan.model import FileRecord, Report
from allocscan.processes import WORTHWHILE_BYTES, Executor, batches, spread
from allocscan.reporters import Read
from allocscan.reporters.html.allocators import allocator_pages, candidate_rows, family_rows
from allocscan.reporters.html.book import Book, Cover, bind
from allocscan.reporters.html.classes import type_pages
from allocscan.reporters.html.columns import CHUNK, seen_columns, tabulate
from allocscan.reporters.html.data import (
    CHUNK_FILE,
    KNOWN_FILE,
    NAMES_FILE,
    PIECE_FILE,
    WORDS_FILE,
    chunk_data,
    known_data,
    names_data,
    piece_data,
    words_data,
)
from allocscan.reporters.html.folder import replaced
from allocscan.reporters.html.functions import function_pages
from allocscan.reporters.html.links import OTHERS
from allocscan.reporters.html.othernames import known_words, other_names, pieces
from allocscan.reporters.html.overview import overview
from allocscan.reporters.html.render import ASSETS, render
from allocscan.reporters.html.source import Plan, source_pages
from allocscan.reporters.html.surveys import Survey, gathered, search, starts
from allocscan.reporters.html.versus import PAGES, versus_pages
from allocscan.summary import grouped
from allocscan.views.folders import folders

Progress = Callable[[str, int, int | None], None]
W = TypeVar("W", bound=tuple[Any, ...])
R = TypeVar("R")
S = TypeVar("S")

Page = tuple[str, str]
"""Where it lies, and its text."""
Work = tuple[Plan, bytes]
"""What the page of a file needs, and the file."""

WRITING, COMPARING = "writing", "comparing"


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
        tools = read, executor, progress
        survey = searched(book, *tools)
        files = begun(file_pages(book, *tools))
        pages = data_pages(book), main_pages(book), single_pages(book), compared_pages(book, survey)
        for page, text in chain(*pages, files):
            save(place, page, text)


def begun(pages: Iterator[Page]) -> Iterator[Page]:
    """Ask for the first of some pages, so that other processes make the next ones while this one makes others."""
    return chain(list(islice(pages, 1)), pages)


def save(place: Path, page: str, text: str) -> None:
    """Write one file of the report."""
    path = place / page
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", errors="replace", newline="\n")


def data_pages(book: Book) -> Iterator[Page]:
    """Yield the data that scripts load."""
    table = tabulate(book.every.sites, book.links, seen_columns(book.every))
    narrow = len(book.report.sites) < len(book.every.sites)
    yield WORDS_FILE, words_data(table, len(book.every.sites), narrow=narrow)
    for number, chunk in enumerate(table.chunks):
        yield CHUNK_FILE.format(number), chunk_data(chunk)
    yield NAMES_FILE, names_data(book)


def main_pages(book: Book, base: str = "base.html") -> Iterator[Page]:
    """Yield the pages that every page leads to, on a base that each of them stands on."""
    room = partial(fill_room, book, base)
    entries = folders(book.report)
    chunks = {"sites": len(book.every.sites), "chunks": len(range(0, len(book.every.sites), CHUNK))}
    families = {"families": tuple(family_rows(book.report, book.links)), "types": bool(book.types)}
    families["candidates"] = tuple(candidate_rows(book.report, book.links))
    yield room("index.html", "overview.html", overview(book.report, book.every, entries, book.rules, book.links))
    yield room("explorer.html", "explorer.html", chunks)
    yield room("directories.html", "directories.html", entries)
    yield room("allocators.html", "allocators.html", families)
    yield room("types.html", "types.html", tuple(type_pages(book.types, book.report, book.links)))
    rows = tuple(function_pages(book.functions, book.links))
    yield room("functions.html", "functions.html", {"rows": rows, "all": len(book.links.references.held)})
    yield room("findings.html", "findings.html", book.rules)


def fill_room(book: Book, base: str, page: str, template: str, values: Any) -> Page:
    """Fill in a page that every page leads to."""
    return page, render(template, page, page=values, book=book.cover, links=book.links, room=page, base=base)


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


def searched(book: Book, read: Read, executor: Executor | None, progress: Progress) -> Survey:
    """Search the text for all names that sites are asked for by, and for all other words."""
    files = [file for file in book.report.files if file.language in book.languages]
    sites = grouped(book.report.sites, lambda site: site.location.path)
    work = (
        (file.path, read(file.path), book.languages[file.language], starts(sites.get(file.path, ()))) for file in files
    )
    names = tuple(book.links.versus)
    return gathered(
        names, counted(done(search, names, work, executor, size_of(files)), COMPARING, len(files), progress)
    )


def compared_pages(book: Book, survey: Survey) -> Iterator[Page]:
    """Yield what a text search says of each name, and of all other words."""
    told = tuple(versus_pages(book.report, survey.mentions, book.links))
    own, others = told[:PAGES], told[PAGES:]
    yield fill_room(book, "base.html", "versus.html", "versus_list.html", own)
    yield OTHERS, render("versus_any.html", OTHERS, book=book.cover, room="versus.html")
    for each in own:
        yield fill_in(book, "versus.html", each, "versus.html")
    divided = tuple(pieces(other_names(others, survey.passing, book.links)))
    yield KNOWN_FILE, known_data(known_words(survey.counts(), divided, own))
    for number, piece in enumerate(divided):
        yield PIECE_FILE.format(number), piece_data(piece)


def file_pages(book: Book, read: Read, executor: Executor | None, progress: Progress) -> Iterator[Page]:
    """Yield the pages of files, the largest first."""
    plans = sorted(book.plans(), key=lambda plan: -plan.file.size)
    work = ((plan, read(plan.file.path)) for plan in plans)
    size = size_of(plan.file for plan in plans)
    written = counted(done(fill_sources, book.cover, work, executor, size), WRITING, len(plans), progress)
    yield from chain.from_iterable(written)


def done(
    act: Callable[[S, list[W]], list[R]], shared: S, work: Iterable[W], executor: Executor | None, size: int
) -> Iterator[R]:
    """Do some work, in several processes where there is much of it."""
    tasks = batches(work, weigh)
    if executor and size >= WORTHWHILE_BYTES:
        return spread(act, shared, tasks, executor)
    return chain.from_iterable(act(shared, task) for task in tasks)


def counted(results: Iterable[R], stage: str, total: int, progress: Progress) -> Iterator[R]:
    """Pass results on, and say how far that is."""
    for number, result in enumerate(results, 1):
        progress(stage, number, total)
        yield result


def size_of(files: Iterable[FileRecord]) -> int:
    """Add up the bytes of some files."""
    return sum(file.size for file in files)


def weigh(work: tuple[Any, ...]) -> int:
    """Give the size of a file."""
    return len(work[1])


def fill_sources(cover: Cover, batch: Iterable[Work]) -> list[list[Page]]:
    """Fill in the pages of several files."""
    return [list(source_texts(cover, *work)) for work in batch]


def source_texts(cover: Cover, plan: Plan, content: bytes) -> Iterator[Page]:
    """Fill in the pages of a file."""
    for page in source_pages(plan, content):
        yield page.part.page, render("source.html", page.part.page, page=page, book=cover, room="")
