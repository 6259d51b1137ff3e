"""Long pages, links and widths, on a terminal of our own."""

import os
import pty
import re
import struct
import subprocess
import sys
from collections.abc import Callable
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

import pytest

from allocscan.cli.console import knows_links
from allocscan.cli.pager import pager_of

ROOT = Path(__file__).parent.parent.parent
UNSET = ("NO_COLOR", "FORCE_COLOR", "LESS", "LINES", "COLUMNS", "ALLOCSCAN_PAGER")
PAGER = f"{sys.executable} -c 'import sys; sys.stdout.write(\"PAGED \" + sys.stdin.read())'"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a program."""
    (tmp_path / "main.c").write_text("#include <stdlib.h>\nvoid f(void) { free(malloc(1)); }\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def shown() -> Callable[..., str]:
    """Run the program on a terminal of some size, and give what it shows."""

    def run(*arguments: str, lines: int = 50, columns: int = 80, **environment: str) -> str:
        controlling, terminal = pty.openpty()
        ioctl(terminal, TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        clean = {name: value for name, value in os.environ.items() if name not in UNSET}
        ended = subprocess.Popen(
            [sys.executable, "-m", "allocscan", *arguments],
            cwd=ROOT,
            stdout=terminal,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            env={**clean, "TERM": "xterm", "PAGER": PAGER, **environment},
        )
        os.close(terminal)
        text = b"".join(iter(lambda: received(controlling), b"")).decode("utf-8")
        os.close(controlling)
        assert ended.wait() == 0
        return text.replace("\r\n", "\n")

    return run


def received(controlling: int) -> bytes:
    """Read what a program has written to its terminal; nothing once it has ended."""
    try:
        return os.read(controlling, 1 << 16)
    except OSError:
        return b""


def plain(text: str) -> str:
    """Take colours and links away."""
    return re.sub(r"\x1b\[[\d;]*m|\x1b\]8;;[^\x1b]*\x1b\\", "", text)


def test_a_long_page_is_paged(folder: Path, shown: Callable[..., str]) -> None:
    whole = shown(str(folder))
    assert not whole.startswith("PAGED")
    assert shown(str(folder), lines=8) == f"PAGED {whole}"
    assert shown(str(folder), "--no-pager", lines=8) == whole
    assert shown(str(folder), lines=8, PAGER="cat") == whole
    assert plain(shown(str(folder), lines=8, PAGER="no-such-pager")).endswith(plain(whole))


def test_answers_are_paged_and_lines_are_not(folder: Path, shown: Callable[..., str]) -> None:
    assert shown("explain", "malloc", str(folder), lines=4).startswith("PAGED")
    assert "PAGED" not in shown("find", "malloc", str(folder), lines=1)


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("colour", [{}, {"NO_COLOR": "1"}])
def test_a_page_is_as_wide_as_the_terminal(
    columns: int, colour: dict[str, str], folder: Path, shown: Callable[..., str]
) -> None:
    text = shown(str(folder), "-q", columns=columns, **colour)
    assert ("\x1b[" in text) is not bool(colour)
    place = str(folder)[-columns + 1 :]
    assert max(len(line) for line in plain(text).splitlines() if place[-20:] not in line) <= columns


@pytest.mark.parametrize("line", ["allocators", "explain kv_alloc", "types"])
def test_answers_fit_narrow_windows(line: str, shown: Callable[..., str]) -> None:
    text = plain(shown(*line.split(), "key-value-server", "--no-pager", columns=40))
    assert max(map(len, text.splitlines())) <= 40
    assert "kv_" in text


def test_places_are_links_where_the_terminal_knows_them(folder: Path, shown: Callable[..., str]) -> None:
    link = f"\x1b]8;;{(folder / 'main.c').as_uri()}\x1b\\"
    assert link in shown("find", "malloc", str(folder), FORCE_HYPERLINK="1")
    assert link in shown("explain", "malloc", str(folder), FORCE_HYPERLINK="1")
    (folder / "broken.c").write_text("int f(void) { @@@ malloc( }\n", encoding="utf-8")
    broken = f"\x1b]8;;{(folder / 'broken.c').as_uri()}\x1b\\"
    assert broken in shown("scan", str(folder), "--no-pager", FORCE_HYPERLINK="1")
    assert "\x1b]8" not in shown("find", "malloc", str(folder), FORCE_HYPERLINK="0")
    assert "\x1b]8" not in shown("find", "malloc", str(folder), FORCE_HYPERLINK="1", NO_COLOR="1")


def test_there_are_no_links_in_pipes(folder: Path) -> None:
    line = [sys.executable, "-m", "allocscan", "find", "malloc", str(folder)]
    environment = {**os.environ, "FORCE_COLOR": "1", "FORCE_HYPERLINK": "1"}
    written = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    assert "\x1b[" in written
    assert "\x1b]8" not in written


@pytest.mark.parametrize(
    ("environment", "pager"),
    [
        ({"PAGER": "more"}, "more"),
        ({"PAGER": "more", "ALLOCSCAN_PAGER": "most -s"}, "most -s"),
        ({"PAGER": ""}, ""),
        ({"PAGER": "cat"}, ""),
        ({"PAGER": "more", "ALLOCSCAN_PAGER": ""}, ""),
        ({"PAGER": "more", "TERM": "dumb"}, ""),
    ],
)
def test_the_environment_names_the_pager(environment: dict[str, str], pager: str) -> None:
    assert pager_of(environment) == pager


@pytest.mark.parametrize(
    ("environment", "known"),
    [
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7006"}, True),
        ({"TERM_PROGRAM": "vscode"}, True),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, False),
        ({"FORCE_HYPERLINK": "1"}, True),
        ({}, False),
    ],
)
def test_terminals_that_know_links_are_known(environment: dict[str, str], known: bool) -> None:
    assert knows_links(environment) is known
