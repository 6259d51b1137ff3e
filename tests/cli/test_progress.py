"""Progress on standard error."""

import io
import os
import pty

import pytest

from allocscan.cli import progress
from allocscan.cli.progress import shown_progress, silent


@pytest.mark.parametrize("quiet", [False, True])
def test_nothing_is_shown_where_nobody_watches(quiet: bool, capsys: pytest.CaptureFixture[str]) -> None:
    with shown_progress(quiet) as update:
        assert update is silent
        update("scanning", 1, 2)
    assert capsys.readouterr() == ("", "")


def shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch, interval: float) -> str:
    """Run through some stages, and give what a terminal was sent."""
    master, slave = pty.openpty()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "INTERVAL", interval)
    with os.fdopen(slave, "w") as stream:
        monkeypatch.setattr("sys.stderr", stream)
        with shown_progress(quiet=False) as update:
            update("receiving", 1, None)
            update("scanning [bold]", 1, 2)
            update("scanning [bold]", 2, 2)
        stream.write("end")
        stream.flush()
        shown = b""
        while not shown.endswith(b"end"):
            shown += os.read(master, 2**16)
    os.close(master)
    return shown.decode()


def test_stages_are_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = shown_on_a_terminal(monkeypatch, 0)
    assert "receiving" in shown
    assert "scanning [bold]" in shown
    assert "2/2" in shown


def test_what_is_done_at_once_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown_on_a_terminal(monkeypatch, 1e9) == "end"


def test_quiet_is_quiet_on_a_terminal_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Watched(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Watched()
    monkeypatch.setattr("sys.stderr", stream)
    with shown_progress(quiet=True) as update:
        update("scanning", 1, 2)
    assert stream.getvalue() == ""
