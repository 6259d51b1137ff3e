"""Classes that are handed around before they make something."""

import threading

import httpcore

from .core.torrent import Torrent
from .events import Event
from .session import Session


class Factory:
    """Makes what it is told to make."""

    protocol: type | None = None


def one(kind: type[Torrent], name: str) -> Torrent:
    """Make one of a class, or of one derived from it."""
    return kind(name)  # allocate: kind -> torrent_client/core/torrent.py:34


def session(maker=Session, fallback=None):
    """Make a session, with the usual class unless told otherwise."""
    fallback = fallback or Session
    return maker("new"), fallback("old")  # allocate: maker -> torrent_client/session.py:12; allocate: fallback -> torrent_client/session.py:12


def sent(convert=str, given=None):
    """A function that is handed over may be anything."""
    return given(convert)


def told(factory: Factory) -> object:
    """Put a class where another one looks for it."""
    factory.protocol = Event
    return factory.protocol()  # allocate: factory.protocol -> torrent_client/events.py:9


def either(factory: Factory, plain: bool) -> object:
    """What is one of two classes is neither for certain."""
    factory.protocol = Event
    if plain:
        factory.protocol = Session
    return factory.protocol()


def each(kinds: dict) -> object:
    """What holds a class is often named so; what fetches one is no class."""
    for event_class in kinds.values():
        event_class("now")  # allocate: event_class
    for EventClass in kinds:
        EventClass()  # allocate: EventClass
    kinds["x"]()
    get_class = kinds.get("class")
    return get_class("x")


class Counted:
    """A decorator that is a class: each use makes an object."""

    def __init__(self, label: str) -> None:
        self.label = label

    def __call__(self, function):
        return function


@Counted("tracker")  # allocate: Counted -> torrent_client/factories.py:59
def tracker(host: str) -> object:
    """Name what is announced to."""
    return httpcore.URL(host)  # allocate: httpcore.URL


class Station:
    """Holds a class that ends where it ends."""

    class Board:
        """Shows who announces what."""


def board() -> Station.Board:
    """Make what is named inside of another class, guarded by a lock."""
    with threading.Lock():  # allocate: threading.Lock
        return Station.Board()  # allocate: Station.Board -> torrent_client/factories.py:78


class Tracker:
    """Knows who has a torrent."""

    def __init__(self, address: str) -> None:
        self.address = address

    @classmethod
    def of(cls, host: str) -> "Tracker":
        """Make one for a host: the class makes it, whoever calls this."""
        made = cls(f"http://{host}/announce")  # allocate: cls -> torrent_client/factories.py:88
        return made

    @staticmethod
    def local() -> "Tracker":
        """Make one for this machine."""
        return Tracker.of("localhost")


def nearest(hosts: list) -> "Tracker":
    """Hand on what another function makes."""
    return Tracker.of(hosts[0]) if hosts else Tracker.local()


def ask(hosts: list) -> object:
    """What calls a factory makes nothing itself."""
    tracker = nearest(hosts)
    return tracker.address, Tracker.of("example.org").address
