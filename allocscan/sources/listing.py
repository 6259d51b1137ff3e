"""Which of the names in a tree are of interest, and whether any are."""

import re
from collections.abc import Callable, Collection, Iterable
from fnmatch import translate
from pathlib import PurePosixPath
from posixpath import splitext

from allocscan.errors import SourceError
from allocscan.model import Problem, Source
from allocscan.sources.tree import SourceFile

SHOWN_SUFFIXES = 8
NEWEST = "HEAD"
CONFIGURATION = "allocscan.toml"
"""The file at the root of a tree in which it speaks to us."""


def choose(names: Iterable[str], suffixes: Collection[str], exclude: tuple[str, ...]) -> list[str]:
    """Keep the names that end as asked and are not excluded, and that of the tree's own configuration."""
    excluded = re.compile("|".join(translate(glob.removeprefix("./").rstrip("/")) for glob in exclude))
    return [
        name
        for name in names
        if (splitext(name)[1] in suffixes or name == CONFIGURATION)
        and is_inside(name)
        and not (exclude and is_below(name, excluded))
    ]


def is_inside(name: str) -> bool:
    """Tell whether a name stays in its tree; those in a crafted repository need not."""
    return not any(part in ("", ".", "..") for part in name.split("/"))


def is_below(name: str, excluded: re.Pattern[str]) -> bool:
    """Tell whether a file, or a folder above it, is excluded."""
    return any(excluded.match(each) for each in (name, *map(str, PurePosixPath(name).parents)))


def is_within(name: str, subtree: str) -> bool:
    """Tell whether a file lies in the part that is reported."""
    return not subtree or name == subtree or name.startswith(f"{subtree}/")


def measured(
    names: Iterable[str], measure: Callable[[str], SourceFile | Problem | None], limit: int
) -> tuple[list[SourceFile], list[Problem]]:
    """Measure every file, and set apart what cannot be read or is too large."""
    files: list[SourceFile] = []
    problems: list[Problem] = []
    for name in names:
        found = measure(name)
        if isinstance(found, Problem):
            problems.append(found)
        elif found and found.size > limit:
            problems.append(Problem(name, 1, "too large", f"not read: {found.size} bytes, the limit is {limit}"))
        elif found:
            files.append(found)
    return files, problems


def unreadable(name: str, reason: str) -> Problem:
    """Say that a file is not read, and why."""
    return Problem(name, 1, "unreadable", f"not read: {reason}")


def require(source: Source, names: Collection[str], chosen: Iterable[str], suffixes: Collection[str]) -> None:
    """Raise SourceError for a tree in which there is nothing to scan."""
    where = f"{source.name} at {source.revision}" if source.revision not in ("", NEWEST) else source.name
    if not names:
        raise SourceError(f"{where} is empty: there are no files to scan in {source.location}")
    if not any(is_within(name, source.subtree) for name in names):
        raise SourceError(f"there is no {source.subtree} in {where}; name a folder or file that is")
    if not any(is_within(name, source.subtree) for name in chosen if name != CONFIGURATION):
        part = f"{source.subtree} of {where}" if source.subtree else where
        shown = sorted(suffixes)[:SHOWN_SUFFIXES]
        more = " ..." if len(suffixes) > SHOWN_SUFFIXES else ""
        raise SourceError(f"nothing to scan in {part}: no file there ends in {', '.join(shown)}{more}")
