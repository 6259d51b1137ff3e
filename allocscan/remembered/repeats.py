"""The same question about the same things has the same answer: what a run has printed is printed again.

This is looked at before anything else of the program is imported, for most of a short run is that; not even the
modules of types and paths are. An answer is kept with the stamps of all that it depended on: the scanned tree, the
program, its data and packages, the configuration. It counts only while every one of them is as it was; whatever else
can change it is part of the question.
"""

import marshal
import zlib

from allocscan.store.digests import digest
from allocscan.store.stamps import Stamp, differing, settled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from allocscan.store.cache import Cache

FORMAT = 4
"""Of answers."""
EFFORT = 1
"""Of compression; more makes little difference."""

Question = tuple[str, int]
"""What is asked of a run: a key, and when, in nanoseconds."""


class Answer:
    """What a run has printed, and what that depended on."""

    __slots__ = ("code", "listed", "paged", "printed", "scanned", "seen")

    def __init__(
        self,
        printed: list[tuple[bool, str]],
        paged: bool,
        code: int,
        seen: dict[str, Stamp | None],
        listed: dict[str, str],
        scanned: bytes,
    ) -> None:
        self.printed = printed
        """Texts in their order; whether each is beside the report, on standard error."""
        self.paged = paged
        """A long page for a person is handed to a pager."""
        self.code = code
        self.seen = seen
        """The stamps of files and folders; None for what was not there."""
        self.listed = listed
        """Of work trees, digests of what git lists in them."""
        self.scanned = scanned
        """What is known of the scanned files, for when some look different."""


def question(about: "tuple[Any, ...]", began: int) -> Question:
    """Ask something: plain values that hold all that can change the answer, but for files."""
    return digest("answer", marshal.dumps((FORMAT, about))), began


def repeated(store: "Cache", asked: Question) -> Answer | None:
    """Give the answer that a question had, if it still has it."""
    key, _ = asked
    answer = read(store.fetch([key]).get(key, b""))
    if not (answer and still_right(store, asked, answer)):
        return None
    store.use([key])
    return answer


def still_right(store: "Cache", asked: Question, answer: Answer) -> bool:
    """Tell whether an answer is right by what it depended on; where that only looks different, it is kept anew."""
    others = differing(answer.seen)
    if others:
        from allocscan.remembered.renewal import renewed

        known = renewed(store, answer.scanned, answer.seen, others)
        if not known:
            return False
        answer.scanned = known
        answer.seen |= others
    if any(listing(folder) != said for folder, said in answer.listed.items()):
        return False
    if others:
        keep(store, asked, answer)
    return True


def keep(store: "Cache", asked: Question, answer: Answer) -> None:
    """Keep an answer, unless something that it depended on may have changed since the question."""
    key, began = asked
    if all(settled(stamp, began) for stamp in answer.seen.values() if stamp):
        # As it stands, for a value that is its own copy is written and read fastest.
        fields = [getattr(answer, name) for name in Answer.__slots__]
        store.keep({key: zlib.compress(marshal.dumps(fields), EFFORT)})


def read(packed: bytes) -> Answer | None:
    """Read an answer; None where it was damaged."""
    try:
        fields = marshal.loads(zlib.decompress(packed))
        return Answer(**dict(zip(Answer.__slots__, fields, strict=True)))
    except (zlib.error, EOFError, TypeError, ValueError):
        return None


def listing(folder: str) -> str:
    """Change with what git lists in a work tree; empty where it lists nothing."""
    from allocscan import git
    from allocscan.errors import SourceError

    try:
        return digest(git.listed_again(folder))
    except (git.Failed, SourceError):
        return ""
