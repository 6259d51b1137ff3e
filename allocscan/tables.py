"""Read a TOML table into a dataclass, and say clearly what does not fit."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin

T = TypeVar("T")


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
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as reason:
        raise error(f"{where}: {reason}") from None


def build(kind: type[T], table: Mapping[str, Any], where: str, error: type[Exception]) -> T:
    """Make a dataclass of a table; lists become tuples, what does not fit raises `error`."""
    if not isinstance(table, Mapping):
        raise error(f"{where}: must be a table")
    types: dict[str, Any] = {each.name: each.type for each in fields(kind)}  # type: ignore[arg-type]
    check_keys(table, list(types), where, error)
    values = {key: frozen(value) for key, value in table.items()}
    for key, value in values.items():
        if not fits(value, types[key]):
            raise error(f"{where}: {key} must not be {table[key]!r}")
    try:
        return kind(**{key: types[key](value) if is_word(types[key]) else value for key, value in values.items()})
    except (TypeError, ValueError) as reason:
        raise error(f"{where}: {reason}") from None


def fits(value: Any, annotation: Any) -> bool:
    """Tell whether a value is of an annotated type, as far as its items go."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is UnionType:
        return any(fits(value, each) for each in inner)
    if origin is tuple:
        items = inner[:1] * len(value) if inner[1:] == (...,) and isinstance(value, tuple) else inner
        return isinstance(value, tuple) and len(value) == len(items) and all(map(fits, value, items))
    if annotation is int and isinstance(value, bool):
        return False
    if is_word(annotation):
        return value in list(annotation)
    return isinstance(value, origin or annotation)


def is_word(annotation: Any) -> bool:
    """Tell whether a type is a list of words to choose from."""
    return isinstance(annotation, type) and issubclass(annotation, StrEnum)


def check_keys(table: Mapping[str, Any], accepted: list[str], where: str, error: type[Exception]) -> None:
    """Raise `error` for a key that is not accepted, naming those that are."""
    for key in table:
        if key not in accepted:
            raise error(f"{where}: unknown key {key!r}; accepted are {', '.join(sorted(accepted))}")


def frozen(value: Any) -> Any:
    """Turn lists into tuples, all the way down."""
    return tuple(map(frozen, value)) if isinstance(value, list) else value
