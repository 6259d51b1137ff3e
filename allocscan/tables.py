"""Read a TOML table into a dataclass, and say clearly what does not fit."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


def read_toml(path: Path, error: type[Exception]) -> dict[str, Any]:
    """Parse a TOML file; raise `error` with the file's name where it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as reason:
        raise error(f"{path}: {reason}") from None


def build(kind: type[T], table: Mapping[str, Any], where: str, error: type[Exception]) -> T:
    """Make a dataclass of a table; lists become tuples, an unknown or missing key raises `error`."""
    accepted = [f.name for f in fields(kind)]  # type: ignore[arg-type]
    check_keys(table, accepted, where, error)
    try:
        return kind(**{key: frozen(value) for key, value in table.items()})
    except (TypeError, ValueError) as reason:
        raise error(f"{where}: {reason}") from None


def check_keys(table: Mapping[str, Any], accepted: list[str], where: str, error: type[Exception]) -> None:
    """Raise `error` for a key that is not accepted, naming those that are."""
    for key in table:
        if key not in accepted:
            raise error(f"{where}: unknown key {key!r}; accepted are {', '.join(sorted(accepted))}")


def frozen(value: Any) -> Any:
    """Turn lists into tuples, all the way down."""
    return tuple(map(frozen, value)) if isinstance(value, list) else value
