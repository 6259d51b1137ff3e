"""Source text in lines and pieces, each with what it is to a reader."""

from collections.abc import Iterator
from functools import cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, String, _TokenType
from pygments.util import ClassNotFound

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
    for kind, part in tokens(text, name):
        if "\n" in part:
            first, *others = part.split("\n")
            append(lines[-1], first, kind)
            lines += ([(other, kind)] if other else [] for other in others)
        else:
            append(lines[-1], part, kind)
    return lines if lines[-1] or len(lines) == 1 else lines[:-1]


def tokens(text: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text, each with its kind."""
    lexer = find_lexer(name) if len(text) <= LONGEST else None
    if lexer is None:
        yield "", text
        return
    # Unprocessed: lines and columns stay where they are.
    for _, token, value in lexer.get_tokens_unprocessed(text):
        yield kind_of(token), value


def append(line: list[Piece], text: str, kind: str) -> None:
    """Add a piece to a line, to the last one where it is of the same kind."""
    if not text:
        return
    if line and line[-1][1] == kind:
        line[-1] = (line[-1][0] + text, kind)
    else:
        line.append((text, kind))


@cache
def kind_of(token: _TokenType) -> str:
    """Say what a token is shown as."""
    return next((kind for known, kind in KINDS if token in known), "")  # type: ignore[comparison-overlap]


@cache
def find_lexer(name: str) -> Lexer | None:
    """Find a lexer; None where Pygments has none of that name."""
    try:
        return get_lexer_by_name(name) if name else None
    except ClassNotFound:
        return None
