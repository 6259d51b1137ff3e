"""Bytes become text in every encoding that sources come in, and binary content does not."""

import codecs
import os

import pytest

from allocscan.text import decode

TEXT = 'char *naïve = "größer";\n// Ω\n'
LATIN = 'char *name = "Müller";\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_recognised_with_or_without_a_mark(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    "mark", [codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be")]
)
def test_big_endian_marks(mark: bytes) -> None:
    assert decode(mark) == TEXT


def test_anything_else_is_latin_1() -> None:
    assert decode(LATIN.encode("latin-1")) == LATIN
    assert decode(codecs.BOM_UTF8 + LATIN.encode("latin-1")) == LATIN


@pytest.mark.parametrize(
    "text", ["", "x", "\n", "int a;\f\v\t\x1a", "\x1b[0m coloured on purpose, and quite long \x01"]
)
def test_unusual_text_is_text(text: str) -> None:
    assert decode(text.encode()) == text


@pytest.mark.parametrize(
    "content",
    [
        b"int a;\0int b;\n",
        b"\x7fELF\x01\x02\x03\x04",
        bytes(range(1, 32)) * 9,
        bytes(256),
        os.urandom(4096),
        b"\xff\xfea\x00\x00\xd8b\x00",
    ],
)
def test_binary_content_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"^it "):
        decode(content)
