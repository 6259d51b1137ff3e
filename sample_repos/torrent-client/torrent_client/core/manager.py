"""The queue of torrents."""

import threading
from collections import Counter, defaultdict
from typing import Callable, Iterable, Iterator

import torrent_client.core.torrent as model

from .. import events
from ..events import TorrentAdded, register
from .torrent import Magnet, Torrent, TorrentError

TorrentList = list["Torrent"]


class Component:
    """A part with a name."""

    def __init__(self, name: str) -> None:
        self.name = name


class TorrentManager(Component):
    """Everything that is queued; one TorrentManager() for each client."""

    def __init__(self, limit: int = 8) -> None:
        super().__init__("TorrentManager()")
        self.limit = limit
        self.torrents: dict[str, Torrent] = {}
        self.finished = threading.Event()  # allocate: threading.Event
        self.by_state = defaultdict(list)  # allocate: defaultdict

    def add(self, torrent: Torrent) -> None:
        """Queue a torrent."""
        if len(self.torrents) >= self.limit:
            raise TorrentError("the queue is full")  # allocate: TorrentError -> torrent_client/core/torrent.py:23
        self.torrents[torrent.name] = torrent
        self.by_state[torrent.state].append(torrent)
        events.emit(TorrentAdded(torrent.name))  # allocate: TorrentAdded -> torrent_client/events.py:15
        events.emit(events.Event("changed"))  # allocate: events.Event -> torrent_client/events.py:9

    def add_all(self, names: Iterable[str]) -> None:
        """Queue several at once."""
        for name in names:
            # allocate: model.Torrent -> torrent_client/core/torrent.py:34
            self.add(Magnet(name) if name.startswith("magnet:") else model.Torrent(name))

    def remove(self, name: str) -> Torrent:
        """Take a torrent out of the queue."""
        try:
            return self.torrents.pop(name)
        except KeyError:
            raise KeyError(f"no Torrent({name})") from None  # allocate: KeyError

    def finish(self, torrent: Torrent) -> None:
        """Say that a torrent is whole."""
        events.emit(events.Finished(torrent.name))
        self.finished.set()

    def Torrent(self, name: str) -> Torrent:
        """Look a torrent up, under the name that remote callers know."""
        return self.torrents[name]

    def first(self) -> Torrent:
        """Return the torrent that was queued first."""
        return self.Torrent(min(self.torrents))

    def states(self) -> Counter:
        """Count the torrents of each state."""
        return Counter(torrent.state for torrent in self)  # allocate: Counter

    def __iter__(self) -> Iterator[Torrent]:
        return iter(self.torrents.values())


def restore(Torrent: Callable[[str], object], names: list[str]) -> list[object]:
    """Make the torrents of the last session; here the name is a parameter and no class."""
    return [Torrent(name) for name in names]


def pop_last(rows: list[Callable[[], object]]) -> object:
    """Make the last torrent again; here the name is a variable and no class."""
    Torrent = rows.pop()
    return Torrent()


def pairs(makers: list[Callable[[], object]]) -> list[object]:
    """Call what the loop's variable holds."""
    made = []
    for Component in makers:
        made.append(Component())
    return made


def plugin(name: str) -> Component:
    """Make a component of a class that exists only here."""

    class Plugin(Component):
        """A component that counts."""

        def __init__(self, name: str, count: int) -> None:
            super().__init__(name)
            self.count = count

    return Plugin(name, count=1)  # allocate: Plugin -> 98


def samples(count: int) -> list[Torrent]:
    """Make torrents to play with."""
    Model = model.Torrent
    # allocate: Model -> torrent_client/core/torrent.py:34; allocate: range
    made = [Model(f"sample-{number}") for number in range(count)]
    # allocate: Torrent -> torrent_client/core/torrent.py:34
    # allocate: Torrent.Options -> torrent_client/core/torrent.py:37
    make = lambda name: Torrent(name, options=Torrent.Options(1))
    made.append(make("last"))
    return made


@register(TorrentAdded)
def announce(event: TorrentAdded) -> None:
    """Print what was added."""
    print(str(event))  # allocate: str
