"""One file's bytes become its facts."""

from allocscan.extract.bounds import find_excess
from allocscan.extract.quoting import Text
from allocscan.extract.reading import Reading
from allocscan.languages import Language
from allocscan.model import FileFacts, Problem
from allocscan.syntax import machine_of
from allocscan.text import decode


def extract(path: str, content: bytes, language: Language) -> FileFacts:
    """Read all that a file says by itself; a file that cannot be read says only why."""
    try:
        text = Text(path, decode(content))
    except ValueError as reason:
        problem = Problem(path, 1, "binary", f"not read, because it is not text: {reason}")
        return FileFacts(path, language.name, size=len(content), problems=(problem,))
    if excess := find_excess(text, language.longest_line):
        size = len(text.content)
        return FileFacts(path, language.name, text.lines, size=size, lost=size, problems=(excess,))
    return Reading(text, language).facts()


def check(language: Language) -> None:
    """Raise QueryError where a language's grammar or queries cannot be used."""
    machine_of(language)


__all__ = ["check", "extract"]
