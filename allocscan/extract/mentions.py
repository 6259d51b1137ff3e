"""Where a file mentions a name before a parenthesis, and what each mention is."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from allocscan.extract.quoting import Text
from allocscan.languages import Language
from allocscan.syntax import Span
from allocscan.syntax.noticing import COMMENT, STRING, notice
from allocscan.text import decode

OPENS = "("
WORD_BEFORE = re.compile(r"[\w$]*\Z")
CALLED = re.compile(rb"[\w$\x80-\xff]+(?=\()")
"""A word before a parenthesis; bytes that are no ASCII are parts of letters."""


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


class Names:
    """Identifiers that are all looked for at once."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(name.encode() for name in names)
        self.lengths = sorted({len(name) for name in self.names})
        self.known: dict[bytes, tuple[bytes, ...]] = {}

    def ending(self, word: bytes) -> tuple[bytes, ...]:
        """Give the names that a word ends with."""
        if word not in self.known:
            self.known[word] = tuple(word[-n:] for n in self.lengths if n <= len(word) and word[-n:] in self.names)
        return self.known[word]

    def spans(self, content: bytes) -> Iterator[tuple[str, Span]]:
        """Yield what a search in the text for each of the names finds."""
        for found in CALLED.finditer(content):
            end = found.end()
            yield from ((name.decode(), (end - len(name), end)) for name in self.ending(found[0]))


def mentions(content: bytes, name: str, language: Language) -> tuple[Mention, ...]:
    """Find a name before a parenthesis, as a search in the text does; a file that is no text mentions nothing."""
    text = read(content) if name.encode("utf-8", "surrogatepass") in content else None
    spans = [(name, span) for span in search(text, name)] if text else []
    return tuple(mention for _, mention in noticed(text, spans, language)) if text and spans else ()


def mentions_of(text: Text, names: Names, language: Language) -> dict[str, tuple[Mention, ...]]:
    """Find several names; those that are not there are left out."""
    spans = list(names.spans(text.content))
    mentioned: dict[str, list[Mention]] = {}
    for name, mention in noticed(text, spans, language) if spans else ():
        mentioned.setdefault(name, []).append(mention)
    return {name: tuple(known) for name, known in mentioned.items()}


def read(content: bytes) -> Text | None:
    """Read a file, if it is a text."""
    try:
        return Text("", decode(content))
    except ValueError:
        return None


def called(text: Text) -> Counter[str]:
    """Count the words before a parenthesis."""
    return Counter({word.decode("utf-8", "replace"): n for word, n in Counter(CALLED.findall(text.content)).items()})


def noticed(text: Text, spans: list[tuple[str, Span]], language: Language) -> Iterator[tuple[str, Mention]]:
    """Say what names are where they stand."""
    places = [described(text, name, span) for name, span in spans]
    whole = [word == name for (name, _), (_, _, word, _) in zip(spans, places, strict=True)]
    roles = notice(text.content, language, [span for _, span in spans], whole)
    for (name, _), (line, column, word, quoted), role in zip(spans, places, roles, strict=True):
        yield name, Mention(line, column, word, role, quoted)


def search(text: Text, name: str) -> Iterator[tuple[int, int]]:
    """Yield where the name stands."""
    encoded = name.encode("utf-8", "surrogatepass")
    for match in re.finditer(re.escape(encoded + OPENS.encode()), text.content):
        yield match.start(), match.start() + len(encoded)


def described(text: Text, name: str, span: Span) -> tuple[int, int, str, str]:
    """Give line, column, whole word and whole line of a place."""
    line, column = text.position(span[0])
    start = text.starts[line - 1]
    whole = text.quote((start, start + text.lengths[line - 1])).rstrip("\r")
    before = WORD_BEFORE.search(whole[: column - 1])
    return line, column, (before[0] if before else "") + name, whole


__all__ = ["COMMENT", "STRING", "Mention", "Names", "called", "mentions", "mentions_of", "read"]
