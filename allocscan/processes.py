"""Work is spread over the processes of an executor, on whatever machine those are."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

from allocscan.errors import AllocscanError
from allocscan.garbage import collect_seldom

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

P = ParamSpec("P")
W = TypeVar("W")
R = TypeVar("R")
S = TypeVar("S")

BATCH_BYTES = 2**17
"""Content that one task takes."""
WORTHWHILE_BYTES = 2**21
"""Content for which processes are worth their start."""
IN_FLIGHT = 64
"""Tasks that wait or run at once, at least; what comes later is not even made before."""
AHEAD = 4
"""Tasks at once for each processor, so that none waits for the next one."""
LOOK = 5
"""Seconds without any answer, after which somebody looks whether there can be one."""


class Executor(Protocol):
    """What runs tasks elsewhere, as an executor of `concurrent.futures` does."""

    def share(self, value: S) -> S:
        """Give what stands for a value that many tasks are given; it need not travel with each of them."""

    @property
    def processors(self) -> int:
        """Count what can work at once."""

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        """Begin a task."""

    def check(self) -> None:
        """Raise AllocscanError where nobody is left to do a task."""


class Processes:
    """Processes on this machine, which start with their first task."""

    def __init__(self, jobs: int) -> None:
        self.processors = jobs

    @cached_property
    def executor(self) -> "ProcessPoolExecutor":
        """Start them."""
        from concurrent.futures import ProcessPoolExecutor

        return ProcessPoolExecutor(self.processors, initializer=collect_seldom)

    def share(self, value: S) -> S:
        """Give the value itself: it does not travel far."""
        return value

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        """Begin a task."""
        return self.executor.submit(fn, *args, **kwargs)

    def check(self) -> None:
        """Do nothing: the death of a process ends its tasks."""


@contextmanager
def processes(jobs: int) -> Iterator[Executor | None]:
    """Give an executor of processes; None where there is to be one only."""
    given = Processes(jobs)
    try:
        yield given if jobs > 1 else None
    finally:
        if "executor" in vars(given):
            given.executor.shutdown(cancel_futures=True)


def spread(
    act: Callable[[S, list[W]], list[R]], shared: S, tasks: Iterator[list[W]], executor: Executor
) -> Iterator[R]:
    """Do tasks, which share a value, wherever the executor does them, and yield what comes of them in any order."""
    from concurrent.futures import BrokenExecutor

    given = executor.share(shared)
    at_once = max(IN_FLIGHT, AHEAD * executor.processors)
    running = {executor.submit(act, given, task) for task in islice(tasks, at_once)}
    try:
        while running:
            done = first_of(running, executor)
            running -= done
            running |= {executor.submit(act, given, task) for task in islice(tasks, len(done))}
            for task in done:
                yield from task.result()
    except BrokenExecutor:
        raise AllocscanError(
            "a process that read files has died: for want of memory, or of what a file holds"
        ) from None
    finally:
        cancel(running)


def first_of(running: Collection["Future[R]"], executor: Executor) -> set["Future[R]"]:
    """Wait until some tasks are done, while there is somebody who can do them."""
    from concurrent.futures import FIRST_COMPLETED, wait

    while not (done := wait(running, LOOK, FIRST_COMPLETED).done):
        executor.check()
    return done


def cancel(tasks: Iterable["Future[Any]"]) -> None:
    """Take back what has not begun."""
    for task in tasks:
        task.cancel()


def batches(work: Iterable[W], weigh: Callable[[W], int]) -> Iterator[list[W]]:
    """Join small pieces of work to tasks that are worth sending."""
    batch: list[W] = []
    size = 0
    for item in work:
        batch.append(item)
        size += weigh(item)
        if size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
