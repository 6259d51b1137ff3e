"""Work is spread over the processes of an executor, on whatever machine those are."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

W = TypeVar("W")
R = TypeVar("R")

BATCH_BYTES = 2**17
"""Content that one task takes."""
WORTHWHILE_BYTES = 2**21
"""Content for which processes are worth their start."""
IN_FLIGHT = 64
"""Tasks that wait or run at once; what comes later is not even made before."""


@contextmanager
def processes(jobs: int) -> Iterator["Executor | None"]:
    """Give an executor of processes, which start with its first task; None where there is to be one only."""
    if jobs == 1:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor

    # Facts have no cycles, and looking for some takes a tenth of the time.
    executor = ProcessPoolExecutor(jobs, initializer=gc.disable)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def spread(act: Callable[[list[W]], list[R]], tasks: Iterator[list[W]], executor: "Executor") -> Iterator[R]:
    """Do tasks wherever the executor does them, and yield what comes of them in any order."""
    from concurrent.futures import FIRST_COMPLETED, wait

    running = {executor.submit(act, task) for task in islice(tasks, IN_FLIGHT)}
    try:
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            running |= {executor.submit(act, task) for task in islice(tasks, len(done))}
            for task in done:
                yield from task.result()
    finally:
        cancel(running)


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
