"""Read a TOML table into a value with fields, and say clearly what does not fit."""

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from functools import lru_cache, partial
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin

T = TypeVar("T")
Reader = Callable[[Any], Any]
"""Gives the value that one of TOML stands for; raises TypeError or LookupError where it does not fit."""


def read_text(path: Path, error: type[Exception]) -> str:
    """Read a file; raise `error` with its name where that cannot be done."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as reason:
        raise error(f"{path}: {reason.strerror or reason}") from None
    except UnicodeDecodeError as reason:
        raise error(f"{path}: {reason}") from None


def read_toml(path: Path, error: type[Exception]) -> dict[str, Any]:
    """Parse a TOML file; raise `error` with the file's name where it cannot be read."""
    return parse_toml(read_text(path, error), str(path), error)


def parse_toml(text: str, where: str, error: type[Exception]) -> dict[str, Any]:
    """Parse TOML; raise `error` where it is none, or nested beyond all measure."""
    # What was read before is not parsed again.
    import tomli

    try:
        return tomli.loads(text)
    except (tomli.TOMLDecodeError, RecursionError) as reason:
        raise error(f"{where}: {reason}") from None


def build(kind: type[T], table: Mapping[str, Any], where: str, error: type[Exception]) -> T:
    """Make a value with fields of a table; lists become tuples, what does not fit raises `error`."""
    values = read_values(kind, table, where, error)
    try:
        return kind(**values)
    except (TypeError, ValueError) as reason:
        raise error(f"{where}: {reason}") from None


def read_values(kind: type, table: Mapping[str, Any], where: str, error: type[Exception]) -> dict[str, Any]:
    """Read the fields that a table gives of a value; what does not fit raises `error`."""
    if not isinstance(table, Mapping):
        raise error(f"{where}: must be a table")
    readers = readers_of(kind)
    check_keys(table, readers, where, error)
    values: dict[str, Any] = {}
    for key, value in table.items():
        try:
            values[key] = readers[key](value)
        except (TypeError, LookupError):
            raise error(f"{where}: {key} must not be {value!r}") from None
    return values


@lru_cache
def readers_of(kind: type) -> dict[str, Reader]:
    """Give what reads each field of a class."""
    return {name: reader(annotation) for name, annotation in kind.__annotations__.items()}


@lru_cache
def reader(annotation: Any) -> Reader:
    """Make what reads values of an annotated type, as far as their items go."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is UnionType:
        return partial(read_either, tuple(map(reader, inner)))
    if origin is tuple and inner[1:] == (...,):
        return partial(read_items, reader(inner[0]))
    if origin is tuple:
        return partial(read_row, tuple(map(reader, inner)))
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return {word.value: word for word in annotation}.__getitem__
    return partial(read_plain, origin or annotation)


def read_either(readers: tuple[Reader, ...], value: Any) -> Any:
    """Read what one of several types fits; raise TypeError where none does."""
    for read in readers:
        try:
            return read(value)
        except (TypeError, LookupError):
            continue
    raise TypeError


def read_items(read: Reader, value: Any) -> tuple[Any, ...]:
    """Read a list of any length; raise TypeError where it is none."""
    return tuple(map(read, read_plain(tuple, value)))


def read_row(readers: tuple[Reader, ...], value: Any) -> tuple[Any, ...]:
    """Read a list that has one item of each type; raise TypeError where it has not."""
    items = read_plain(tuple, value)
    if len(items) != len(readers):
        raise TypeError
    return tuple(read(item) for read, item in zip(readers, items, strict=True))


def read_plain(kind: type, value: Any) -> Any:
    """Read a value that has no parts; raise TypeError where it is of another type."""
    known = frozen(value) if isinstance(value, list) else value
    if not isinstance(known, kind) or (kind is int and isinstance(known, bool)):
        raise TypeError
    return known


def check_keys(table: Mapping[str, Any], accepted: Collection[str], where: str, error: type[Exception]) -> None:
    """Raise `error` for a key that is not accepted, naming those that are."""
    for key in table:
        if key not in accepted:
            raise error(f"{where}: unknown key {key!r}; accepted are {', '.join(sorted(accepted))}")


def frozen(value: Any) -> Any:
    """Turn lists into tuples, all the way down."""
    return tuple(map(frozen, value)) if isinstance(value, list) else value
