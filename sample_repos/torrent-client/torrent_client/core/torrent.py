"""A torrent: what is to be fetched, and how far it is."""

from __future__ import annotations

import hashlib
from collections import deque
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from . import piece
from .peer import Peer

try:
    from fastbencode import Decoder
except ImportError:
    from ..bencode import Decoder

if TYPE_CHECKING:
    from .manager import TorrentManager


class TorrentError(Exception):
    """Raised instead of returning a Torrent() that has nothing to fetch."""


class State(Enum):
    """How far a torrent is."""

    QUEUED = "queued"
    SEEDING = "seeding"


class Torrent:
    """One download; Torrent("debian.iso") starts queued."""

    class Options:
        """What a user may set for one torrent."""

        def __init__(self, limit: int = 0) -> None:
            self.limit = limit

        def unlimited(self) -> Torrent.Options:
            """Return a copy without limits."""
            return self.__class__()  # allocate: self.__class__ -> 37

    piece_class = piece.Piece
    default = Options(limit=64)  # allocate: Options -> 37

    def __new__(cls, name: str, *args: object, **kwargs: object) -> Torrent:
        torrent = super().__new__(cls)  # allocate: super().__new__ -> 34
        torrent.peers = deque(maxlen=50)  # allocate: deque
        return torrent

    def __init__(self, name: str, data: bytes = b"", options: Torrent.Options | None = None) -> None:
        if not name:
            raise TorrentError("Torrent() needs a name")  # allocate: TorrentError -> 23
        self.name = name
        self.hash = hashlib.sha1(data).hexdigest()
        self.state = State.QUEUED
        self.options = options or Torrent.Options()  # allocate: Torrent.Options -> 37
        self.manager: TorrentManager | None = None
        # allocate: Decoder
        self.info = Decoder(data).decode() if data else {}

    @classmethod
    def from_file(cls, path: Path) -> Torrent:
        """Read a torrent file."""
        return cls(path.stem, path.read_bytes())  # allocate: cls -> 34

    @staticmethod
    def empty() -> Torrent:
        """Return a torrent that skipped its own constructor."""
        return object.__new__(Torrent)  # allocate: object.__new__

    def clone(self) -> Torrent:
        """Return a copy that knows nobody yet."""
        return type(self)(self.name, options=self.options)  # allocate: type(self) -> 34

    def connect(self, addresses: list[tuple[str, int]]) -> None:
        """Remember who may have pieces."""
        self.peers.extend(Peer(*address) for address in addresses)  # allocate: Peer -> torrent_client/core/peer.py:35
        self.waiting = deque[Peer]()  # allocate: deque[Peer]

    def next_piece(self, index: int) -> piece.Piece:
        """Make room for a piece."""
        if index < 0:
            raise TorrentError
        return self.piece_class(index)  # allocate: self.piece_class -> torrent_client/core/piece.py:24

    def first_piece(self, size: int = 16) -> piece.Piece:
        """Make room for the first piece."""
        return piece.Piece(0, size)  # allocate: piece.Piece -> torrent_client/core/piece.py:24

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (Torrent, TorrentError)) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"Torrent({self.name!r}) in {Path(self.name)}"  # allocate: Path


def Magnet(link: str) -> Torrent:
    """Make a torrent of a magnet link; a function with the name of a class."""
    name = link.partition("dn=")[2]
    return Torrent(name, options=Torrent.default)  # allocate: Torrent -> 34
