r"""Values as cells of CSV: every record is a line, nothing is a formula, and all of it can be read back.

Control and invisible characters stand as escapes such as `\x1b`, and a backslash twice; the parts of a list are joined,
with a backslash before a joint that is part of a name. A spreadsheet would take a text that begins like a formula for
one, so an apostrophe goes before it, and before one that begins with an apostrophe.
"""

from collections.abc import Iterable
from typing import Any

from allocscan.reporters.wording import escape

JOINT = ";"
GUARDED = tuple("=+-@\t\r\n'\uff1d\uff0b\uff0d\uff20")
"""What a formula may begin with, in some spreadsheet or other, and what guards against it."""
GUARD = "'"


def cells(values: Iterable[Any]) -> list[str]:
    """Write the values of one row."""
    return list(map(cell, values))


def cell(value: Any) -> str:
    """Write one value; what is absent is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return guarded(f"{JOINT} ".join(map(part, value)))
    return guarded(quoted(value)) if isinstance(value, str) else str(value)


def part(value: str) -> str:
    """Write a part of a list."""
    return quoted(value).replace(JOINT, f"\\{JOINT}")


def quoted(text: str) -> str:
    """Write what cannot be seen as escapes."""
    return escape(text.replace("\\", r"\\"))


def guarded(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"{GUARD}{text}" if text.startswith(GUARDED) else text
