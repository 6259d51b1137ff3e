"""What was found out of a tree before, and under which keys that is kept."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

from allocscan.assign import assign
from allocscan.cache import Cache
from allocscan.digests import digest
from allocscan.keys import content_key, facts_key, program
from allocscan.languages import Language
from allocscan.outline import Outline
from allocscan.packing import unpack
from allocscan.rules import Catalogues
from allocscan.sources import CONFIGURATION, SourceTree

AT_ONCE = 500
"""Files of which something is asked for in one go."""

T = TypeVar("T")


def identify(tree: SourceTree, languages: Mapping[str, Language]) -> dict[str, str]:
    """Find the keys of the facts of all files that have a language, reading what has no key of its own."""
    files = [file for file in tree.files if file.path in languages]
    contents = {file.path: file.key for file in files if file.key}
    unread = (file.path for file in files if not file.key)
    contents |= {path: content_key(content) for path, content in tree.read(unread)}
    return {path: facts_key(path, contents[path], languages[path]) for path in contents}


def outline_key(key: str) -> str:
    """Name the outline of a file by the key of its facts."""
    return f"{key} outline"


def recalled(store: Cache, keys: Iterable[str], kind: type[T]) -> Iterator[T]:
    """Yield the values of a kind that are stored under some keys."""
    waiting = iter(keys)
    while some := list(islice(waiting, AT_ONCE)):
        for packed in store.fetch(some).values():
            if value := unpack(packed, kind):
                yield value


def linked_key(tree: SourceTree, catalogues: Catalogues, configured: bool, files: Mapping[str, Outline]) -> str:
    """Name what is said of all files together by all that can change it."""
    texts = (files[path].said for path in sorted(files))
    return digest("linked", *ruling(tree, catalogues, configured), tree.source.subtree, *texts)


def name(tree: SourceTree, languages: tuple[Language, ...], catalogues: Catalogues, configured: bool) -> str:
    """Name what a scan of this very tree reports, without a scan."""
    keys = identify(tree, assign((file.path for file in tree.files), languages))
    about = repr((tree.source, tree.note, tree.problems, configured))
    return digest("report", *ruling(tree, catalogues, configured), about, *(keys[path] for path in sorted(keys)))


def ruling(tree: SourceTree, catalogues: Catalogues, configured: bool) -> Iterator[bytes | str]:
    """Yield what changes with the program, and with what it and the tree itself say of names."""
    yield program()
    yield catalogues.fingerprint
    yield tree.content(CONFIGURATION) if configured and CONFIGURATION in tree.by_path else b""
