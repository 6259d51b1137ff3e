"""What was printed is right again where files look different, and still say what was shown of them."""

import marshal
import os
from collections.abc import Mapping
from enum import StrEnum
from stat import S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from allocscan.keys import content_key, facts_key, language_key, outline_key
from allocscan.store.cache import Cache
from allocscan.store.digests import digest
from allocscan.store.stamps import Stamp
from allocscan.within import FOLDER, LARGEST, Unreadable, load

if TYPE_CHECKING:
    from allocscan.remembered.outline import Outline

Entry = tuple[str, str, str, str]
"""Of a scanned file: its path in the tree, the name of its language, the key of its facts, and a name for what was
shown of it; empty where only its text tells."""


class Shown(StrEnum):
    """What of scanned files can change a report of all of them."""

    LINES = "lines"
    """What their texts say, and the lines on which they call something."""
    OUTLINES = "outlines"
    """Also how large they are, and how well they were understood."""
    TEXT = "text"
    """Everything."""


class Scanned(NamedTuple):
    """The scanned files that an answer depended on, and how they are read."""

    shown: str
    """What of them can change the answer."""
    files: dict[str, Entry]
    """By absolute path."""
    read: dict[str, str]
    """Names for how files of each language are read."""


def show(outline: "Outline", shown: str) -> str:
    """Name what is shown of a file; empty where only its text tells."""
    if shown == Shown.LINES:
        return digest(outline.said, outline.lines)
    return digest(repr(outline)) if shown == Shown.OUTLINES else ""


def alike(before: Stamp | None, now: Stamp | None) -> bool:
    """Tell whether a regular file, and no link to one, is that still, on the same device and with the same rights."""
    return before is not None and now is not None and S_ISREG(before[0]) and before[:2] == now[:2]


def renewed(
    store: Cache, known: bytes, seen: Mapping[str, Stamp | None], others: Mapping[str, Stamp | None]
) -> bytes | None:
    """Look at files that look different than when they were seen: give what is known by now, if the same is shown."""
    scanned = Scanned._make(marshal.loads(known))
    if not all(place in scanned.files and alike(seen[place], look) for place, look in others.items()):
        return None
    now, contents = dict(scanned.files), {}
    for place in others:
        before = scanned.files[place]
        try:
            content = content_of(place, before[0])
        except (Unreadable, OSError):
            return None
        now[place] = rekeyed(before, content, scanned.read)
        if now[place] != before:
            contents[now[place]] = content
    same = not contents or (all(shown for *_, shown in contents) and shows_the_same(store, scanned, contents))
    return packed(scanned._replace(files=now)) if same else None


def packed(scanned: Scanned) -> bytes:
    """Write what is known of scanned files, for an answer."""
    return marshal.dumps(tuple(scanned))


def content_of(place: str, path: str) -> bytes:
    """Read a file of a tree; raise OSError or Unreadable where that cannot be done."""
    root = os.open(place[: -len(path) - 1] or "/", FOLDER)
    try:
        return load(root, path, LARGEST)
    finally:
        os.close(root)


def rekeyed(entry: Entry, content: bytes, read: Mapping[str, str]) -> Entry:
    """Say what a file is by now."""
    path, language, _, shown = entry
    return path, language, facts_key(path, content_key(content), read[language]), shown


def shows_the_same(store: Cache, scanned: Scanned, contents: Mapping[Entry, bytes]) -> bool:
    """Tell whether the same is shown of files that hold something else by now."""
    outlines = outlines_of(store, contents, scanned.read)
    return len(outlines) == len(contents) and all(
        show(outline, scanned.shown) == entry[-1] for entry, outline in outlines.items()
    )


def outlines_of(store: Cache, contents: Mapping[Entry, bytes], read: Mapping[str, str]) -> "dict[Entry, Outline]":
    """Give the outlines of files, remembered or read; there is none where the language is not remembered."""
    from allocscan.extract import extract
    from allocscan.languages.language import Language
    from allocscan.remembered.outline import Outline, outlined
    from allocscan.store.packing import unpack

    languages = {name: language_key(read[name]) for _, name, *_ in contents}
    stored = store.fetch([*languages.values(), *(outline_key(key) for _, _, key, _ in contents)])
    known = {name: unpack(stored.get(key, b""), Language) for name, key in languages.items()}
    outlines: dict[Entry, Outline] = {}
    news: dict[str, bytes] = {}
    for entry, content in contents.items():
        path, name, key, _ = entry
        outline, language = unpack(stored.get(outline_key(key), b""), Outline), known[name]
        if not outline and language:
            found = outlined(key, content, extract(path, content, language), packed=True)
            outline, news = found.outline, news | found.kept
        if outline:
            outlines[entry] = outline
    store.keep(news)
    return outlines
