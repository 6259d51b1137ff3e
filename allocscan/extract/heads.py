"""What stands around the name of a function that is defined or announced, beside its types."""

import re
from collections.abc import Iterator
from functools import lru_cache

from allocscan.extract.quoting import Text
from allocscan.syntax import Match, Span

PROTOTYPE = "definition.prototype"
FUNCTIONS = frozenset((PROTOTYPE, "definition.function"))
FARTHEST = 600
"""Bytes before a definition that may belong to it."""
BEFORE = re.compile(rb"(?:^[ \t]*(?!//|#)[^\s#;{}/\"*][^\n#;{}/\"*]*\n)*[^\n#;{}/\"*]*\Z", re.MULTILINE)
LONGEST_PARAMETERS = 2000
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
    yield beginning(content, match.span[0]), name[0]
    start = parameters_end(content, name[1])
    body = content.find(b"{", start, match.span[1])
    yield start, match.span[1] if body < 0 else body


def beginning(content: bytes, start: int) -> int:
    """Go back to where a declaration begins, over macros that hid from the grammar."""
    found = BEFORE.search(content, max(0, start - FARTHEST), start)
    return found.start() if found else start


def parameters_end(content: bytes, start: int) -> int:
    """Go to the end of a list of parameters, whatever it nests."""
    depth = 0
    for position in range(start, min(start + LONGEST_PARAMETERS, len(content))):
        depth += {40: 1, 41: -1}.get(content[position], 0)
        if content[position] == 41 and depth <= 0:
            return position + 1
    return start


def is_telling(text: Text, match: Match, written: str) -> bool:
    """Tell whether a match says more than its types do, or is something else than an announcement."""
    return match.role != PROTOTYPE or bool(attributes_of(text, match, written))
