"""All sites in column form: each column's values as numbers, and the words that they stand for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from posixpath import dirname
from typing import Any

from allocscan.model import Measure, Report, Site
from allocscan.reporters.html.links import Links
from allocscan.reporters.html.rows import becomes
from allocscan.reporters.wording import escape
from allocscan.views import coverage

CHUNK = 20_000
"""Sites in one file."""

YES, NO = "yes", "no"
UNSAID = ""

Say = Callable[[Site], str]
"""Say one side of a site."""


@dataclass(frozen=True, slots=True)
class Column:
    """One side of a site."""

    key: str
    title: str
    say: Say
    facet: bool = False
    """It can be chosen by."""
    searched: bool = False
    """What is typed into the filter is looked for in it."""


COLUMNS: tuple[Column, ...] = (
    Column("action", "Action", lambda site: site.action.value, facet=True),
    Column("language", "Language", lambda site: site.language, facet=True),
    Column("family", "Family", lambda site: site.family, facet=True, searched=True),
    Column("allocator", "Allocator or class", lambda site: site.allocator or site.name, facet=True, searched=True),
    Column("type", "Type", lambda site: site.type, facet=True, searched=True),
    Column("directory", "Directory", lambda site: dirname(site.location.path), facet=True),
    Column("form", "Form", lambda site: site.form.value, facet=True),
    Column("resource", "Resource", lambda site: site.resource.value, facet=True),
    Column("size_class", "Size", lambda site: site.size_class.value if site.size_class else UNSAID, facet=True),
    Column("checked", "Failure", lambda site: site.checked.value if site.checked else UNSAID, facet=True),
    Column("in_test", "Test code", lambda site: yes(site.in_test), facet=True),
    Column("in_loop", "In a loop", lambda site: yes(site.loop_depth > 0), facet=True),
    Column("condition", "Condition", lambda site: site.condition, facet=True, searched=True),
    Column("dead", "Never compiled", lambda site: yes(site.dead), facet=True),
    Column("explicit", "Explicit", lambda site: yes(site.explicit), facet=True),
    Column("name", "Name", lambda site: site.name, searched=True),
    Column("function", "Function", lambda site: site.function, searched=True),
    Column("size", "Size asked for", lambda site: site.size, searched=True),
    Column("path", "File", lambda site: site.location.path, searched=True),
)
"""The columns, facets in the order in which they are offered."""
BEFORE = [column.key for column in COLUMNS].index("checked") + 1
"""How many facets are offered before what becomes of memory."""


def seen_columns(report: Report) -> tuple[Column, ...]:
    """Give the columns of what the sites did while a program was watched; none where none was."""
    if not report.runs:
        return ()
    seen, listed = coverage.observations(report), coverage.listed(report)

    def ran(site: Site) -> str:
        answer = coverage.ran(site, seen.get(site.location), listed)
        return UNSAID if answer is None or not coverage.counts(site) else yes(answer)

    def counted(name: str) -> Say:
        def say(site: Site) -> str:
            measure = seen[site.location].measure if site.location in seen and coverage.counts(site) else Measure()
            value = getattr(measure, name)
            return UNSAID if value is None else f"{value:,}"

        return say

    size, title = (
        ("live_bytes", "Held") if all(run.measure.bytes is None for run in report.runs) else ("bytes", "Bytes")
    )
    return (
        Column("ran", "Ran", ran, facet=True),
        Column("bytes", title, counted(size)),
        Column("blocks", "Blocks", counted(size.replace("bytes", "blocks"))),
        Column("leaked_bytes", "Leaked", counted("leaked_bytes")),
    )


def yes(holds: bool) -> str:
    """Say yes or no."""
    return YES if holds else NO


@dataclass(frozen=True, slots=True)
class Table:
    """The sites of a report as columns."""

    heads: tuple[Column, ...]
    words: dict[str, list[str]]
    """By column, in the order in which they sort."""
    chunks: tuple[dict[str, Any], ...]
    pages: list[str]
    """For each word of `path`, the page that shows the file, or the pattern of an address elsewhere."""
    split: dict[int, int]
    """Which of these have their lines on several pages, and how many on each."""


def columns(links: Links) -> tuple[Column, ...]:
    """Give the columns, with what is known of what becomes of memory and of what deserves a look."""
    fate = Column("becomes", "Becomes", lambda site: becomes(links.references.life_of(site)), facet=True)
    look = Column("finding", "Finding", lambda site: looked_at(site, links), facet=True)
    return (*COLUMNS[:BEFORE], fate, look, *COLUMNS[BEFORE:])


def looked_at(site: Site, links: Links) -> str:
    """Say by which rules a site deserves a look."""
    return ", ".join(dict.fromkeys(link.text for link in links.looks.get(site.location, ())))


def tabulate(sites: Sequence[Site], links: Links, further: tuple[Column, ...] = ()) -> Table:
    """Turn sites into columns."""
    heads = (*columns(links), *further)
    said = {column.key: [escape(column.say(site)) for site in sites] for column in heads}
    words = {key: sorted(set(values), key=order) for key, values in said.items()}
    ranks = {key: {word: rank for rank, word in enumerate(known)} for key, known in words.items()}
    numbers = {key: [ranks[key][value] for value in values] for key, values in said.items()}
    numbers["line"] = [site.location.line for site in sites]
    places = {escape(site.location.path): links.line(site.location.path, 1).href for site in sites}
    pages = [places[path] for path in words["path"]]
    several = ((ranks["path"].get(escape(path)), each.lines) for path, each in links.files.items() if each.number > 1)
    split = {rank: lines for rank, lines in several if rank is not None}
    return Table(heads, words, tuple(chunks(numbers, len(sites))), pages, split)


def order(word: str) -> tuple[int, str, str]:
    """Order words without regard to case, and numbers by what they count."""
    digits = word.replace(",", "")
    return int(digits) if digits.isdecimal() else -1, word.lower(), word


def chunks(numbers: dict[str, list[int]], total: int) -> Iterator[dict[str, Any]]:
    """Divide columns into files."""
    for first in range(0, total, CHUNK):
        parts = {key: pack(values[first : first + CHUNK]) for key, values in numbers.items()}
        yield {"first": first, "sites": min(CHUNK, total - first), "columns": parts}


def pack(values: list[int]) -> dict[str, list[int]]:
    """Write values as runs of equal ones, where that is shorter."""
    runs = [part for value, group in groupby(values) for part in (value, sum(1 for _ in group))]
    return {"runs": runs} if len(runs) < len(values) else {"each": values}
