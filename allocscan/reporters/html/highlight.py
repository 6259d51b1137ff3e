"""Source text in lines and pieces, each with what it is to a reader."""

from collections.abc import Iterator
from functools import cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, String, _TokenType
from pygments.util import ClassNotFound

from allocscan.reporters.html.lexing import quickened

Piece = tuple[str, str]
"""A text, and what it is; empty for what is shown plainly."""

KINDS: tuple[tuple[_TokenType, str], ...] = (
    (Comment.Preproc, "p"),
    (Comment.PreprocFile, "s"),
    (Comment, "q"),
    (Keyword.Type, "t"),
    (Keyword, "k"),
    (String.Doc, "q"),
    (String, "s"),
    (Number, "m"),
    (Name.Function, "f"),
    (Name.Class, "f"),
    (Name.Decorator, "p"),
)
"""What tokens are shown as: few kinds, so that sites stand out."""
LONGEST = 2**20
"""Characters beyond which a text is shown plainly."""


def highlight(text: str, name: str) -> list[list[Piece]]:
    """Divide a text into lines and pieces, as the lexer of a name sees it."""
    lines: list[list[Piece]] = [[]]
    for kind, part in stretches(text, name):
        first, *others = part.split("\n")
        if first:
            lines[-1].append((first, kind))
        lines += ([(other, kind)] if other else [] for other in others)
    return lines if lines[-1] or len(lines) == 1 else lines[:-1]


def stretches(text: str, name: str) -> Iterator[tuple[str, str]]:
    """Cut a text where what it is to a reader changes; give each part with its kind."""
    lexer = find_lexer(name) if len(text) <= LONGEST else None
    start, last = 0, ""
    # Unprocessed: lines and columns stay where they are.
    for position, token, _ in lexer.get_tokens_unprocessed(text) if lexer else ():
        kind = SHOWN[token]
        if kind != last and position >= start:
            yield last, text[start:position]
            start, last = position, kind
    yield last, text[start:]


class Shown(dict[_TokenType, str]):
    """What each token is shown as, found out when it is first asked for."""

    def __missing__(self, token: _TokenType) -> str:
        self[token] = next((kind for known, kind in KINDS if token in known), "")  # type: ignore[comparison-overlap]
        return self[token]


SHOWN = Shown()


@cache
def find_lexer(name: str) -> Lexer | None:
    """Find a lexer; None where Pygments has none of that name."""
    try:
        return quickened(get_lexer_by_name(name)) if name else None
    except ClassNotFound:
        return None
