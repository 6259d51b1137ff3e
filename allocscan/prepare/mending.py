"""Repairs of what hides from the grammar, at equal length."""

import re
from collections.abc import Iterable, Iterator

from allocscan.prepare.layout import Span

FARTHEST = 400
"""Empty bytes that may lie between what does not parse and what hides it from the grammar."""
NOT_NEWLINE = re.compile(rb"[^\r\n]")


def mend(content: bytes, ruined: Iterable[Span], repair: re.Pattern[bytes]) -> bytes:
    """Apply a repair to the lines that do not parse and the last line before them, at equal length."""
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
            last = content.find(b"\n", end) + 1 or len(content)
    yield first, last


def line_before(content: bytes, end: int) -> int:
    """Find where the last line begins that holds something before a byte, if it is not far."""
    low = max(end - FARTHEST, 0)
    return max(content.rfind(b"\n", 0, low + len(content[low : max(end, 0)].rstrip())) + 1, 0)


def apply(content: bytearray, match: re.Match[bytes]) -> None:
    """Make one repair."""
    for group, text in match.groupdict().items():
        match group.rstrip("0123456789"):
            case _ if not text:
                continue
            case "blank":
                content[slice(*match.span(group))] = NOT_NEWLINE.sub(b" ", text)
            case "word":
                content[slice(*match.span(group))] = NOT_NEWLINE.sub(b"_", text)
            case "end":
                content[match.start(group)] = ord(";")
            case "comma":
                content[match.start(group)] = ord(",")
