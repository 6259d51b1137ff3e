"""Runs inside of a traced interpreter, under the name `sitecustomize`: a snapshot is written when the program ends."""

import atexit
import os
import sys
import tracemalloc
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
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
    spec = PathFinder.find_spec(NAME)
    if spec and spec.loader:
        spec.loader.exec_module(module_from_spec(spec))


if tracemalloc.is_tracing():
    # What a process was given by its parent is the parent's affair.
    os.register_at_fork(after_in_child=tracemalloc.clear_traces)
    atexit.register(leave)
    give_way()
