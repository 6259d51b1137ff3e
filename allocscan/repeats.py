"""The same question about the same things has the same answer: what a run has printed is printed again.

This is looked at before anything else of the program is imported, for most of a short run is that. An answer is kept
with the stamps of all that it depended on: the scanned tree, the program, its data and packages, the configuration. It
counts only while every one of them is as it was; whatever else can change it is part of the question.
"""

import marshal
import zlib
from typing import Any, NamedTuple

from allocscan import git
from allocscan.cache import Cache
from allocscan.digests import digest
from allocscan.errors import SourceError
from allocscan.renewal import Scanned, alike, renewed
from allocscan.stamps import Stamp, differing, settled

FORMAT = 3
"""Of answers."""
EFFORT = 1
"""Of compression; more makes little difference."""


class Question(NamedTuple):
    """What is asked of a run."""

    key: str
    began: int
    """When, in nanoseconds."""


class Answer(NamedTuple):
    """What a run has printed, and what that depended on."""

    printed: list[tuple[bool, str]]
    """Texts in their order; whether each is beside the report, on standard error."""
    paged: bool
    """A long page for a person is handed to a pager."""
    code: int
    seen: dict[str, Stamp | None]
    """The stamps of files and folders; None for what was not there."""
    listed: dict[str, str]
    """Of work trees, digests of what git lists in them."""
    scanned: Scanned


def question(about: tuple[Any, ...], began: int) -> Question:
    """Ask something: plain values that hold all that can change the answer, but for files."""
    return Question(digest("answer", marshal.dumps((FORMAT, about))), began)


def repeated(store: Cache, asked: Question) -> Answer | None:
    """Give the answer that a question had, if it still has it."""
    answer = read(store.fetch([asked.key]).get(asked.key, b""))
    others = differing(answer.seen) if answer else {}
    if not answer or not all(may_say_the_same(answer, place, look) for place, look in others.items()):
        return None
    if any(listing(folder) != said for folder, said in answer.listed.items()):
        return None
    if not others:
        store.use([asked.key])
        return answer
    scanned = renewed(store, answer.scanned, others)
    if scanned:
        keep(store, asked, answer._replace(seen=answer.seen | others, scanned=scanned))
    return answer if scanned else None


def may_say_the_same(answer: Answer, place: str, look: Stamp | None) -> bool:
    """Tell whether something that looks different is a scanned file, and still one of that kind."""
    return place in answer.scanned.files and alike(answer.seen[place], look)


def keep(store: Cache, asked: Question, answer: Answer) -> None:
    """Keep an answer, unless something that it depended on may have changed since the question."""
    if all(settled(stamp, asked.began) for stamp in answer.seen.values() if stamp):
        # As it stands, for a value that is its own copy is written and read fastest.
        *fields, scanned = answer
        store.keep({asked.key: zlib.compress(marshal.dumps((fields, tuple(scanned))), EFFORT)})


def read(packed: bytes) -> Answer | None:
    """Read an answer; None where it was damaged."""
    try:
        fields, scanned = marshal.loads(zlib.decompress(packed))
        return Answer._make((*fields, Scanned._make(scanned)))
    except (zlib.error, EOFError, TypeError, ValueError):
        return None


def listing(folder: str) -> str:
    """Change with what git lists in a work tree; empty where it lists nothing."""
    try:
        return digest(git.listed(folder) or b"")
    except (git.Failed, SourceError):
        return ""
