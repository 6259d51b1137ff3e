"""Facts are gathered, by this process or by others."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest

from allocscan import gather as gathering
from allocscan import processes as spreading
from allocscan import sources
from allocscan.assign import assign
from allocscan.errors import AllocscanError
from allocscan.extract import QUOTED, extract
from allocscan.gather import gather
from allocscan.languages import Language, load_languages
from allocscan.model import FileFacts
from allocscan.processes import Executor, processes, spread
from allocscan.sources import Progress, SourceTree, silent
from allocscan.store.cache import Cache
from allocscan.store.packing import pack

LANGUAGES = load_languages()
SUFFIXES = {suffix for language in LANGUAGES for suffix in language.suffixes}
FILES = 7

T = TypeVar("T")


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[SourceTree]:
    """Give a tree of a few files of different size."""
    for number in range(FILES):
        (tmp_path / f"{number}.c").write_text("void f(void) { free(malloc(1)); }\n" * (number + 1), encoding="utf-8")
    settings = sources.Settings(cache=tmp_path / "clones", targets={})
    with sources.open_tree(sources.parse_target(str(tmp_path), settings), SUFFIXES, settings) as opened:
        yield opened


@pytest.fixture
def small_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a task of every file, and let two of them run at once."""
    monkeypatch.setattr(spreading, "BATCH_BYTES", 1)
    monkeypatch.setattr(gathering, "WORTHWHILE_BYTES", 1)
    monkeypatch.setattr(spreading, "IN_FLIGHT", 2)
    monkeypatch.setattr(spreading, "AHEAD", 1)


class Recorder(ThreadPoolExecutor):
    """Remembers what it was given, and how many tasks were unfinished then."""

    processors = 1

    def __init__(self) -> None:
        super().__init__(1)
        self.tasks: list[Future[Any]] = []
        self.unfinished: list[int] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.unfinished.append(sum(not task.done() for task in self.tasks))
        self.tasks.append(super().submit(fn, *args, **kwargs))
        return self.tasks[-1]

    def share(self, value: T) -> T:
        return value

    def check(self) -> None:
        pytest.fail("threads do not leave")


def gathered(tree: SourceTree, executor: Executor | None, progress: Progress = silent) -> list[FileFacts]:
    """Gather the facts of a tree."""
    files = assign(tree.by_path, LANGUAGES)
    found = gather(tree, files, files, {}, executor=executor, store=Cache(), progress=progress)
    return sorted((each.facts for each in found), key=lambda facts: facts.path)


@pytest.mark.usefixtures("small_tasks")
def test_any_executor_gives_the_same_facts_in_the_same_order(tree: SourceTree) -> None:
    alone = gathered(tree, None)
    assert [facts.path for facts in alone] == sorted(tree.by_path)
    with Recorder() as threads:
        assert gathered(tree, threads) == alone
    assert len(threads.tasks) == FILES
    assert max(threads.unfinished) < 2
    with processes(2) as executor:
        assert gathered(tree, executor) == alone


def test_little_work_starts_no_process(tree: SourceTree) -> None:
    with Recorder() as threads:
        assert len(gathered(tree, threads)) == FILES
    assert not threads.tasks


def test_what_a_file_says_hangs_on_no_other(tree: SourceTree) -> None:
    """Not even as bytes, for those tell whether it still says the same."""
    (language,) = {language for language in LANGUAGES if ".c" in language.suffixes}
    content = b"void f(void) { free(g(g(a->b), a->b)); }\n"
    alone = pack(extract("one.c", content, language))
    for name, others in tree.read(tree.by_path):
        extract(name, others + content, language)
    for kept in QUOTED:
        assert kept.cache_info().currsize
    assert pack(extract("one.c", content, language)) == alone
    assert sum(kept.cache_info().hits for kept in QUOTED) == hits_alone(content, language)


def hits_alone(content: bytes, language: Language) -> int:
    """Count how often a quoted expression is at hand where nothing was read before."""
    for kept in QUOTED:
        kept.cache_clear()
    extract("one.c", content, language)
    return sum(kept.cache_info().hits for kept in QUOTED)


@pytest.mark.usefixtures("small_tasks")
def test_what_fails_takes_back_what_has_not_begun(tree: SourceTree) -> None:
    def fail(_stage: str, _done: int, _total: int | None) -> None:
        raise KeyboardInterrupt

    with Recorder() as threads, pytest.raises(KeyboardInterrupt):
        gathered(tree, threads, fail)
    assert len(threads.tasks) < FILES


def die(_shared: None, _task: list[int]) -> list[int]:
    """End as if the system had killed the process."""
    os._exit(9)


def test_a_process_that_dies_is_told_of_in_one_line() -> None:
    with processes(2) as executor, pytest.raises(AllocscanError, match="has died"):
        assert executor
        list(spread(die, None, iter([[1], [2]]), executor))


def test_one_job_is_no_executor() -> None:
    with processes(1) as executor:
        assert executor is None
