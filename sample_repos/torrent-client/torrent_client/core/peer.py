"""Those who have the pieces."""

from collections import namedtuple
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["Address", "Endpoint", "Handshake", "Peer"]

Address = namedtuple("Address", ["host", "port"])


class Endpoint(NamedTuple):
    """Both ends of a connection."""

    local: Address
    remote: Address


class Progress(namedtuple("Progress", "have total")):
    """How much of a torrent somebody has."""

    def percent(self) -> float:
        """Return the share in percent."""
        return 100 * self.have / self.total


@dataclass
class Handshake:
    """The first thing that peers say."""

    protocol: str
    flags: list[str] = field(default_factory=list)


class _Peer:
    """Somebody who has pieces; Peer(host, port) outside of this file."""

    def __init__(self, host: str, port: int = 6881) -> None:
        self.address = Address(host, port)  # allocate: Address
        self.progress = Progress(have=0, total=1)  # allocate: Progress -> 19

    def link(self, port: int) -> Endpoint:
        """Describe a connection from a local port."""
        here = Address("localhost", port)  # allocate: Address
        return Endpoint(local=here, remote=self.address)  # allocate: Endpoint -> 12

    def __call__(self) -> Handshake:
        return Handshake("BitTorrent protocol")  # allocate: Handshake -> 28


Peer = _Peer


def greet(host: str) -> Handshake:
    """Say hello; the second call is one of an object."""
    peer = Peer(host)  # allocate: Peer -> 35
    return peer()


async def answer(peer: Peer) -> Handshake | None:
    """Wait for what a peer says."""
    return peer() if peer.address.port else None


async def meet(host: str) -> Handshake:
    """Say hello, and make up the answer of a peer that is silent."""
    reply = await answer(Peer(host))  # allocate: Peer -> 35
    if (port := Peer(host).address.port) < 1024:  # allocate: Peer -> 35
        return Handshake(f"port {port}")  # allocate: Handshake -> 28
    return reply or Handshake("silence", flags=["guess"])  # allocate: Handshake -> 28
