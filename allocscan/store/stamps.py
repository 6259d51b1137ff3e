"""What files look like from outside, and when that tells that they hold what they held.

The rule is that of Git's index: what is written gets new times, a new size or another inode, and the time of change
cannot be set back by those who set the others. A second change within one tick of the clock would leave no trace, so
that a stamp only counts where it is older than the moment at which reading began, by more than a tick.
"""

import os
from stat import S_ISLNK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Stamp = tuple[int, ...]
"""Kind, device, inode, size, and the times of the last writing and of the last change, in nanoseconds."""

FIELDS, TIMES = 6, (4, 5)
"""How many there are of each file, and which of them are times."""
SECOND = 10**9
FINE, COARSE = SECOND // 10, 2 * SECOND
"""Nanoseconds that a tick takes at most; where clocks have whole seconds only, it takes up to two of them."""


def stamp(path: str) -> Stamp | None:
    """Look at a file or a folder, and at what a link leads to as well; None where nothing can be seen."""
    try:
        seen = os.lstat(path)
        return stamp_of(seen) + (stamp_behind(path) if S_ISLNK(seen.st_mode) else ())
    except (OSError, ValueError):
        return None


def stamp_behind(link: str) -> Stamp:
    """Look at what a link leads to, if it leads anywhere."""
    try:
        return stamp_of(os.stat(link))
    except OSError:
        return ()


def stamp_of(seen: os.stat_result) -> Stamp:
    """Keep what changes with a file."""
    return seen.st_mode, seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns


def settled(seen: Stamp, began: int) -> bool:
    """Tell whether a file was last changed so long before a moment that any later change shows."""
    changes = [seen[at] for at in range(len(seen)) if at % FIELDS in TIMES]
    return all(change + (FINE if change % SECOND else COARSE) < began for change in changes)


def differing(seen: "Mapping[str, Stamp | None]") -> dict[str, Stamp | None]:
    """Give the stamps of what does not look as it did."""
    return {path: now for path, before in seen.items() if (now := stamp(path)) != before}


def all_below(folder: str, left_out: frozenset[str] = frozenset()) -> "Iterable[str]":
    """Yield a folder and everything below it; folders of some names are left out."""
    yield folder
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                yield entry.path
            elif entry.name not in left_out:
                yield from all_below(entry.path, left_out)
