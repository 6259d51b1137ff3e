"""Conditional compilation, undone: texts of equal length in which every directive is blank.

A text whose `#if` splits a construct does not parse. Each variant takes one branch of every
conditional and blanks the others, so that positions stay true; together the variants take every
branch that could hold something of interest.
"""

from allocscan.prepare.conditions import is_dead
from allocscan.prepare.layout import Span
from allocscan.prepare.mending import mend
from allocscan.prepare.variants import Prepared, Variant, prepare

__all__ = ["Prepared", "Span", "Variant", "is_dead", "mend", "prepare"]
