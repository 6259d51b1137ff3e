"""Reports, and what writes them."""

from collections.abc import Callable
from dataclasses import replace
from io import StringIO

import pytest

from allocscan.model import Report, Source
from allocscan.reporters import FORMATS, writing
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
def written() -> Callable[..., str]:
    """Write a report in a format."""

    def write(report: Report, name: str, *, colour: bool = False) -> str:
        stream = Terminal() if colour else StringIO()
        with writing(FORMATS[name], stream) as write_report:
            write_report(report, read)
        return stream.getvalue()

    return write
