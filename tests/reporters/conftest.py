"""Reports, and what writes them."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from allocscan.model import Report, Source
from allocscan.reporters import FORMATS, Medium, writing
from tests.reporters.sample import REPORT, Terminal, read


@pytest.fixture
def report() -> Report:
    """A report of a clone."""
    return REPORT


@pytest.fixture
def local_report() -> Report:
    """The same of a folder."""
    return replace(REPORT, source=Source("store", "../store", local=True))


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., str]:
    """Write a report in a format; a database is given as the statements that make it."""

    def write(report: Report, name: str, *, colour: bool = False) -> str:
        if FORMATS[name].medium is Medium.FILE:
            return dumped(report, name, tmp_path / "written")
        stream = Terminal() if colour else StringIO(newline="")
        with writing(FORMATS[name], stream) as write_report:
            write_report(report, read)
        return stream.getvalue()

    return write


def dumped(report: Report, name: str, path: Path) -> str:
    """Write a database, and give the statements that make it."""
    path.unlink(missing_ok=True)
    with writing(FORMATS[name], path) as write_report:
        write_report(report, read)
    with closing(sqlite3.connect(path)) as database:
        return "".join(f"{line}\n" for line in database.iterdump())
