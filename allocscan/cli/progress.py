"""Progress on standard error, while that is a terminal."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

Update = Callable[[str, int, int | None], None]
"""Is told the stage, how much is done, and of how much if that is known."""

INTERVAL = 0.1
"""Seconds between two pictures; what is done sooner shows none at all."""


@contextmanager
def shown_progress(quiet: bool) -> Iterator[Update]:
    """Show progress while the block runs, and leave no trace of it."""
    if quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield silent
        return
    stages = Stages()
    try:
        yield stages.update
    finally:
        stages.display.stop()


def silent(_stage: str, _done: int, _total: int | None) -> None:
    """Show nothing."""


def progress_display() -> "Progress":
    """Make a display of a line per stage, without a thread of its own, so that processes can be forked safely."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True)


class Stages:
    """The stages that were seen so far, each a line of the display."""

    def __init__(self) -> None:
        self.display = progress_display()
        self.next = monotonic() + INTERVAL

    def update(self, stage: str, done: int, total: int | None) -> None:
        """Say how far a stage is, and show it now and then."""
        known = [task.id for task in self.display.tasks if task.description == stage]
        task = known[0] if known else self.display.add_task(stage)
        self.display.update(task, completed=done, total=total)
        if monotonic() >= self.next:
            self.display.start()
            self.display.refresh()
            self.next = monotonic() + INTERVAL
