"""One file's bytes become its facts."""

from allocscan.extract.bounds import find_excess
from allocscan.extract.quoting import Text, shortened, squeezed
from allocscan.extract.reading import Reading, place_in
from allocscan.languages import Language, check_expressions
from allocscan.model import FileFacts, Problem
from allocscan.syntax import machine_of
from allocscan.text import decode

SENSELESS, EMPTY = 2, 10
"""A file may be foreign where one byte in so many makes no sense; in the second case it defines nothing either."""
QUOTED = (shortened, squeezed, place_in)
"""What keeps quoted expressions at hand while one file is read."""


def extract(path: str, content: bytes, language: Language) -> FileFacts:
    """Read all that a file says by itself; a file that cannot be read says only why."""
    for kept in QUOTED:
        # Else it would hang on other files which equal texts are one object, and with that how facts are packed.
        kept.cache_clear()
    try:
        text = Text(path, decode(content))
    except ValueError as reason:
        problem = Problem(path, 1, "binary", f"not read, because it is not text: {reason}")
        return FileFacts(path, language.name, size=len(content), problems=(problem,))
    if excess := find_excess(text, language.longest_line):
        size = len(text.content)
        return FileFacts(path, language.name, text.lines, size=size, lost=size, problems=(excess,))
    facts = Reading(text, language).facts()
    return foreign(facts, language) if is_foreign(facts, language) else facts


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
