"""A report as pages that people open."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from allocscan.errors import AllocscanError
from allocscan.model import Report
from allocscan.reporters import Read, Write


@contextmanager
def writing(stream: TextIO, version: str = "") -> Iterator[Write]:
    """Give what writes a report as one page; a second one has no place there."""
    from allocscan.reporters.html.single import single_page

    written: list[Report] = []

    def write(report: Report, _read: Read) -> None:
        if written:
            raise AllocscanError(
                "a page holds the report of one target; write several pages, or folders: --html FOLDER"
            )
        written.append(report)
        stream.write(single_page(report, version))

    yield write
