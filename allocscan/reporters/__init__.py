"""One module per format; each offers `report(report, stream, read)`."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TextIO

from allocscan.model import Report

Read = Callable[[str], bytes]
"""Give the content of a scanned file; empty when it can no longer be read."""

Reporter = Callable[[Report, TextIO, Read], None]
"""Write a report to a stream, in colour where the stream says that it is a terminal."""

FORMATS: Mapping[str, str] = {
    "terminal": "a summary for a person, on one screen",
    "grep": "a line per site: path:line:column: source line",
    "jsonl": "JSON Lines, an object per line, for programs that read along",
    "json": "one JSON object",
}
"""The formats, each named like its module, and what they are."""


def reporter(name: str) -> Reporter:
    """Import the reporter of one format."""
    chosen: Reporter = import_module(f"{__name__}.{name}").report
    return chosen
