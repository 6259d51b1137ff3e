"""Where others find what lies in a folder: the commit that it was checked out at, and where that is from."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from allocscan.errors import SourceError
from allocscan.git import Failed, Repository
from allocscan.model import Checkout, Source
from allocscan.sources.command import run
from allocscan.sources.commit import find_commit, list_commit
from allocscan.sources.folder import lies_in_repository
from allocscan.sources.listing import NEWEST

Read = Callable[[str], bytes]

HASHES = {40: "sha1", 64: "sha256"}
"""How objects are named, by the length of their names."""


def find_checkout(source: Source, paths: Iterable[str], read: Read) -> Checkout | None:
    """Find the commit that the files of a folder are of, and say which of them differ from it.

    Git itself would compare them with the help of programs that the repository names, so that is done here.
    """
    folder = Path(source.location)
    if not ((source.local or source.commit) and folder.is_dir() and lies_in_repository(folder)):
        return None
    try:
        return read_checkout(("-C", str(folder.absolute())), source.commit or NEWEST, paths, read)
    except (Failed, SourceError):
        return None


def read_checkout(repository: Repository, revision: str, paths: Iterable[str], read: Read) -> Checkout | None:
    """Ask git for the commit and the address; None where the folder is no part of the commit."""
    commit = find_commit(repository, revision)
    if not commit:
        return None
    entries = list_commit(commit)
    kept = {path for path in paths if path in entries}
    changed = frozenset(path for path in paths if path not in kept or differs(read(path), entries[path].object))
    if not kept:
        return None
    prefix = text(run(repository, "rev-parse", "--show-prefix"))
    return Checkout(address_of(repository), commit.name, prefix, changed)


def address_of(repository: Repository) -> str:
    """Say where a repository was cloned from; empty for one that was made here."""
    try:
        return text(run(repository, "config", "--get", "remote.origin.url"))
    except Failed:
        return ""


def differs(content: bytes, name: str) -> bool:
    """Tell whether a content is another one than that of an object."""
    import hashlib

    header = f"blob {len(content)}\0".encode()
    return hashlib.new(HASHES[len(name)], header + content, usedforsecurity=False).hexdigest() != name


def text(output: bytes) -> str:
    """Read a line."""
    return os.fsdecode(output).removesuffix("\n")
