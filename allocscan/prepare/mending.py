"""Repairs of what hides from the grammar, at equal length."""

import re
from collections.abc import Iterable, Iterator

from allocscan.prepare.layout import Span

FARTHEST = 400
"""Empty bytes that may lie between what does not parse and what hides it from the grammar."""
KEYWORD = "as_"
"""How the name of a group begins whose text becomes a word of the language; it is longer than that."""
SIGNS = {"end": b";", "comma": b",", "equals": b"="}
"""What is written over the first byte of a text."""
NOT_NEWLINE = re.compile(rb"[^\r\n]")


def mend(content: bytes, ruined: Iterable[Span], repair: re.Pattern[bytes]) -> bytes:
    """Apply a repair to the lines that do not parse, the last line before them and the next, at equal length."""
    mended = bytearray(content)
    for start, end in damaged_lines(content, ruined):
        for match in repair.finditer(content, start, end):
            apply(mended, match)
    return bytes(mended)


def damaged_lines(content: bytes, ruined: Iterable[Span]) -> Iterator[Span]:
    """Yield what a repair may change, each part of it once."""
    first = last = 0
    for start, end in sorted(ruined):
        begin = line_before(content, content.rfind(b"\n", 0, start))
        if begin > last:
            yield first, last
            first = begin
        if end >= last:
            last = line_after(content, end)
    yield first, last


def line_before(content: bytes, end: int) -> int:
    """Find where the last line begins that holds something before a byte, if it is not far."""
    low = max(end - FARTHEST, 0)
    return max(content.rfind(b"\n", 0, low + len(content[low : max(end, 0)].rstrip())) + 1, 0)


def line_after(content: bytes, start: int) -> int:
    """Find where the line ends behind the one that holds a byte."""
    end = content.find(b"\n", start) + 1
    return (end and content.find(b"\n", end) + 1) or len(content)


def apply(content: bytearray, match: re.Match[bytes]) -> None:
    """Make one repair: each group is named after what comes in its place."""
    for group, text in match.groupdict().items():
        if text:
            written = replaced(group.rstrip("0123456789"), text)
            start = match.start(group)
            content[start : start + len(written)] = written


def replaced(said: str, text: bytes) -> bytes:
    """Write a sign, a word of the language, or something of no meaning over a text."""
    if said == "word":
        return NOT_NEWLINE.sub(b"_", text)
    word = said.removeprefix(KEYWORD).encode() if said.startswith(KEYWORD) else b""
    return SIGNS.get(said) or word + NOT_NEWLINE.sub(b" ", text[len(word) :])
