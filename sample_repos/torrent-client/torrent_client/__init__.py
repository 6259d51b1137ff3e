"""A small torrent client; `Torrent(name)` and `TorrentManager()` are all that most callers need."""

from .core import *
from .core import TorrentManager as Manager
from .events import Event, register

__all__ = ["Event", "Manager", "Torrent", "TorrentError", "TorrentManager", "register"]
__version__ = "0.3"
