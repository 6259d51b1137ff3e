"""Show torrents in a terminal."""

from torrent_client.core import *
from torrent_client.ui import widgets
from torrent_client.ui.widgets import Piece

HELP = """
Torrent(name)      add a torrent
TorrentManager()   start again
"""


def show(manager: TorrentManager, greeting: Handshake) -> None:
    """Print the queue; TorrentManager() itself is made elsewhere."""
    for number, torrent in enumerate(manager):  # allocate: enumerate
        print(number, widgets.Torrent(torrent.name), Piece(3, 8))
    print(greeting, Address("localhost", 6881))  # allocate: Address


def reset(manager: TorrentManager | None = None) -> TorrentManager:
    """Start again; Torrent("old") is forgotten."""
    # allocate: TorrentManager -> torrent_client/core/manager.py:23
    fresh = manager if isinstance(manager, TorrentManager) else (TorrentManager())
    fresh.add(torrent=Torrent("welcome"))  # allocate: Torrent -> torrent_client/core/torrent.py:34
    return fresh
