"""Conditions as they are written: what they ask, and their opposites."""

import re

from allocscan.languages import Preprocessor

AND, OR = " && ", "||"


def negation(condition: str) -> str:
    """Negate a condition."""
    atom, positive = polarity(condition)
    if not positive:
        return atom
    return f"!{atom}" if re.fullmatch(r"\w+(\s*\([^()]*\))?", atom) else f"!({atom})"


def polarity(condition: str) -> tuple[str, bool]:
    """Split a condition into what is asked, and whether it must hold."""
    found = re.fullmatch(r"!\s*(\w+(?:\s*\([^()]*\))?|\w+\s+\w+)", condition)
    return (found[1], False) if found else (condition, True)


def is_dead(condition: str, preprocessor: Preprocessor) -> bool:
    """Tell whether a condition never holds, because one of those that it joins never does."""
    joined = outermost(condition)
    return OR not in joined and any(each in preprocessor.dead for each in joined.split(AND))


def outermost(condition: str) -> str:
    """Leave out what stands in parentheses."""
    kept, depth = [], 0
    for part in re.split("([()])", condition):
        depth += (part == "(") - (part == ")")
        if not depth:
            kept.append(part)
    return "".join(kept)
