"""How a long transfer says how far it is."""

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]
"""Is told the stage, how much of it is done, and of how much if that is known."""


def silent(_stage: str, _done: int, _total: int | None) -> None:
    """Show nothing."""
