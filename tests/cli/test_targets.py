"""`allocscan targets`."""

from pathlib import Path

import pytest

from allocscan import sources
from allocscan.cli.targets import amount, listing
from allocscan.errors import ExitCode, SourceError
from allocscan.sources import KnownTarget, Settings, clones
from allocscan.sources.clones import Clone
from tests.cli.conftest import Run

KNOWN = (
    KnownTarget("redis", "https://example.org/redis", "src", "a store"),
    KnownTarget("vim", "https://example.org/vim"),
)
CLONE = Clone("redis", KNOWN[0].url, "0123456789abcdef", "2024-05-06T07:08:09Z", 12_345_678, Path("x"), ("HEAD", "v2"))


@pytest.fixture(autouse=True)
def _places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Look at no cache and no configuration but those of the test."""
    monkeypatch.setattr(sources, "default_cache", lambda: tmp_path / "cache")
    monkeypatch.setattr(sources, "default_config", lambda: tmp_path / "config.toml")


def test_known_targets_are_listed_with_their_clones() -> None:
    assert list(listing(KNOWN, (CLONE,), ("leak",))) == [
        "redis      0123456789ab of 2024-05-06, 12.3 MB, also at v2",
        "           a store",
        "           https://example.org/redis, reported: src",
        "",
        "vim        not cloned",
        "           https://example.org/vim",
        "",
        "Samples that came with allocscan: leak",
    ]


def test_other_clones_are_listed_too() -> None:
    fork = Clone("redis", "https://example.net/redis", "", "", 7, Path("y"))
    other = Clone("other", "https://example.net/other", "", "", 7, Path("z"))
    lines = list(listing(KNOWN, (CLONE, fork, other), ()))
    assert "           https://example.net/redis" in lines
    assert "other      7 bytes" in lines


def test_the_known_targets_are_there(ran: Run) -> None:
    shown = ran("targets")
    assert (shown.code, shown.errors) == (ExitCode.OK, "")
    assert {line.split()[0] for line in shown.output.splitlines() if line[:1].isalpha()} >= {"deluge", "redis", "vim"}


def test_a_users_own_targets_are_listed(ran: Run, tmp_path: Path) -> None:
    own = '[targets.mine]\nurl = "https://example.org/mine"\nlook = "at\\u001bthis"\n'
    (tmp_path / "config.toml").write_text(own, encoding="utf-8")
    shown = ran("targets").output
    assert "mine       not cloned" in shown
    assert r"at\x1bthis" in shown


def test_clones_are_removed(ran: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    removed: list[str] = []

    def remove(name: str, settings: Settings) -> Clone:
        removed.append(name)
        return CLONE

    monkeypatch.setattr(clones, "remove", remove)
    shown = ran("targets", "--remove", "redis", "--remove", "vim")
    assert removed == ["redis", "vim"]
    assert shown.output.startswith("removed the clone of redis, 12.3 MB\n")


def test_what_is_not_cloned_cannot_be_removed(ran: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def remove(name: str, settings: Settings) -> Clone:
        raise SourceError(f"there is no clone of {name!r}")

    monkeypatch.setattr(clones, "remove", remove)
    assert ran("targets", "--remove", "vim").code == ExitCode.ERROR


@pytest.mark.parametrize(
    ("size", "written"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (123_456, "123 kB"),
        (12_345_678, "12.3 MB"),
        (7 * 10**12, "7.0 TB"),
        (7 * 10**15, "7000.0 TB"),
    ],
)
def test_amounts_are_short(size: int, written: str) -> None:
    assert amount(size) == written
