"""What of a file was not looked at, although it may hold something."""

from collections.abc import Iterator

from allocscan.extract.quoting import Text
from allocscan.model import Problem


def read_omitted(text: Text, deep: tuple[int, ...], elsewhere: tuple[int, ...]) -> Iterator[Problem]:
    """Say once of each kind what was not looked at, given where."""
    if deep:
        message = "what is innermost here was not looked for: a construct is nested too deep"
        yield Problem(text.path, text.line(deep[0]), "too deep", message)
    if elsewhere:
        more = f", nor are {len(elsewhere) - 1} stretches further down" if len(elsewhere) > 1 else ""
        message = f"what follows is only there for a compiler of another language, and not read{more}"
        yield Problem(text.path, min(map(text.line, elsewhere)), "foreign", message)
