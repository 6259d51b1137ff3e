"""Bytes become text, in the encodings that source code is written in."""

import codecs

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; the longer ones before those that they begin with."""
SAMPLE_BYTES = 4096
CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\b\x1a\x1b"))
"""Characters that text has no use for."""
TOLERATED = 20
"""Text has at most one control character in so many bytes."""


def decode(content: bytes) -> str:
    """Read UTF-8, UTF-16, UTF-32 or else Latin-1; raise ValueError where the content is no text."""
    mark, encoding = recognised(content)
    body = content[len(mark) :]
    text = read_as(encoding, body)
    check_controls(text.encode() if encoding else body)
    return text


def recognised(content: bytes) -> tuple[bytes, str]:
    """Give the byte order mark and the encoding that the content shows; empty where it shows none."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            # Joined files carry this mark before text in other encodings.
            return mark, "" if mark == codecs.BOM_UTF8 else encoding
    return b"", wide_encoding(content[:SAMPLE_BYTES])


def wide_encoding(sample: bytes) -> str:
    """Recognise UTF-16 without a mark by its NUL bytes: every second one, in mostly western text."""
    pairs = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if pairs < 2 or min(even, odd) * TOLERATED > pairs or max(even, odd) * 2 < pairs:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def read_as(encoding: str, body: bytes) -> str:
    """Decode; what claims no encoding and is not UTF-8 can always be read as Latin-1."""
    try:
        return body.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if not encoding:
            return body.decode("latin-1")
    raise ValueError(f"it begins like {encoding.upper()} and does not go on so")


def check_controls(encoded: bytes) -> None:
    """Raise ValueError for what only binary content has."""
    if b"\0" in encoded:
        raise ValueError("it contains NUL bytes")
    controls = len(encoded) - len(encoded.translate(None, CONTROLS))
    if controls * TOLERATED > len(encoded):
        raise ValueError("it is full of control characters")
