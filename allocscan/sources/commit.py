"""Commits: list their files, and read them from the repository without ever checking them out."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import IO

from allocscan.git import Failed, Repository
from allocscan.model import Problem, Source
from allocscan.sources.command import run, serving
from allocscan.sources.listing import choose, measured, require, unreadable
from allocscan.sources.targets import Settings
from allocscan.sources.tree import SourceFile, SourceTree
from allocscan.within import LINK, Unreadable

FILE_MODES = ("100644", "100755", "100664")
LINK_MODE = "120000"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a commit has under a path."""

    mode: str
    object: str


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit in a repository that can be read."""

    repository: Repository
    name: str
    """The full hash."""
    date: str


def find_commit(repository: Repository, revision: str) -> Commit | None:
    """Find the commit that a revision means, if it is there."""
    try:
        output = run(repository, "rev-list", "--max-count=1", "--format=%H %cI", f"{revision}^{{commit}}", "--")
    except Failed:
        return None
    name, date = output.decode().splitlines()[-1].split(" ")
    return Commit(repository, name, date)


def list_commit(commit: Commit) -> dict[str, Entry]:
    """List the files and links of a commit, or of the part of it that the repository was opened in."""
    output = run(commit.repository, "ls-tree", "-r", "-z", commit.name)
    entries: dict[str, Entry] = {}
    for line in output.split(b"\0")[:-1]:
        words, _, path = line.partition(b"\t")
        mode, _, name = words.decode().split(" ")
        if mode in (*FILE_MODES, LINK_MODE):
            entries[path.decode("utf-8", "surrogateescape")] = Entry(mode, name)
    return entries


def choose_files(
    commit: Commit, source: Source, suffixes: Collection[str], settings: Settings, *, deep: bool = True
) -> dict[str, Entry]:
    """List what is of interest in a commit; raise SourceError if nothing is."""
    entries = list_commit(commit)
    names = [name for name in entries if deep or "/" not in name]
    chosen = choose(names, suffixes, settings.exclude)
    require(source, names, chosen, suffixes)
    return {name: entries[name] for name in chosen}


def open_files(
    commit: Commit, source: Source, chosen: Mapping[str, Entry], sizes: Mapping[str, int], limit: int, *, verified: bool
) -> SourceTree:
    """Open files of a commit; only where objects are `verified` do their names stand for their content."""
    files, problems = measured(chosen, lambda name: measure(name, chosen[name], sizes, verified), limit)
    with ExitStack() as resources:
        read = resources.enter_context(object_reader(commit.repository))
        return SourceTree(
            source,
            files,
            lambda file: read(chosen[file.path].object),
            problems=problems,
            resources=resources.pop_all(),
        )


def measure(name: str, entry: Entry, sizes: Mapping[str, int], verified: bool) -> SourceFile | Problem:
    """Look at a file of a commit."""
    if entry.mode == LINK_MODE:
        return unreadable(name, LINK)
    if entry.object not in sizes:
        return unreadable(name, "the repository does not have it")
    return SourceFile(name, sizes[entry.object], entry.object if verified else "")


def sizes_of(repository: Repository, objects: Collection[str]) -> dict[str, int]:
    """Give the sizes of some objects."""
    feed = "".join(f"{name}\n" for name in objects).encode()
    return read_sizes(run(repository, "cat-file", "--batch-check", feed=feed))


def all_sizes(repository: Repository) -> dict[str, int]:
    """Give the sizes of all objects that are there, without looking for one that is not."""
    return read_sizes(run(repository, "cat-file", "--batch-check", "--batch-all-objects", "--unordered"))


def read_sizes(output: bytes) -> dict[str, int]:
    """Read lines of name, type and size; a line for a missing object is shorter."""
    words = (line.split(" ") for line in output.decode().splitlines())
    return {line[0]: int(line[2]) for line in words if len(line) == 3}


@contextmanager
def object_reader(repository: Repository) -> Iterator[Callable[[str], bytes]]:
    """Read objects by name through one process that stays."""
    with serving(repository, "cat-file", "--batch") as (requests, answers):
        yield lambda name: read_object(name, requests, answers)


def read_object(name: str, requests: IO[bytes], answers: IO[bytes]) -> bytes:
    """Ask for one object and read the answer."""
    try:
        requests.write(f"{name}\n".encode())
        requests.flush()
        header = answers.readline().split(b" ")
        if len(header) != 3:
            raise Unreadable("the repository does not have it")
        size = int(header[2])
        content = answers.read(size + 1)
    except (OSError, ValueError):
        raise Unreadable("git has ended") from None
    if len(content) <= size:
        raise Unreadable("git has ended")
    return content[:size]
