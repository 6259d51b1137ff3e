"""Runs inside of a traced interpreter, under the name `sitecustomize`: a snapshot is written when the program ends."""

import atexit
import os
import sys
import tracemalloc
from contextlib import suppress
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
NAME = "sitecustomize"


def leave() -> None:
    """Write what is held."""
    snapshot = tracemalloc.take_snapshot()
    tracemalloc.stop()
    snapshot.dump(str(FOLDER / f"log.{os.getpid()}"))


def give_way() -> None:
    """Let the interpreter's own file of that name, if there is one, do what it does."""
    sys.path[:] = [place for place in sys.path if Path(place).resolve() != FOLDER]
    sys.modules.pop(NAME, None)
    with suppress(ImportError):
        import_module(NAME)


if tracemalloc.is_tracing():
    atexit.register(leave)
    give_way()
