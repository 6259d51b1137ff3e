"""What was linked before is right again where files say the same, though it stands in other lines."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from allocscan.model import FileFacts, Report
from allocscan.remembered.moving import Lines, makers, renumbering
from allocscan.remembered.portions import unpacked
from allocscan.store.cache import Cache
from allocscan.store.packing import unpack

Saying = tuple[str, str]
"""The names of what a file says, and of its facts."""


class Earlier(NamedTuple):
    """What a tree was when it was linked last."""

    linked: str
    """The key of what came of that."""
    files: Mapping[str, Saying]


def moved(store: Cache, key: str, files: Mapping[str, Saying], parts: Collection[str] = ()) -> Report | None:
    """Give parts of what was linked last, with all lines where they are now; None where files say something else.

    That is not stored once more: from what was linked, it is found as fast again.
    """
    earlier = store.recall(key, Earlier)
    if not earlier or earlier.files.keys() != files.keys():
        return None
    changed = [path for path, saying in files.items() if saying[0] != earlier.files[path][0]]
    needed = [earlier.linked, *(earlier.files[path][1] for path in changed)]
    facts = store.fetch([*needed, *(files[path][1] for path in changed)])
    store.use(needed)
    lines: dict[str, Lines] = {}
    for path in changed:
        before, after = (unpack(facts.get(each[path][1], b""), FileFacts) for each in (earlier.files, files))
        known = renumbering(before, after) if before and after else None
        if not known:
            return None
        lines[path] = known
    try:
        return unpacked(facts.get(earlier.linked, b""), parts, makers(lines))
    except KeyError:
        return None
