"""Reports, and golden files to hold formats against."""

from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from allocscan.model import Report, Source
from allocscan.reporters import FORMATS, writing
from tests.reporters.sample import REPORT, Terminal, read

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden files be written anew."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files of the reporters anew")


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


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Hold a text against a golden file, or write that file anew."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden", default=False):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"{name}: see --update-golden"

    return compare
