"""Where a file mentions a name before a parenthesis, and what each mention is."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from allocscan.extract.quoting import Text
from allocscan.languages import Language
from allocscan.syntax.noticing import COMMENT, STRING, notice
from allocscan.text import decode

OPENS = "("
WORD_BEFORE = re.compile(r"[\w$]*\Z")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a search for a name and a parenthesis stops."""

    line: int
    column: int
    """Where the name begins, both from 1, the column in characters."""
    word: str
    """The whole word, which may be longer than the name."""
    role: str
    """`comment`, `string`, or the capture of what the word names: `definition.<kind>`, `call` ...; else empty."""
    text: str
    """The line."""


def mentions(content: bytes, name: str, language: Language) -> tuple[Mention, ...]:
    """Find a name before a parenthesis, as a search in the text does; a file that is no text mentions nothing."""
    return mentions_of(content, (name,), language).get(name, ())


def mentions_of(content: bytes, names: Collection[str], language: Language) -> dict[str, tuple[Mention, ...]]:
    """Find several names; those that are not there are left out."""
    if not any(name.encode() in content for name in names):
        return {}
    try:
        text = Text("", decode(content))
    except ValueError:
        return {}
    found = [(name, span) for name in names for span in search(text, name)]
    roles = notice(text.content, language, [span for _, span in found]) if found else []
    mentioned: dict[str, list[Mention]] = {}
    for (name, span), role in zip(found, roles, strict=True):
        mentioned.setdefault(name, []).append(mention(text, name, span, role))
    return {name: tuple(known) for name, known in mentioned.items()}


def search(text: Text, name: str) -> Iterator[tuple[int, int]]:
    """Yield where the name stands."""
    encoded = name.encode("utf-8", "surrogatepass")
    for match in re.finditer(re.escape(encoded + OPENS.encode()), text.content):
        yield match.start(), match.start() + len(encoded)


def mention(text: Text, name: str, span: tuple[int, int], role: str) -> Mention:
    """Describe one place."""
    line, column = text.position(span[0])
    start = text.starts[line - 1]
    end = text.content.find(b"\n", start)
    whole = text.quote((start, len(text.content) if end < 0 else end)).rstrip("\r")
    before = WORD_BEFORE.search(whole[: column - 1])
    return Mention(line, column, (before[0] if before else "") + name, role, whole)


__all__ = ["COMMENT", "STRING", "Mention", "mentions", "mentions_of"]
