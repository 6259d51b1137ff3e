"""Files become facts, each by itself: remembered, or extracted in this process, or spread over an executor's."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from allocscan.extract import extract
from allocscan.keys import content_key, facts_key, language_key, reading
from allocscan.languages import Language
from allocscan.model import FileFacts
from allocscan.processes import WORTHWHILE_BYTES, Executor, batches, spread
from allocscan.remembered.outline import Found, Outline, outlined
from allocscan.sources import Progress, SourceFile, SourceTree
from allocscan.store.cache import Cache
from allocscan.store.packing import pack, unpack

STORED_AT_ONCE = 500
"""Files whose facts are stored in one go."""

Sent = tuple[str, bytes, Outline]
"""A key, the facts that have it, and what else is said of their file."""


class Work(NamedTuple):
    """A file whose facts are wanted, and the key that they will have."""

    path: str
    content: bytes
    language: str
    key: str


def gather(
    tree: SourceTree,
    paths: Collection[str],
    languages: Mapping[str, Language],
    keys: dict[str, str],
    *,
    executor: Executor | None,
    store: Cache,
    progress: Progress,
) -> Iterator[Found]:
    """Read some of the files of a tree, which has others, in any order; each gets the key of what it holds by now."""
    files = [tree.by_path[path] for path in paths]
    work = list_work(tree, ordered(files, languages), languages)
    worthwhile = sum(file.size for file in files) >= WORTHWHILE_BYTES
    known = {language.name: language for language in languages.values()}
    shared = executor if worthwhile else None
    results = elsewhere(work, known, shared) if shared else alone(work, known, bool(store.path))
    done = len(languages) - len(files)
    for number, found in enumerate(stored(store, known.values(), results), start=done + 1):
        keys[found.facts.path] = found.key
        progress("scanning", number, len(languages))
        yield found


def ordered(files: Collection[SourceFile], languages: Mapping[str, Language]) -> list[SourceFile]:
    """Put large files first, but the language of most content before all others.

    So large files do not come to an end last, and few processes compile the queries of a language with few files.
    """
    sizes: Counter[str] = Counter()
    for file in files:
        sizes[languages[file.path].name] += file.size
    names = {file.path: languages[file.path].name for file in files}
    return sorted(files, key=lambda file: (-sizes[names[file.path]], names[file.path], -file.size, file.path))


def list_work(tree: SourceTree, files: Iterable[SourceFile], languages: Mapping[str, Language]) -> Iterator[Work]:
    """Read files one after the other."""
    for path, content in tree.read(file.path for file in files):
        known = tree.by_path[path].key or content_key(content)
        yield Work(path, content, languages[path].name, facts_key(path, known, reading(languages[path])))


def stored(store: Cache, languages: Iterable[Language], results: Iterable[Found]) -> Iterator[Found]:
    """Store results, and hand them on; with their languages, for who reads a file again reads no rules again."""
    known = languages if store.path else ()
    waiting = {language_key(reading(language)): pack(language) for language in known}
    for found in results:
        if store.path:
            waiting |= found.kept
        if len(waiting) >= STORED_AT_ONCE:
            store.keep(waiting)
            waiting = {}
        yield found
    store.keep(waiting)


def alone(work: Iterable[Work], languages: Mapping[str, Language], packed: bool) -> Iterator[Found]:
    """Extract in this process."""
    for path, content, language, key in work:
        yield outlined(key, content, extract(path, content, languages[language]), packed=packed)


def elsewhere(work: Iterable[Work], languages: Mapping[str, Language], executor: Executor) -> Iterator[Found]:
    """Extract wherever the executor does it, in any order."""
    return map(received, spread(extract_batch, languages, batches(work, weight), executor))


def weight(work: Work) -> int:
    """Give the size of a file."""
    return len(work.content)


def extract_batch(languages: Mapping[str, Language], batch: list[Work]) -> list[Sent]:
    """Extract the facts of several files."""
    found = alone(batch, languages, True)
    return [(each.key, each.packed, each.outline) for each in found]


def received(answer: Sent) -> Found:
    """Read what another process has found."""
    key, packed, outline = answer
    facts = unpack(packed, FileFacts)
    assert facts, "what another process has sent is whole"
    return Found(key, facts, outline, packed)
