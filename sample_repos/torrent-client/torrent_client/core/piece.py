"""Pieces and the memory that holds them."""

import ctypes
import io
import mmap
import sys
from array import array

if sys.byteorder == "little":

    class ByteOrder:
        """Network numbers have to be turned around."""

        swap = True

else:

    class ByteOrder:
        """Network numbers are read as they are."""

        swap = False


class Piece:
    """A part of a torrent; `buffer` and `piece` are not classes, bytearray is."""

    def __init__(self, index: int, size: int = 16) -> None:
        self.index = index
        self.buffer = bytearray(size)  # allocate: bytearray
        self.order = ByteOrder()  # allocate: ByteOrder

    def offsets(self) -> array:
        """Return where the blocks of the piece begin."""
        offsets = array("L", [0, 8])  # allocate: array
        if self.order.swap:
            offsets.byteswap()
        return offsets

    def stream(self) -> io.BytesIO:
        """Open the piece as a file."""
        return io.BytesIO(self.buffer)  # allocate: io.BytesIO


class PieceStore:
    """Pieces that are too large for the heap."""

    def __init__(self, size: int) -> None:
        self.memory = mmap.mmap(-1, size)  # allocate: mmap.mmap
        self.scratch = ctypes.create_string_buffer(size)  # allocate: ctypes.create_string_buffer
        self.free = frozenset((0, 1))  # allocate: frozenset
