"""The cache of clones: each gets its name when it can be read, and several runs may share it."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from allocscan.errors import SourceError
from allocscan.git import Failed, Repository
from allocscan.sources.address import canonical, is_address, short_name, without_secrets
from allocscan.sources.command import run
from allocscan.sources.commit import find_commit
from allocscan.sources.listing import NEWEST
from allocscan.sources.locks import locked, unused
from allocscan.sources.targets import Settings
from allocscan.sources.transfer import REFS, forget_remote, ref_of, revision_of

ENDING = ".git"
UNFINISHED = ".part"
LOCK = ".lock"
ADDRESS = "allocscan.url"
"""The setting of a clone that says where it comes from."""
LEFTOVERS = ("*.lock", "refs/**/*.lock", "objects/**/tmp_*")
"""What git leaves behind when it is killed, and may stumble over later."""


@dataclass(frozen=True, slots=True)
class Clone:
    """A repository elsewhere of which a copy is kept."""

    name: str
    url: str
    commit: str
    """Of the default branch, or else of the revision that was asked for first by name."""
    date: str
    size: int
    """Bytes on disk."""
    path: Path
    revisions: tuple[str, ...] = ()
    """What can be read without a network; HEAD stands for the default branch."""


def repository_in(folder: Path) -> Repository:
    """Tell git that a folder is the repository, whatever else it may be told."""
    return (f"--git-dir={folder.absolute()}",)


def place_of(cache: Path, url: str) -> Path:
    """Name the folder for the clone of an address, readably and without collisions."""
    from hashlib import sha256

    readable = re.sub(r"[^A-Za-z0-9_-]+", "-", short_name(url)).strip("-")[:40] or "clone"
    return cache / f"{readable}-{sha256(canonical(url).encode()).hexdigest()[:10]}{ENDING}"


@contextmanager
def exclusive(place: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Keep other runs from changing a clone, and tidy up what killed ones have left behind."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        sweep(place.parent)
        with locked(place.with_name(place.name + LOCK), waiting):
            tidy(place)
            yield
    except OSError as error:
        raise SourceError(f"the cache {place.parent} cannot be used: {error.strerror or error}") from None


def tidy(place: Path) -> None:
    """Remove what a run has left in a clone when it was killed."""
    for leftover in [path for pattern in LEFTOVERS for path in place.glob(pattern)]:
        with suppress(OSError):
            leftover.unlink()
    config = place / "config"
    if config.exists() and "[remote " in config.read_text(encoding="utf-8", errors="replace"):
        forget_remote(repository_in(place))


def sweep(cache: Path) -> None:
    """Remove unfinished clones that nobody works on any more."""
    for part in cache.glob(f"*{UNFINISHED}"):
        lock = part.with_name(part.name.rsplit(".", 2)[0] + LOCK)
        with suppress(OSError), unused(lock) as free:
            if free:
                rmtree(part, ignore_errors=True)


@contextmanager
def writable(place: Path, url: str) -> Iterator[Path]:
    """Give a clone to fetch into; a new one gets its name only if the block succeeds."""
    if place.exists():
        yield place
        return
    part = unfinished(place)
    try:
        run((), "init", "--quiet", "--bare", "--template=", "--object-format=sha1", str(part.absolute()))
        run(repository_in(part), "config", ADDRESS, without_secrets(url))
        yield part
        part.rename(place)
    finally:
        rmtree(part, ignore_errors=True)


def unfinished(place: Path) -> Path:
    """Name a folder that is swept away if this process does not come to its end."""
    return place.with_name(f"{place.name}.{os.getpid()}{UNFINISHED}")


def cloned(settings: Settings) -> tuple[Clone, ...]:
    """List the clones that are kept."""
    names = {canonical(target.url): target.name for target in settings.targets.values()}
    found = [read_clone(path, names) for path in settings.cache.glob(f"*{ENDING}")]
    return tuple(sorted((clone for clone in found if clone), key=lambda clone: (clone.name, clone.url)))


def read_clone(path: Path, names: dict[str, str]) -> Clone | None:
    """Describe a clone; None for a folder that is none."""
    repository = repository_in(path)
    try:
        url = run(repository, "config", "--get", ADDRESS).decode().strip()
        refs = run(repository, "for-each-ref", "--format=%(refname)", REFS).decode().split()
    except Failed:
        return None
    revisions = sorted(map(revision_of, refs), key=lambda revision: (revision != NEWEST, revision))
    commits = [commit for revision in revisions if (commit := find_commit(repository, ref_of(revision)))]
    name, date = (commits[0].name, commits[0].date) if commits else ("", "")
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return Clone(names.get(canonical(url), short_name(url)), url, name, date, size, path, tuple(revisions))


def remove(name: str, settings: Settings) -> Clone:
    """Remove the clone of a known name or an address, and say what it was."""
    clone = find_clone(name, cloned(settings))
    place = clone.path
    with exclusive(place, lambda: None), unused(place) as free:
        if not free:
            raise SourceError(f"{clone.name} is being read by another run; remove it when that has ended")
        part = place.rename(unfinished(place))
        rmtree(part)
    return clone


def find_clone(name: str, clones: tuple[Clone, ...]) -> Clone:
    """Find a clone by name or address; raise SourceError unless there is exactly one."""
    address = canonical(name) if is_address(name) else ""
    found = [clone for clone in clones if name == clone.name or canonical(clone.url) == address]
    if len(found) > 1:
        raise SourceError(f"several clones are called {name}; name one of {', '.join(clone.url for clone in found)}")
    if found:
        return found[0]
    from difflib import get_close_matches

    close = get_close_matches(name, [clone.name for clone in clones], 1)
    hint = f"; did you mean {close[0]!r}?" if close else "; `allocscan targets` lists what is cloned"
    raise SourceError(f"there is no clone of {name!r}{hint}")
