"""What stands around the name of a function that is defined or announced, beside its types."""

import re
from collections.abc import Iterator
from functools import lru_cache

from allocscan.extract.quoting import Text
from allocscan.syntax import Match, Span

PROTOTYPE = "definition.prototype"
FUNCTIONS = frozenset((PROTOTYPE, "definition.function"))
FARTHEST = 600
"""Bytes before a definition, before its name or behind its parameters that may belong to it."""
LINE = re.compile(rb"[ \t]*[^\s#;{}/\"*][^\n#;{}/\"*]*\n")
"""A line that may be the beginning of a declaration."""
STOP = ord(";")
STOPS = bytes.maketrans(b'#{}/"*', bytes([STOP] * 6))
"""What no declaration begins with, made one."""
LONGEST_PARAMETERS = 2000
PARENTHESIS = re.compile(rb"[()]")
COMMENT = re.compile(rb"/\*.*?\*/|//[^\n]*", re.DOTALL)


@lru_cache
def pattern_of(written: str) -> re.Pattern[bytes]:
    """Compile what recognises one attribute."""
    return re.compile((written or r"(?!)").encode())


def attributes_of(text: Text, match: Match, written: str) -> tuple[str, ...]:
    """Quote the attributes of a function, and the macros that may stand for some, wherever they are written."""
    if match.role not in FUNCTIONS or not written or "name" not in match.parts:
        return ()
    return tuple(
        text.short((span[0] + found.start(), span[0] + found.end()))
        for span in around(text.content, match)
        for found in pattern_of(written).finditer(COMMENT.sub(blank, text.content[slice(*span)]))
    )


def blank(comment: re.Match[bytes]) -> bytes:
    """Give as many spaces as a comment has bytes."""
    return b" " * len(comment[0])


def around(content: bytes, match: Match) -> Iterator[Span]:
    """Yield what stands before the name of a function, and what behind its parameters."""
    name = match.parts["name"][0]
    yield max(beginning(content, match.span[0]), name[0] - FARTHEST), name[0]
    start = parameters_end(content, name[1])
    end = min(match.span[1], start + FARTHEST)
    body = content.find(b"{", start, end)
    yield start, end if body < 0 else body


def beginning(content: bytes, start: int) -> int:
    """Go back to where a declaration begins, over macros that hid from the grammar."""
    low = max(0, start - FARTHEST)
    line = content.rfind(b"\n", low, start) + 1 or low
    stop = content[line:start].translate(STOPS).rfind(STOP)
    if stop >= 0:
        return line + stop + 1
    while line > low:
        above = content.rfind(b"\n", max(0, low - 1), line - 1) + 1
        if above < low or not LINE.fullmatch(content, above, line):
            break
        line = above
    return line


def parameters_end(content: bytes, start: int) -> int:
    """Go to the end of a list of parameters, whatever it nests."""
    depth = 0
    for found in PARENTHESIS.finditer(content, start, start + LONGEST_PARAMETERS):
        depth += 1 if found[0] == b"(" else -1
        if depth <= 0 and found[0] == b")":
            return found.end()
    return start


def is_telling(text: Text, match: Match, written: str) -> bool:
    """Tell whether a match says more than its types do, or is something else than an announcement."""
    return match.role != PROTOTYPE or bool(attributes_of(text, match, written))
