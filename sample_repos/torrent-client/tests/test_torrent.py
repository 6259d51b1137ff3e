"""Tests of the torrent client."""

import unittest
from pathlib import Path
from unittest.mock import Mock

from torrent_client import Torrent, TorrentError, TorrentManager
from torrent_client.bencode import BencodeError, Decoder, encode
from torrent_client.core.manager import pairs, plugin, pop_last, restore, samples
from torrent_client.core.peer import greet
from torrent_client.core.piece import Piece, PieceStore
from torrent_client.events import TorrentAdded


class TestTorrent(unittest.TestCase):
    """Torrent("a") and its relatives."""

    def setUp(self) -> None:
        self.torrent = Torrent("a")  # allocate: Torrent -> torrent_client/core/torrent.py:34

    def test_name_is_required(self) -> None:
        self.assertRaises(TorrentError, Torrent, "")
        with self.assertRaises(TorrentError):
            Torrent("")  # allocate: Torrent -> torrent_client/core/torrent.py:34

    def test_events_have_a_name(self) -> None:
        # allocate: TorrentAdded -> torrent_client/events.py:15
        self.assertEqual(TorrentAdded("a").name, "a")

    def test_copies_are_equal(self) -> None:
        self.assertEqual(self.torrent.clone(), self.torrent)
        self.assertEqual(self.torrent.options.unlimited().limit, 0)
        self.assertIsInstance(Torrent.empty(), Torrent)

    def test_pieces(self) -> None:
        self.torrent.connect([("localhost", 1)])
        self.assertEqual(self.torrent.next_piece(3).index, 3)
        self.assertEqual(len(self.torrent.first_piece().buffer), 16)
        # allocate: Piece -> torrent_client/core/piece.py:24; allocate: Piece -> torrent_client/core/piece.py:24
        self.assertNotEqual(Piece(1).offsets()[1], Piece(2).index)
        self.assertEqual(len(PieceStore(4096).memory), 4096)  # allocate: PieceStore -> torrent_client/core/piece.py:44


class TestTorrentManager(unittest.TestCase):
    """TorrentManager() and what it makes."""

    def test_queue(self) -> None:
        manager = TorrentManager(limit=1)  # allocate: TorrentManager -> torrent_client/core/manager.py:23
        manager.add_all(["a"])
        with self.assertRaises(TorrentError):
            manager.add(Mock(spec=Torrent))  # allocate: Mock
        self.assertEqual(manager.first(), manager.remove("a"))
        self.assertRaises(KeyError, manager.remove, "Torrent(a)")

    def test_makers(self) -> None:
        self.assertEqual(restore(str.upper, ["a"]), ["A"])
        self.assertEqual(pop_last([lambda: 1]), 1)
        self.assertEqual(pairs([lambda: 2]), [2])
        self.assertEqual(plugin("x").name, "x")
        self.assertEqual(len(samples(2)), 3)
        self.assertEqual(greet("localhost").protocol, "BitTorrent protocol")


class TestBencode(unittest.TestCase):
    """Decoder(...) and encode(...)."""

    def test_round_trip(self) -> None:
        value = {b"list": [1, b"spam"]}
        decoder = Decoder(encode(value))  # allocate: Decoder -> torrent_client/bencode.py:8
        self.assertEqual(decoder.decode(), value)
        with self.assertRaises(BencodeError):
            Decoder(b"?").decode()  # allocate: Decoder -> torrent_client/bencode.py:8

    def test_files_are_read_whole(self) -> None:
        self.assertFalse(Path("no such file").exists())  # allocate: Path
