"""Values become bytes that can be sent and kept, and values again."""

import pickle
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")
Makers = Mapping[type, Callable[..., Any]]
"""What makes the values of classes, of the values of their fields."""

LEVEL = 1
"""More effort makes little difference to the size, and much to the time."""


def pack(value: object) -> bytes:
    """Write a value as bytes, with a checksum."""
    stream = BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = REDUCERS
    pickler.dump(value)
    return zlib.compress(stream.getbuffer(), LEVEL)


def unpack(packed: bytes, kind: type[T]) -> T | None:
    """Read what this very program has written; None where it was damaged since."""
    try:
        value = pickle.loads(zlib.decompress(packed))
    except zlib.error:
        return None
    return value if isinstance(value, kind) else None


def unpack_changed(packed: bytes, kind: type[T], makers: Makers) -> T | None:
    """Read the same; the values of some classes are made by something else."""
    try:
        value = Changing(BytesIO(zlib.decompress(packed)), makers).load()
    except zlib.error:
        return None
    return value if isinstance(value, kind) else None


class Changing(pickle.Unpickler):
    """Reads values, of which those of some classes are made by something else."""

    def __init__(self, stream: BytesIO, makers: Makers) -> None:
        super().__init__(stream)
        self.makers = makers

    def find_class(self, module: str, name: str) -> Any:
        """Find what makes the values of a class."""
        found = super().find_class(module, name)
        return self.makers.get(found, found)


Reduce = Callable[[Any], tuple[Any, ...]]
"""Takes a value apart: into what makes it anew, and of what."""


class Reducers(dict[type, Reduce]):
    """How to take the values of each class apart: in half the time that pickle takes for frozen dataclasses."""

    def __missing__(self, kind: type) -> Reduce:
        take = field_values(kind)
        self[kind] = lambda value: (kind, take(value))
        return self[kind]


def field_values(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """Give what lists the fields of a value, in the order in which its class takes them; KeyError where none are."""
    if issubclass(kind, tuple):
        return tuple
    # The module of dataclasses takes long to import, and there may be none.
    names = tuple(getattr(kind, "__dataclass_fields__", ()))
    if not names:
        raise KeyError(kind)
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda value: (get(value),)


REDUCERS = Reducers()
