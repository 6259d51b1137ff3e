"""A page that is longer than the window is shown by a pager, as Git does it."""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from io import StringIO
from typing import TextIO, cast

from allocscan.cli.console import Screen, screen
from allocscan.cli.recording import current

PAGERS = ("ALLOCSCAN_PAGER", "PAGER")
"""The variables that name a pager, the first one first."""
DEFAULT = "less"
NONE = frozenset(("", "cat"))
"""What says that there is to be none."""
MANNERS = {"LESS": "FRX", "LV": "-c"}
"""How pagers are told to show colours and to leave what they showed, unless told otherwise."""


class Page(Screen):
    """What a terminal is to show, collected; it is as wide as the terminal."""

    def fileno(self) -> int:
        """Stand for the terminal where someone asks about it."""
        return sys.stdout.fileno()


@contextmanager
def paged(wanted: bool) -> Iterator[TextIO]:
    """Give standard output; on a terminal, show it by a pager when it is long."""
    current().paged = wanted
    pager = pager_of(os.environ) if wanted and sys.stdout.isatty() else ""
    if not pager:
        yield screen()
        sys.stdout.flush()
        return
    kept = StringIO()
    try:
        yield cast(TextIO, Page(current().copied(kept), os.environ))
    except BaseException:
        sys.stdout.write(kept.getvalue())
        raise
    show(kept.getvalue(), pager)


def pager_of(environment: Mapping[str, str]) -> str:
    """Say which pager is wanted; none on a terminal that cannot move its cursor, or where there is none."""
    named = next((environment[name] for name in PAGERS if name in environment), None)
    pager = named if named is not None else shutil.which(DEFAULT) or ""
    return "" if pager.strip() in NONE or environment.get("TERM") == "dumb" else pager


def show(text: str, pager: str) -> None:
    """Show a text at once where it fits the window, or else by a pager, if that can be started."""
    long = text.count("\n") >= shutil.get_terminal_size().lines
    if not (long and run(text, pager)):
        sys.stdout.write(text)
        sys.stdout.flush()


def run(text: str, pager: str) -> bool:
    """Let a pager show a text; tell whether it could be started."""
    environment = {**MANNERS, **os.environ}
    import subprocess

    with subprocess.Popen(pager, shell=True, stdin=subprocess.PIPE, env=environment) as process:
        # Ctrl-C is for the pager while it is there.
        with suppress(KeyboardInterrupt):
            process.communicate(text.encode("utf-8", "backslashreplace"))
        while process.poll() is None:
            with suppress(KeyboardInterrupt):
                process.wait()
    return process.returncode != 127
