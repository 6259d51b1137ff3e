"""Folders on this machine: list their files, and read them without being led out of the folder."""

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from allocscan.errors import SourceError
from allocscan.model import Problem, Source
from allocscan.sources.claims import without_claims
from allocscan.sources.listing import NEWEST, choose, measured, require, unreadable
from allocscan.sources.targets import Settings, Target
from allocscan.sources.tree import Ground, SourceFile, SourceTree
from allocscan.store.stamps import settled, stamp_of
from allocscan.within import FOLDER, LINK, folder_of, load, reason

VERSION_CONTROL = frozenset((".git", ".hg", ".svn", ".bzr", "CVS", "_darcs", ".jj"))


def open_folder(target: Target, suffixes: Collection[str], settings: Settings) -> SourceTree:
    """Open what lies in a folder as it is now."""
    assert target.folder
    source = Source(target.name, target.location, subtree=target.subtree, local=not target.sample)
    with ExitStack() as resources:
        root = open_root(target.folder, target.location)
        resources.callback(os.close, root)
        listing = list_names(target)
        chosen = choose(listing.names, suffixes, settings.exclude)
        require(source, listing.names, chosen, suffixes)
        began = 0 if target.sample else settings.began
        files, unread = measured(chosen, lambda name: measure(root, name, began), settings.max_size)
        tree = SourceTree(
            source,
            files,
            lambda file: shown(load(root, file.path, settings.max_size), target),
            problems=(*listing.problems, *unread),
            resources=resources.pop_all(),
        )
    tree.note, tree.ground = listing.note, ground_of(target.folder, listing, chosen)
    tree.root = str(target.folder.absolute())
    if target.single:
        check_single(tree)
    return tree


def open_root(folder: Path, typed: str) -> int:
    """Open the folder itself, which may be reached through symbolic links."""
    try:
        return os.open(folder, FOLDER & ~os.O_NOFOLLOW)
    except FileNotFoundError:
        raise SourceError(f"{typed} does not exist") from None
    except NotADirectoryError:
        raise SourceError(f"{typed} is no folder and no regular file, so there is nothing to scan") from None
    except OSError as error:
        raise SourceError(f"{typed} cannot be read: {reason(error)}") from None


def check_single(tree: SourceTree) -> None:
    """Raise SourceError if the one file that was named cannot be read."""
    name = tree.source.subtree
    if name in tree.by_path:
        tree.content(name)
    for problem in tree.problems:
        if problem.path == name:
            tree.close()
            raise SourceError(f"{tree.source.location}/{name} is {problem.message}")


class Listing(NamedTuple):
    """The names of the files in a folder, and how they were found."""

    names: list[str]
    problems: list[Problem]
    folders: list[str]
    """Those that were looked through."""
    note: str = ""
    listed: bytes = b""
    """What git said, where it was believed."""


def list_names(target: Target) -> Listing:
    """List the files as version control sees them, or else all of them."""
    assert target.folder
    note = ""
    if not target.sample and lies_in_repository(target.folder):
        from allocscan.sources.worktree import list_work_tree

        names, note, listed = list_work_tree(target.folder)
        if names:
            return Listing([name for name in names if not (target.single and "/" in name)], [], [], note, listed)
    return walk(target.folder, deep=not target.single)._replace(note=note)


def lies_in_repository(folder: Path) -> bool:
    """Tell whether git would have something to say about a folder."""
    place = folder.resolve()
    return any(mark.exists() for mark in marks(place))


def is_bare(folder: Path) -> bool:
    """Tell whether a folder is a repository that keeps no files beside itself."""
    try:
        return (folder / NEWEST).is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()
    except OSError:
        return False


def marks(folder: Path) -> Iterator[Path]:
    """Yield the places by which git would know that a folder is of a repository."""
    return (above / ".git" for above in (folder, *folder.parents))


def ground_of(folder: Path, listing: Listing, chosen: Iterable[str]) -> Ground | None:
    """Say what the files of a folder hang on; None where that is more than can be looked at again."""
    root = folder.resolve()
    if root != folder.absolute() or (listing.note and not listing.listed):
        return None
    places = [f"{root}/{name}" for name in (*chosen, *listing.folders)]
    if listing.listed:
        return Ground(tuple(places), str(root), listing.listed)
    return Ground((*places, *map(str, marks(root))))


def walk(root: Path, *, deep: bool) -> Listing:
    """List every file below a folder; symbolic links are listed and not followed."""
    names: list[str] = []
    folders: list[str] = []
    problems: list[Problem] = []
    waiting = [""]
    while waiting:
        above = waiting.pop()
        folders.append(above)
        try:
            with os.scandir(root / above) as entries:
                for entry in entries:
                    if not entry.is_dir(follow_symlinks=False):
                        names.append(above + entry.name)
                    elif deep and entry.name not in VERSION_CONTROL:
                        waiting.append(f"{above}{entry.name}/")
        except OSError as error:
            problems.append(unreadable(above.rstrip("/"), reason(error)))
    return Listing(names, problems, folders)


def measure(root: int, name: str, began: int) -> SourceFile | Problem | None:
    """Look at a file without opening it; None for what is no file any more."""
    try:
        with folder_of(root, name) as (folder, own):
            status = os.stat(own, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
    except OSError as error:
        return unreadable(name, reason(error))
    if stat.S_ISREG(status.st_mode):
        stamp = stamp_of(status)
        return SourceFile(name, status.st_size, stamp=stamp if settled(stamp, began) else None)
    if stat.S_ISDIR(status.st_mode):
        return None
    return unreadable(name, LINK if stat.S_ISLNK(status.st_mode) else "it is no regular file")


def shown(content: bytes, target: Target) -> bytes:
    """Show a sample without its answers."""
    return without_claims(content) if target.sample else content
