"""All that a file mentions before parentheses: some names as `mentions` tells of one, and other words in passing."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from allocscan.extract.mentions import WORD_BEFORE, Mention, described, is_whole, mention
from allocscan.extract.quoting import Text
from allocscan.languages import Language
from allocscan.syntax import Span
from allocscan.syntax.noticing import notice

OPENS, APART = b"(", b" "
WORDS = bytes(byte if byte >= 0x80 or bytes((byte,)).isalnum() or byte in b"_$(" else APART[0] for byte in range(0x100))
"""What keeps words and parentheses, and puts spaces for the rest; bytes that are no ASCII are parts of letters."""
BEFORE, LONGEST = 60, 160
"""Bytes of a line that are quoted: in front of a word that stands far to the right, and in all."""
QUOTED = 10
"""Lines of a file in which a word is quoted, for each of its roles."""

Named = tuple[str, Span]
"""A name, and where it stands."""
Start = tuple[int, int]
"""A line and a column."""


@dataclass(frozen=True, slots=True)
class Passing:
    """Mentions of a word in one role."""

    count: int
    lines: tuple[tuple[int, str], ...]
    """The first few: their numbers, and what stands there."""


Mentioned = dict[str, tuple[Mention, ...]]
"""Mentions by name."""
Passed = dict[tuple[str, str], Passing]
"""Other mentions, by word and role: comment, string, or nothing where it is neither."""


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

    def spans(self, content: bytes) -> Iterator[Named]:
        """Yield what a search in the text for each of the names finds."""
        for word, end in called(content):
            yield from ((name.decode(), (end - len(name), end)) for name in self.ending(word))

    def others(self, content: bytes) -> Iterator[Named]:
        """Yield the words before a parenthesis that are none of the names."""
        for stretch, end in called(content):
            word = stretch if stretch.isascii() else last_word(stretch)
            if word and word not in self.names:
                yield word.decode(), (end - len(word), end)


def called(content: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield the words before a parenthesis, and where they end."""
    end = 0
    for part in content.translate(WORDS).split(OPENS)[:-1]:
        end += len(part)
        if word := part.rpartition(APART)[2]:
            yield word, end
        end += len(OPENS)


def last_word(stretch: bytes) -> bytes:
    """Give the word that a stretch ends with, for not all that is no ASCII is a letter."""
    found = WORD_BEFORE.search(stretch.decode("utf-8", "replace"))
    return found[0].encode() if found else b""


def survey(text: Text, names: Names, language: Language, known: Set[Start]) -> tuple[Mentioned, Passed]:
    """Find several names, and in passing all other words.

    Of these it is only asked whether they stand in code, as of what begins where it is known what stands there.
    """
    found, others = list(names.spans(text.content)), list(names.others(text.content))
    places = [described(text, name, span) for name, span in found]
    whole = [is_whole(name, place) and place[:2] not in known for (name, _), place in zip(found, places, strict=True)]
    spans = [span for _, span in (*found, *others)]
    roles = notice(text.content, language, spans, [*whole, *(False for _ in others)]) if spans else []
    mentioned: dict[str, list[Mention]] = {}
    for (name, _), place, role in zip(found, places, roles, strict=False):
        mentioned.setdefault(name, []).append(mention(place, role))
    return {name: tuple(known) for name, known in mentioned.items()}, passed(text, others, roles[len(found) :])


def passed(text: Text, others: Sequence[Named], roles: Sequence[str]) -> Passed:
    """Count mentions by word and role, and quote the first few."""
    spans: dict[tuple[str, str], list[Span]] = {}
    for (word, span), role in zip(others, roles, strict=True):
        spans.setdefault((word, role), []).append(span)
    return {key: Passing(len(known), tuple(quoted(text, known))) for key, known in spans.items()}


def quoted(text: Text, spans: Iterable[Span]) -> Iterator[tuple[int, str]]:
    """Quote the first lines of some spans, and of long ones what stands around these."""
    lines = {text.line(start): start for start, _ in spans}
    for line, at in list(lines.items())[:QUOTED]:
        start = text.starts[line - 1]
        end = start + text.lengths[line - 1]
        first = at - BEFORE if at - start > LONGEST - BEFORE else start
        last = min(end, first + LONGEST)
        shown = text.quote((first, last)).strip()
        yield line, f"{'…' if first > start else ''}{shown}{'…' if last < end else ''}"
