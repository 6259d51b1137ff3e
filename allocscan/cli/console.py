"""Where a command's words go: standard output, a file that is whole or absent, and standard error."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO, cast

from allocscan.cli.recording import current
from allocscan.errors import AllocscanError

STANDARD = "-"
"""How standard output is named where a file is expected."""

LINKING = ("alacritty", "foot", "ghostty", "iTerm.app", "vscode", "WezTerm", "wezterm", "xterm-ghostty", "xterm-kitty")
"""Terminals that know links, by what TERM begins with or TERM_PROGRAM says."""
LINKING_VARIABLES = ("VTE_VERSION", "KONSOLE_VERSION", "WT_SESSION", "DOMTERM")
"""What others that do put into the environment."""


class Screen:
    """A stream that says that it is a terminal exactly where colour is wanted."""

    def __init__(self, stream: TextIO, environment: Mapping[str, str]) -> None:
        self.stream = stream
        self.coloured = wants_colour(sys.stdout, environment)
        self.linking = self.coloured and sys.stdout.isatty() and knows_links(environment)

    def isatty(self) -> bool:
        """Tell whether colour is wanted."""
        return self.coloured

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


@contextmanager
def output(path: str | None) -> Iterator[TextIO]:
    """Open standard output, or a file by its path."""
    if path and path != STANDARD:
        with whole_file(Path(path)) as stream:
            yield stream
    else:
        yield screen()
        sys.stdout.flush()


def accept_all_characters() -> None:
    """Let standard output show what its encoding lacks as escapes."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def screen() -> TextIO:
    """Give standard output, with a decision on colour."""
    return cast(TextIO, Screen(current().copied(sys.stdout), os.environ))


def wants_colour(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Decide on colour as NO_COLOR and FORCE_COLOR say, or else as the terminal can."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return stream.isatty() and environment.get("TERM") != "dumb"


def knows_links(environment: Mapping[str, str]) -> bool:
    """Tell whether a terminal is known to show links; FORCE_HYPERLINK says it for those that are not."""
    if "FORCE_HYPERLINK" in environment:
        return environment["FORCE_HYPERLINK"] not in ("", "0")
    named = environment.get("TERM", "").startswith(LINKING) or environment.get("TERM_PROGRAM", "") in LINKING
    return named or any(name in environment for name in LINKING_VARIABLES)


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """Write a file under another name, and give it its own once it is whole."""
    if is_special(path):
        # A device or a pipe keeps its place.
        with opened(path, path) as stream:
            yield stream
        return
    with whole_path(path) as part, opened(part, path) as stream:
        yield stream


def is_special(path: Path) -> bool:
    """Tell whether something is there that is no ordinary file."""
    return path.exists() and not path.is_file()


@contextmanager
def whole_path(path: Path) -> Iterator[Path]:
    """Give another path to write a file to, and the file its own name once it is whole."""
    if is_special(path):
        raise AllocscanError(f"cannot write {path}: not an ordinary file")
    # A symbolic link goes on pointing to what it points to.
    target = path.resolve()
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        opened(part, path).close()
        yield part
        part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink()


def opened(path: Path, wanted: Path) -> TextIO:
    """Open a file for writing; say of the file that is wanted why it cannot be."""
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise AllocscanError(f"cannot write {wanted}: {error.strerror}") from None


def say(message: str) -> None:
    """Tell a person something on standard error, in one line."""
    from allocscan.reporters.wording import escape

    line = escape(" ".join(message.split()))
    current().note(f"{line}\n", beside=True)
    print(line, file=sys.stderr)


def abandon_output() -> None:
    """Let what is still to be written vanish: nobody reads it, or there is no room for it."""
    with suppress(OSError), Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def columns(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Lay rows out in columns; those that end in a number stand to the right."""
    from allocscan.reporters.wording import escape

    table = [aligned(tuple(map(escape, column))) for column in zip(*rows, strict=True)]
    return ["  ".join(row).rstrip() for row in zip(*table, strict=True)]


def aligned(cells: tuple[str, ...]) -> list[str]:
    """Make the cells of a column equally wide."""
    width = max(map(len, cells))
    return [cell.rjust(width) if cells[-1][:1].isdigit() else cell.ljust(width) for cell in cells]
