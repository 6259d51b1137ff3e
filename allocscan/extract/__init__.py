"""One file's bytes become its facts."""

import re
from itertools import pairwise

from allocscan.extract.bounds import find_excess, skipped
from allocscan.extract.quoting import Text, shortened, squeezed
from allocscan.extract.reading import Reading, place_in
from allocscan.languages import Language, check_expressions
from allocscan.model import FileFacts, Problem
from allocscan.syntax import Unwieldy, machine_of
from allocscan.text import decode

NOT_NEWLINE = re.compile(r"[^\n]")
SENSELESS, EMPTY = 2, 10
"""A file may be foreign where one byte in so many makes no sense; in the second case it defines nothing either."""
UNWIELDY = "it makes so little sense, or is nested so deep, that to look for anything takes too long"
QUOTED = (shortened, squeezed, place_in)
"""What keeps quoted expressions at hand while one file is read."""


def extract(path: str, content: bytes, language: Language) -> FileFacts:
    """Read all that a file says by itself; a file that cannot be read says only why."""
    for kept in QUOTED:
        # Else it would hang on other files which equal texts are one object, and with that how facts are packed.
        kept.cache_clear()
    try:
        text = Text(path, embedded(path, decode(content), language))
    except ValueError as reason:
        problem = Problem(path, 1, "binary", f"not read, because it is not text: {reason}")
        return FileFacts(path, language.name, size=len(content), problems=(problem,))
    if excess := find_excess(text, language.longest_line):
        return unread(text, language, excess)
    try:
        facts = Reading(text, language).facts()
    except Unwieldy:
        return unread(text, language, skipped(text, 1, "too deep", UNWIELDY))
    return foreign(facts, language) if is_foreign(facts, language) else facts


def unread(text: Text, language: Language, problem: Problem) -> FileFacts:
    """Say of a file only that it is not read, and why."""
    size = len(text.content)
    return FileFacts(text.path, language.name, text.lines, size=size, lost=size, problems=(problem,))


def embedded(path: str, text: str, language: Language) -> str:
    """Blank what is no code in a file that holds other text as well; one that is not what it seems stays as it is."""
    if not path.endswith(language.embedded):
        return text
    found = list(re.finditer(language.embedding, text, re.DOTALL | re.MULTILINE))
    if not found or found[-1].end() < len(text):
        return text
    spans = [match.span(match.lastgroup) for match in found if match.lastgroup]
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    parts = [text[start:end] for start, end in pairwise(edges)]
    return "".join(part if number % 2 else NOT_NEWLINE.sub(" ", part) for number, part in enumerate(parts))


def is_foreign(facts: FileFacts, language: Language) -> bool:
    """Tell whether a file that only might be of a language reads like something else."""
    limit = SENSELESS if facts.definitions else EMPTY
    return facts.path.endswith(language.borrowed) and limit * facts.lost > facts.size


def foreign(facts: FileFacts, language: Language) -> FileFacts:
    """Say of a file only that it is of no language that is known."""
    problem = Problem(facts.path, 1, "foreign", f"not read: much of it makes no sense as {language.title}")
    return FileFacts(facts.path, facts.language, size=facts.size, problems=(problem,))


def check(language: Language) -> None:
    """Raise QueryError where a language's grammar, queries or expressions cannot be used."""
    check_expressions(language)
    machine_of(language)


__all__ = ["check", "extract"]
