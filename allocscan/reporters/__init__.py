"""The formats, a module for each.

A module offers `report(report, stream, read)`, which writes one report to a stream. A format that is `framed` offers
`writing(place)` instead: a context in which any number of reports become one document.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from itertools import chain, repeat
from pathlib import Path
from typing import Any, TextIO, cast

from allocscan.model import Report
from allocscan.remembered.renewal import Shown

Read = Callable[[str], bytes]
"""Give the content of a scanned file; empty when it can no longer be read."""

Reporter = Callable[[Report, TextIO, Read], None]
"""Write a report to a stream, in colour where the stream says that it is a terminal."""

Write = Callable[[Report, Read], None]
"""Write a report to where it goes."""

Place = TextIO | Path
"""Where reports go."""


class Medium(StrEnum):
    """What a format is written to."""

    TEXT = "text"
    """A stream, which may also be standard output."""
    FILE = "file"
    """A file of its own, given by its path; it takes the place of an older one once it is whole."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write reports."""

    name: str
    """That of its module too."""
    what: str
    suffixes: tuple[str, ...] = ()
    """What the names of its files end in, in lower case."""
    medium: Medium = Medium.TEXT
    framed: bool = False
    """Several reports become one document, and are not just written one after the other."""
    between: str = ""
    """What stands between two reports that are."""
    settings: tuple[str, ...] = ()
    """What a framed format can be told beside."""
    shows: Shown = Shown.OUTLINES
    """What of the scanned files can change what is written."""
    parts: tuple[str, ...] = ()
    """The parts of a report that it looks at; all when empty."""


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format("terminal", "a summary for a person, on one screen", between="\n"),
        Format("grep", "a line per site: path:line:column: source line", shows=Shown.LINES, parts=("sites",)),
        Format("jsonl", "JSON Lines, an object per line, for programs that read along", (".jsonl", ".ndjson")),
        Format("json", "one JSON object", (".json",)),
        Format("csv", "a row for each site, for spreadsheets", (".csv",), framed=True, parts=("sites",)),
        Format(
            "sarif",
            "findings for code scanning",
            (".sarif", ".sarif.json"),
            framed=True,
            settings=("inventory", "version"),
        ),
        Format("markdown", "a summary to paste", (".md", ".markdown"), between="\n"),
        Format(
            "html", "one page for a browser", (".html", ".htm"), framed=True, settings=("version",), shows=Shown.TEXT
        ),
        Format("dot", "the family tree of the allocators, for Graphviz", (".dot", ".gv")),
        Format("mermaid", "the same for Markdown that draws", (".mmd", ".mermaid")),
        Format("sqlite", "a database of it all", (".sqlite", ".sqlite3", ".db"), Medium.FILE, framed=True),
    )
}
"""The formats by name."""


def by_suffix(path: str) -> Format | None:
    """Say which format a file has, as far as its name tells."""
    name = path.lower()
    fitting = [(suffix, each) for each in FORMATS.values() for suffix in each.suffixes if name.endswith(suffix)]
    return max(fitting, key=lambda found: len(found[0]))[1] if fitting else None


@contextmanager
def writing(form: Format, place: Place, **settings: Any) -> Iterator[Write]:
    """Give what writes reports in a format to one place; they are whole when the block ends."""
    module = import_module(f"{__name__}.{form.name}")
    if form.framed:
        with module.writing(place, **{name: settings[name] for name in form.settings if name in settings}) as write:
            yield write
    else:
        yield in_turn(module.report, cast(TextIO, place), form.between)


def in_turn(report: Reporter, stream: TextIO, between: str) -> Write:
    """Write reports one after the other, and each as soon as it is there."""
    separators = chain(("",), repeat(between))

    def write(shown: Report, read: Read) -> None:
        stream.write(next(separators))
        report(shown, stream, read)
        stream.flush()

    return write
