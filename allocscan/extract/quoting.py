"""The text of a file, and where each byte of it stands."""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from allocscan.model import Location
from allocscan.syntax import Match, Span

NEEDLESS_SPACE = re.compile(r"(?<!\w) | (?!\w)")
LONGEST_TEXT = 160
"""Characters of an expression that are kept."""
REMEMBERED = 2**15
"""Quoted expressions that are kept at hand: most are written more than once."""


class Text:
    """A file's text as UTF-8, ready to be quoted and counted."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.content = text.encode("utf-8", "surrogatepass")
        self.ascii = text.isascii()
        self.lengths = [*map(len, self.content.split(b"\n"))]
        self.starts = [*accumulate(self.lengths[:-1], lambda start, length: start + length + 1, initial=0)]
        self.lines = len(self.starts) - (self.starts[-1] == len(self.content))

    def quote(self, span: Span) -> str:
        """Quote a stretch as it is."""
        return self.content[span[0] : span[1]].decode("utf-8", "replace")

    def short(self, span: Span) -> str:
        """Quote a stretch on one line, and no more of it than a person would read."""
        return shortened(self.content[span[0] : min(span[1], span[0] + 4 * LONGEST_TEXT)])

    def squeezed(self, span: Span) -> str:
        """Quote a stretch without white space but between words; what is too long loses its beginning."""
        return squeezed(self.content[max(span[0], span[1] - 4 * LONGEST_TEXT) : span[1]])

    def texts(self, match: Match, part: str) -> tuple[str, ...]:
        """Quote all stretches of a part."""
        return tuple(self.short(span) for span in match.parts.get(part, ()))

    def first(self, match: Match, part: str) -> str:
        """Quote the first stretch of a part, shortened."""
        spans = match.parts.get(part)
        return self.short(spans[0]) if spans else ""

    def word(self, match: Match, part: str) -> str:
        """Quote the first stretch of a part, without white space."""
        spans = match.parts.get(part)
        return self.squeezed(spans[0]) if spans else ""

    def line(self, offset: int) -> int:
        """Give the line of a byte, from 1."""
        return bisect_right(self.starts, offset)

    def position(self, offset: int) -> tuple[int, int]:
        """Give line and column of a byte, both from 1, the column in characters."""
        line = bisect_right(self.starts, offset)
        start = self.starts[line - 1]
        width = offset - start if self.ascii else len(self.quote((start, offset)))
        return line, width + 1

    def location(self, span: Span) -> Location:
        """Give the place of a stretch."""
        return Location(self.path, *self.position(span[0]), *self.position(span[1]))


@lru_cache(REMEMBERED)
def shortened(quoted: bytes) -> str:
    """Write an expression on one line, and cut off its end if it is long."""
    text = " ".join(quoted.decode("utf-8", "replace").split())
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


@lru_cache(REMEMBERED)
def squeezed(quoted: bytes) -> str:
    """Write an expression without white space but between words, and cut off its beginning if it is long."""
    text = " ".join(quoted.decode("utf-8", "replace").split())
    return NEEDLESS_SPACE.sub("", text)[-LONGEST_TEXT:]
