"""Where a file mentions a name before a parenthesis, and what each mention is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from allocscan.extract.quoting import Text
from allocscan.languages import Language
from allocscan.syntax import Span
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


Place = tuple[int, int, str, str]
"""A line, a column, the whole word, and the whole line."""


def mentions(content: bytes, name: str, language: Language) -> tuple[Mention, ...]:
    """Find a name before a parenthesis, as a search in the text does; a file that is no text mentions nothing."""
    text = read(content) if name.encode("utf-8", "surrogatepass") in content else None
    spans = list(search(text, name)) if text else []
    return tuple(noticed(text, name, spans, language)) if text and spans else ()


def read(content: bytes) -> Text | None:
    """Read a file, if it is a text."""
    try:
        return Text("", decode(content))
    except ValueError:
        return None


def search(text: Text, name: str) -> Iterator[Span]:
    """Yield where the name stands."""
    encoded = name.encode("utf-8", "surrogatepass")
    for match in re.finditer(re.escape(encoded + OPENS.encode()), text.content):
        yield match.start(), match.start() + len(encoded)


def noticed(text: Text, name: str, spans: list[Span], language: Language) -> Iterator[Mention]:
    """Say what a name is where it stands."""
    places = [described(text, name, span) for span in spans]
    roles = notice(text.content, language, spans, [is_whole(name, place) for place in places])
    yield from (mention(place, role) for place, role in zip(places, roles, strict=True))


def described(text: Text, name: str, span: Span) -> Place:
    """Describe a place where a name stands."""
    line, column = text.position(span[0])
    start = text.starts[line - 1]
    whole = text.quote((start, start + text.lengths[line - 1])).rstrip("\r")
    before = WORD_BEFORE.search(whole[: column - 1])
    return line, column, (before[0] if before else "") + name, whole


def is_whole(name: str, place: Place) -> bool:
    """Tell whether a name is all of the word that ends with it."""
    return place[2] == name


def mention(place: Place, role: str) -> Mention:
    """Join a place with what its word is there."""
    line, column, word, whole = place
    return Mention(line, column, word, role, whole)


__all__ = ["COMMENT", "STRING", "Mention", "described", "is_whole", "mention", "mentions", "read"]
