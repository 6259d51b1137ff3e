"""Torrents, peers and pieces."""

from .manager import TorrentManager
from .peer import *
from .torrent import Torrent, TorrentError
