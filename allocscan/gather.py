"""Files become facts, each by itself: remembered, or extracted in this process, or spread over an executor's."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from allocscan.cache import Cache
from allocscan.extract import extract
from allocscan.keys import content_key, facts_key
from allocscan.languages import Language
from allocscan.model import FileFacts
from allocscan.packing import pack, unpack
from allocscan.processes import WORTHWHILE_BYTES, Executor, batches, spread
from allocscan.sources import Progress, SourceFile, SourceTree

STORED_AT_ONCE = 500
"""Files whose facts are stored, or asked for, in one go."""

Packed = tuple[str, bytes]
"""A key, and the facts that have it."""


class Work(NamedTuple):
    """A file whose facts are wanted, and the key that they will have."""

    path: str
    content: bytes
    language: str
    key: str


class Found(NamedTuple):
    """The facts of a file, also as bytes where those are of use."""

    key: str
    facts: FileFacts
    packed: bytes


def gather(
    tree: SourceTree,
    languages: Mapping[str, Language],
    keys: dict[str, str],
    *,
    executor: Executor | None,
    store: Cache,
    progress: Progress,
) -> list[FileFacts]:
    """Give the facts of all files that have a language, in the order of their paths.

    What is stored under one of the keys is not even read; what is read gets the key of what it holds by now.
    """
    facts = dict(remembered(store, keys))
    files = [file for file in tree.files if file.path in languages and file.path not in facts]
    work = list_work(tree, ordered(files, languages), languages)
    worthwhile = sum(file.size for file in files) >= WORTHWHILE_BYTES
    total = len(facts) + len(files)
    known = {language.name: language for language in languages.values()}
    shared = executor if worthwhile else None
    results = elsewhere(work, known, shared) if shared else alone(work, known, bool(store.path))
    for found in stored(store, results):
        facts[found.facts.path], keys[found.facts.path] = found.facts, found.key
        progress("scanning", len(facts), total)
    return [facts[path] for path in sorted(facts)]


def ordered(files: Collection[SourceFile], languages: Mapping[str, Language]) -> list[SourceFile]:
    """Put large files first, but the language of most content before all others.

    So large files do not come to an end last, and few processes compile the queries of a language with few files.
    """
    sizes: Counter[str] = Counter()
    for file in files:
        sizes[languages[file.path].name] += file.size
    names = {file.path: languages[file.path].name for file in files}
    return sorted(files, key=lambda file: (-sizes[names[file.path]], names[file.path], -file.size, file.path))


def remembered(store: Cache, keys: Mapping[str, str]) -> Iterator[tuple[str, FileFacts]]:
    """Yield what is stored of files, by path."""
    waiting = iter(keys.values())
    while some := list(islice(waiting, STORED_AT_ONCE)):
        for packed in store.fetch(some).values():
            if facts := unpack(packed, FileFacts):
                yield facts.path, facts


def list_work(tree: SourceTree, files: Iterable[SourceFile], languages: Mapping[str, Language]) -> Iterator[Work]:
    """Read files one after the other."""
    for path, content in tree.read(file.path for file in files):
        known = tree.by_path[path].key or content_key(content)
        yield Work(path, content, languages[path].name, facts_key(path, known, languages[path]))


def stored(store: Cache, results: Iterable[Found]) -> Iterator[Found]:
    """Store results, and hand them on."""
    waiting: dict[str, bytes] = {}
    for found in results:
        waiting[found.key] = found.packed
        if len(waiting) >= STORED_AT_ONCE:
            store.keep(waiting)
            waiting = {}
        yield found
    store.keep(waiting)


def alone(work: Iterable[Work], languages: Mapping[str, Language], packed: bool) -> Iterator[Found]:
    """Extract in this process."""
    for path, content, language, key in work:
        facts = extract(path, content, languages[language])
        yield Found(key, facts, pack(facts) if packed else b"")


def elsewhere(work: Iterable[Work], languages: Mapping[str, Language], executor: Executor) -> Iterator[Found]:
    """Extract wherever the executor does it, in any order."""
    return map(received, spread(extract_batch, languages, batches(work, weight), executor))


def weight(work: Work) -> int:
    """Give the size of a file."""
    return len(work.content)


def extract_batch(languages: Mapping[str, Language], batch: list[Work]) -> list[Packed]:
    """Extract the facts of several files."""
    return [(key, pack(extract(path, content, languages[language]))) for path, content, language, key in batch]


def received(answer: Packed) -> Found:
    """Read what another process has found."""
    key, packed = answer
    facts = unpack(packed, FileFacts)
    assert facts, "what another process has sent is whole"
    return Found(key, facts, packed)
