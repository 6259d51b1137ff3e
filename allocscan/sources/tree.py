"""A tree of files that can be read, whichever way it is stored."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from allocscan.model import Problem, Source
from allocscan.store.stamps import Stamp
from allocscan.within import Unreadable


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that may be read."""

    path: str
    """POSIX, relative to the tree."""
    size: int
    """Bytes."""
    key: str = ""
    """The same for the same content, where that is known without reading it."""
    stamp: Stamp | None = None
    """The same as long as the content is, where that can be told from outside."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What decides which files a tree has, and what they hold: while it stays as it is, so does the tree."""

    places: tuple[str, ...]
    """The paths of files and folders that were looked at, and of those that were not there."""
    work_tree: str = ""
    """Where git was asked, if it was."""
    listed: bytes = b""
    """What it said."""


class SourceTree:
    """The files of a target; a context manager, for it may hold a process and a lock."""

    def __init__(
        self,
        source: Source,
        files: Iterable[SourceFile],
        load: Callable[[SourceFile], bytes],
        *,
        problems: Iterable[Problem] = (),
        resources: ExitStack | None = None,
    ) -> None:
        self.source = source
        self.files = tuple(sorted(files, key=lambda file: file.path))
        self.note = ""
        self.ground: Ground | None = None
        self.root = ""
        """Where the files lie, of a folder."""
        self.load = load
        self.resources = resources or ExitStack()
        self.by_path = {file.path: file for file in self.files}
        self.found = set(problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Give what could not be read: so far, for reading finds more."""
        return tuple(sorted(self.found, key=lambda problem: (problem.path, problem.kind)))

    def read(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield each path with its content; what cannot be read becomes a problem instead."""
        for path in paths:
            try:
                content = self.load(self.by_path[path])
            except Unreadable as reason:
                self.found.add(Problem(path, 1, "unreadable", f"not read: {reason}"))
            else:
                yield path, content

    def content(self, path: str) -> bytes:
        """Read one file; empty when it cannot be read."""
        return next((content for _, content in self.read([path])), b"")

    def close(self) -> None:
        """Let go of everything that is open."""
        self.resources.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
