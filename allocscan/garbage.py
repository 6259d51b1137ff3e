"""How often the interpreter looks for cycles among values."""

import gc

SELDOM = 5_000_000
"""Values that are made between two searches."""


def collect_seldom() -> None:
    """Look for cycles less often: facts have none, and looking for some takes a tenth of the time."""
    gc.set_threshold(SELDOM)


def leave_alone() -> None:
    """Look for no cycles among what there is by now: facts stay as long as the program, and have none."""
    gc.freeze()
