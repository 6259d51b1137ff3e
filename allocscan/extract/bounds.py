"""What a text must not exceed, so that reading it takes neither all memory nor all day."""

import re

from allocscan.extract.quoting import Text
from allocscan.model import Problem

DEEPEST = 1000
"""Brackets that may be open at once."""
MOST_BRACKETS = 250_000
"""Brackets that may be opened in all."""
PAIRS = {b")": b"(", b"]": b"[", b"}": b"{"}
BRACKETS = re.compile(rb"[](){}[]")
QUOTED = re.compile(rb"""'(?:[^'\\\n]|\\.)'|"(?:[^"\\\n]|\\.)*\"""")
"""What looks like a text on one line, in any language: an odd quote may hide brackets that do count."""
MOST_HIDDEN = 20_000
"""Brackets that may be opened in all where some may be hidden; so many are read in any case."""


def find_excess(text: Text, longest_line: int) -> Problem | None:
    """Say why a text is not read, if it is not; what is counted is the same on every machine."""
    opened = sum(map(text.content.count, PAIRS.values()))
    if opened > MOST_BRACKETS:
        return skipped(text, 1, "too large", f"it opens {opened} brackets, the limit is {MOST_BRACKETS}")
    deep = find_deepest(text.content) if opened > DEEPEST else -1
    if deep >= 0 and opened <= MOST_HIDDEN:
        deep = find_deepest(QUOTED.sub(as_long, text.content))
    if deep >= 0:
        return skipped(text, text.line(deep), "too deep", f"more than {DEEPEST} brackets are open at once")
    long = next((line for line, length in enumerate(text.lengths, 1) if length > longest_line), 0)
    return skipped(text, long, "too large", f"a line is longer than {longest_line} bytes") if long else None


def find_deepest(content: bytes) -> int:
    """Give the byte at which too many brackets are open; -1 where there is none.

    Strings and comments hold single brackets: an outer bracket that closes takes along what is still open in it.
    """
    opened: list[bytes] = []
    count = dict.fromkeys(PAIRS.values(), 0)
    for match in BRACKETS.finditer(content):
        bracket = match[0]
        if bracket in count:
            opened.append(bracket)
            count[bracket] += 1
            if len(opened) > DEEPEST:
                return match.start()
        elif count[PAIRS[bracket]]:
            close(opened, count, PAIRS[bracket])
    return -1


def as_long(quoted: re.Match[bytes]) -> bytes:
    """Give a text of equal length without brackets."""
    return b"_" * len(quoted[0])


def close(opened: list[bytes], count: dict[bytes, int], bracket: bytes) -> None:
    """Close the last bracket of a kind, and all that were opened since."""
    last = b""
    while last != bracket:
        last = opened.pop()
        count[last] -= 1


def skipped(text: Text, line: int, kind: str, reason: str) -> Problem:
    """Say that a text is not read, and why."""
    return Problem(text.path, line, kind, f"not read: {reason}")
