"""Values become bytes that can be sent and kept, and values again."""

import pickle
import zlib
from typing import TypeVar

T = TypeVar("T")

LEVEL = 1
"""More effort makes little difference to the size, and much to the time."""


def pack(value: object) -> bytes:
    """Write a value as bytes, with a checksum."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), LEVEL)


def unpack(packed: bytes, kind: type[T]) -> T | None:
    """Read what this very program has written; None where it was damaged since."""
    try:
        value = pickle.loads(zlib.decompress(packed))
    except zlib.error:
        return None
    return value if isinstance(value, kind) else None
