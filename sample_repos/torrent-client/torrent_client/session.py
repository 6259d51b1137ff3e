"""A session: what is restored when the client starts, and names that hide other names."""

import os
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import nullcontext

from .core.torrent import Torrent
from .events import Event


class Session:
    """Everything of the last run; Session[str]("x") is one as well."""

    def __class_getitem__(cls, kind: type) -> type["Session"]:
        return cls

    def __init__(self, name: str = "session") -> None:
        self.name = name
        self.waiting = deque[str]()  # allocate: deque[str]


class Backup:
    """A copy that is written beside the session."""

    makers: dict[str, Callable[[], "Session"]] = {}


def restored(makers: Iterable[Callable[[str], object]]) -> list[object]:
    """Make again what there was; the variable of the comprehension is no class."""
    made = [Torrent("debian.iso") for Torrent in makers]
    made += [maker(Event) for maker in makers for Event in ("a", "b") if Event("c")]
    return made + [Torrent(name) for name in ("a", "b")]  # allocate: Torrent -> torrent_client/core/torrent.py:34


def by_maker() -> Callable[[Callable[[str], object]], object]:
    """Make with whatever is given; the parameter is no class."""
    return lambda Torrent: Torrent("debian.iso")


def sets(makers: list[Callable[[], str]]) -> tuple[object, ...]:
    """Make sets and the like of what makers make."""
    return {Torrent() for Torrent in makers}, {Torrent(): 1 for Torrent in makers}, (Torrent() for Torrent in makers)


def written() -> list[Session]:
    """Make sessions in ways that hardly anyone writes."""
    # allocate: Session -> 12
    first = (Session)("first")
    second = Session[str]("second")  # allocate: Session[str] -> 12
    third = Backup.makers["third"]()
    fourth = Backup.makers[first.name]()
    return [first, second, third, fourth, Session()]  # allocate: Session -> 12


def nowhere() -> object:
    """Call what the standard library does not have."""
    return os.Path("nowhere") or os.environ.Path("nowhere")


with nullcontext(str) as Backup:  # allocate: nullcontext
    restore = Backup("nowhere")
