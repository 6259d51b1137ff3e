"""A cluster's workers clone and scan whole targets for themselves, where those are not too large for one of them."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from typing import NamedTuple

from allocscan import sources
from allocscan.cli.progress import Update, silent
from allocscan.cli.reports import Run, opened_tree, parsed, reported
from allocscan.errors import AllocscanError, SourceError
from allocscan.filters import select
from allocscan.model import Report
from allocscan.processes import AHEAD, Executor, first_of
from allocscan.remembered import recall
from allocscan.reporters.records import FORMAT_VERSION
from allocscan.store.cache import Cache
from allocscan.store.digests import digest
from allocscan.store.packing import pack, unpack

LARGEST = 64 * 2**20
"""Bytes to scan that one worker may have for itself; the files of what is larger are spread over all of them."""
WITHOUT_KEYS = ("https://", "http://", "git://")
"""What a worker can reach as well as this machine, for it has not the keys of whoever types the command."""


class Answer(NamedTuple):
    """What came of a target: a key that names the report, and the report, unless that was known."""

    key: str
    report: Report | None


Sent = tuple[str, bytes]
"""An answer on its way between machines; no bytes are no report."""
Ask = Callable[[], Answer | None]
"""Waits for what a worker says of a target; None where it has to be scanned from here."""


def look(tree: sources.SourceTree, known: str, run: Run, executor: Executor | None, progress: Update) -> Answer:
    """Scan a tree, unless what is known of it is what a scan would report."""
    key = key_of(tree, run)
    if key == known:
        return Answer(key, None)
    return Answer(key, select(reported(tree, run, executor, progress), run.options.selection))


def key_of(tree: sources.SourceTree, run: Run) -> str:
    """Name what a scan of this very tree would put into the result."""
    named = recall.name(tree, run.languages, run.catalogues, run.options.configured, run.store)
    return digest(named, repr(run.options.selection), str(FORMAT_VERSION))


def answers(targets: Iterable[str], known: Mapping[str, str], run: Run, executor: Executor | None) -> Iterator[Ask]:
    """Let workers begin with targets ahead of time, and yield for each target, in their order, what asks for it."""
    waiting: deque[Ask] = deque()
    given = executor.share(run) if executor else run
    for text in targets:
        waiting.append(begin(text, known.get(text, ""), run, given, executor))
        if not executor or len(waiting) > AHEAD * executor.processors:
            yield waiting.popleft()
    yield from waiting


def begin(text: str, known: str, run: Run, given: Run, executor: Executor | None) -> Ask:
    """Let a worker begin with a target, if it can reach it."""
    target = reachable(text, run)
    if not executor or not target:
        return lambda: None
    task = executor.submit(look_there, given, target, known)

    def ask() -> Answer | None:
        (done,) = first_of({task}, executor)
        return received(done.result())

    return ask


def reachable(text: str, run: Run) -> sources.Target | None:
    """Read a target that a worker can reach, and that holds no secrets."""
    try:
        target = parsed(text, run)
    except AllocscanError:
        return None
    return target if target.url.startswith(WITHOUT_KEYS) and target.url == target.location else None


def look_there(run: Run, target: sources.Target, known: str) -> Sent | None:
    """Scan a target on the machine of a worker; None where that cannot be, or where it is too much for one."""
    settled = settle(run)
    try:
        with closing(settled.store), opened_tree(target, settled, silent) as tree:
            if sum(file.size for file in tree.files) > LARGEST:
                return None
            key, report = look(tree, known, settled, None, silent)
    except SourceError:
        return None
    return key, pack(report) if report else b""


def settle(run: Run) -> Run:
    """Use the clones and the results of the machine where this runs; the clones may be older than those elsewhere."""
    store = Cache(sources.default_store() if run.options.cached else None)
    return replace(run, store=store, settings=replace(run.settings, cache=sources.default_cache(), refresh=True))


def received(sent: Sent | None) -> Answer | None:
    """Read what a worker has sent."""
    return sent and Answer(sent[0], unpack(sent[1], Report) if sent[1] else None)
