"""Markdown: tables, code, and text in which nothing that was scanned means anything."""

import re
from collections.abc import Iterable, Iterator, Sequence

from allocscan.reporters.wording import escape

ENTITIES = re.compile(r"[^\w ]|_")
AWKWARD = re.compile(r"[`|\\]")
"""What code in a table cannot hold."""

Row = Sequence[str]


def section(title: str, found: Sequence[object], shown: int, heads: Row, rows: Iterable[Row]) -> Iterator[str]:
    """Head a table, and say how much of it there is; nothing where there is nothing."""
    if found:
        yield ""
        yield f"### {title}{f', {shown:,} of {len(found):,}' if len(found) > shown else ''}"
        yield from table(heads, rows)


def table(heads: Row, rows: Iterable[Row]) -> Iterator[str]:
    """Lay out a table; columns of numbers stand to the right."""
    body = list(rows)
    sides = ["--:" if body and body[0][at].replace(",", "").isdigit() else "---" for at in range(len(heads))]
    yield ""
    for row in (heads, sides, *body):
        yield f"| {' | '.join(row)} |"


def number(count: int) -> str:
    """Write a number."""
    return f"{count:,}"


def code(text: str) -> str:
    """Show a name as code, whatever is in it."""
    shown = escape(text)
    if not shown.strip():
        return ""
    return f"<code>{plain(shown)}</code>" if AWKWARD.search(shown) else f"`{shown}`"


def plain(text: str) -> str:
    """Write a text in which nothing means anything to Markdown or HTML."""
    return ENTITIES.sub(lambda found: found[0] if found[0] in ",.%/" else f"&#{ord(found[0])};", escape(text))
