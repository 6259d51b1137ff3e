"""Files become facts, each by itself: in this process, or spread over an executor's."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from allocscan.extract import extract
from allocscan.languages import Language
from allocscan.model import FileFacts
from allocscan.sources import Progress, SourceTree

W = TypeVar("W")
R = TypeVar("R")

Work = tuple[str, bytes, Language]
"""A file's path, content and language."""

BATCH_BYTES = 2**17
"""Content that one task takes."""
WORTHWHILE_BYTES = 2**21
"""Content for which processes are worth their start."""
IN_FLIGHT = 64
"""Tasks that wait or run at once; what comes later is not even read before."""


@contextmanager
def processes(jobs: int) -> Iterator[Executor | None]:
    """Give an executor of processes, which start with its first task; None where there is to be one only."""
    if jobs == 1:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor

    executor = ProcessPoolExecutor(jobs)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def gather(
    tree: SourceTree, languages: Mapping[str, Language], executor: Executor | None, progress: Progress
) -> list[FileFacts]:
    """Extract the facts of all files that have a language, largest first, in the order of their paths."""
    files = sorted((file for file in tree.files if file.path in languages), key=lambda file: (-file.size, file.path))
    work = ((path, content, languages[path]) for path, content in tree.read(file.path for file in files))
    shared = executor if sum(file.size for file in files) >= WORTHWHILE_BYTES else None
    facts = []
    for done, result in enumerate(
        spread(extract_batch, batches(work, weight), shared) if shared else (extract(*item) for item in work), 1
    ):
        facts.append(result)
        progress("scanning", done, len(files))
    return sorted(facts, key=lambda result: result.path)


def spread(act: Callable[[list[W]], list[R]], tasks: Iterator[list[W]], executor: Executor) -> Iterator[R]:
    """Do tasks wherever the executor does them, and yield what comes of them in any order."""
    running = {executor.submit(act, task) for task in islice(tasks, IN_FLIGHT)}
    try:
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            running |= {executor.submit(act, task) for task in islice(tasks, len(done))}
            for task in done:
                yield from task.result()
    finally:
        cancel(running)


def cancel(tasks: Iterable[Future[Any]]) -> None:
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


def weight(work: Work) -> int:
    """Give the size of a file."""
    return len(work[1])


def extract_batch(batch: list[Work]) -> list[FileFacts]:
    """Extract the facts of several files."""
    return [extract(*item) for item in batch]
