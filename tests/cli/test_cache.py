"""`allocscan cache`, and what scans remember."""

from pathlib import Path

import pytest

from allocscan import sources
from allocscan.errors import ExitCode
from allocscan.store.cache import Cache
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def nothing_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin without a cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))


def held() -> int:
    """Count what is remembered."""
    return Cache(sources.default_store()).held()[0]


def test_the_cache_is_shown_and_cleared(ran: Run, sources_of_c: Path) -> None:
    assert ran("cache").output == f"{sources.default_store()}\n0 results, 0 bytes of at most 1.1 GB\n"
    first = ran(str(sources_of_c), "--format", "jsonl").output
    assert ran(str(sources_of_c), "--format", "jsonl").output == first
    assert f"\n{held()} results, " in ran("cache").output
    assert ran("cache", "--clear").output.startswith("forgot ")
    assert held() == 0


def test_nothing_is_remembered_where_nothing_shall_be(ran: Run, sources_of_c: Path) -> None:
    assert ran(str(sources_of_c), "--no-cache").code == ExitCode.OK
    assert held() == 0
    assert not Path(sources.default_store()).exists()


def test_no_home_is_no_error(ran: Run, sources_of_c: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(_name: str) -> Path:
        raise RuntimeError

    expected = ran(str(sources_of_c)).output
    monkeypatch.setattr("platformdirs.user_cache_path", homeless)
    monkeypatch.setattr("platformdirs.user_config_path", homeless)
    assert ran(str(sources_of_c)).output == expected
    assert ran("cache").output.endswith("\n0 results, 0 bytes of at most 1.1 GB\n")
