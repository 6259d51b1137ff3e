"""What was found out of a tree before, and under which keys that is kept."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TypeVar

from allocscan.assign import assign
from allocscan.keys import content_key, facts_key, program, reading
from allocscan.languages import Language
from allocscan.remembered.outline import Outline
from allocscan.rules import Catalogues
from allocscan.sources import CONFIGURATION, SourceFile, SourceTree
from allocscan.store.cache import Cache
from allocscan.store.digests import digest
from allocscan.store.packing import pack, unpack
from allocscan.store.stamps import Stamp

AT_ONCE = 500
"""Files of which something is asked for in one go."""

T = TypeVar("T")
Seen = Mapping[str, tuple[Stamp | None, str]]
"""What files looked like, and the keys of what they held, by path."""


def identify(tree: SourceTree, languages: Mapping[str, Language], store: Cache) -> dict[str, str]:
    """Find the keys of the facts of all files that have a language, reading what cannot be told without."""
    files = {file.path: file for file in tree.files if file.path in languages}
    seen = remembered(store, tree)
    contents = {path: key for path, file in files.items() if (key := file.key or known(seen, file))}
    read = {path: content_key(content) for path, content in tree.read(sorted(files.keys() - contents.keys()))}
    told = {path: (files[path].stamp, key) for path, key in read.items() if files[path].stamp}
    if told and store.path:
        store.keep({stamps_key(tree): pack({path: seen[path] for path in seen if path in tree.by_path} | told)})
    contents |= read
    return {path: facts_key(path, contents[path], reading(languages[path])) for path in contents}


def remembered(store: Cache, tree: SourceTree) -> Seen:
    """Give what the files of a tree looked like, and what they held."""
    return (store.recall(stamps_key(tree), dict) if tree.root else None) or {}


def known(seen: Seen, file: SourceFile) -> str:
    """Give the key of what a file holds, if it looks as it did when it was read; empty where it does not."""
    stamp, key = seen.get(file.path, (None, ""))
    return key if file.stamp and file.stamp == stamp else ""


def stamps_key(tree: SourceTree) -> str:
    """Name what the files of a folder looked like."""
    return digest("stamps", program(), tree.root)


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


def earlier_key(tree: SourceTree, catalogues: Catalogues, configured: bool) -> str:
    """Name what was linked last of a folder, or of a part of it, by what decides how."""
    return digest(
        "earlier", *ruling(tree, catalogues, configured), tree.root or tree.source.location, tree.source.subtree
    )


def name(
    tree: SourceTree, languages: tuple[Language, ...], catalogues: Catalogues, configured: bool, store: Cache
) -> str:
    """Name what a scan of this very tree reports, without a scan."""
    keys = identify(tree, assign((file.path for file in tree.files), languages), store)
    about = repr((tree.source, tree.note, tree.problems, configured))
    return digest("report", *ruling(tree, catalogues, configured), about, *(keys[path] for path in sorted(keys)))


def ruling(tree: SourceTree, catalogues: Catalogues, configured: bool) -> Iterator[bytes | str]:
    """Yield what changes with the program, and with what it and the tree itself say of names."""
    yield program()
    yield catalogues.fingerprint
    yield tree.content(CONFIGURATION) if configured and CONFIGURATION in tree.by_path else b""
