"""The tree whose steps are timed."""

from pathlib import Path

import pytest

from allocscan.data import folder


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take a tree; a sample serves to see that everything works."""
    parser.addoption("--tree", default=str(folder("sample_repos") / "key-value-server"), help="the folder to read")


@pytest.fixture(scope="session")
def place(request: pytest.FixtureRequest) -> Path:
    """Give the folder to read."""
    return Path(request.config.getoption("--tree"))
