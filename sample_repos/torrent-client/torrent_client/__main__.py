"""The command line."""

import argparse
import sys

import torrent_client.core.peer
from torrent_client import Manager, Torrent, core
from torrent_client.ui import console


def build_parser() -> argparse.ArgumentParser:
    """Describe the command line; "add" calls Torrent(...) and "list" calls TorrentManager()."""
    parser = argparse.ArgumentParser(prog="torrent_client")  # allocate: argparse.ArgumentParser
    parser.add_argument("action", choices=["add", "list"])
    parser.add_argument("names", nargs="*", metavar="Torrent(s)")
    return parser


def main(arguments: list[str]) -> int:
    """Run one command."""
    options = build_parser().parse_args(arguments)
    manager = Manager()  # allocate: Manager -> torrent_client/core/manager.py:23
    fallback = core.TorrentManager(limit=1)  # allocate: core.TorrentManager -> torrent_client/core/manager.py:23
    try:
        for name in options.names:
            manager.add(Torrent(name))  # allocate: Torrent -> torrent_client/core/torrent.py:34
    except core.TorrentError as error:
        print(f"Torrent({options.names}): {error}", file=sys.stderr)
        return 1
    # allocate: torrent_client.core.peer.Handshake -> torrent_client/core/peer.py:28
    greeting = torrent_client.core.peer.Handshake(protocol="BitTorrent protocol")
    console.show(manager if options.action == "list" else fallback, greeting)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
