"""The repositories that are known by name, and what a scan is pointed at."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from allocscan.errors import SourceError
from allocscan.sources.address import check_address
from allocscan.tables import build, read_toml
from allocscan.within import LARGEST

BUILT_IN = Path(__file__).parent.parent / "targets.toml"
TABLE = "targets"
NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+-]*")


@dataclass(frozen=True, slots=True)
class KnownTarget:
    """A repository that is known by name."""

    name: str
    url: str
    subtree: str = ""
    """What is reported unless something else is asked for; empty for everything."""
    look: str = ""
    """What there is to see, in a line."""
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What someone wants scanned, before anyone has looked whether it can be read."""

    name: str
    location: str
    """As typed, or the URL without secrets."""
    url: str = ""
    """What git is given, when it is a repository elsewhere."""
    folder: Path | None = None
    """Where it lies, when it is a folder here."""
    revision: str = ""
    subtree: str = ""
    single: bool = False
    """One file was named: its folder is read, but no folder below that."""
    sample: bool = False
    """It came with the program."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line has decided about sources."""

    cache: Path
    """The folder that holds the clones."""
    targets: Mapping[str, KnownTarget] = field(default_factory=lambda: MappingProxyType({}))
    refresh: bool = False
    """Fetch what is new even where a clone could be used as it is."""
    exclude: tuple[str, ...] = ()
    """Globs of files, or of folders with everything below them, that are left out."""
    max_size: int = LARGEST
    """Bytes; larger files are not read."""
    began: int = 0
    """When the run began, in nanoseconds; 0 where nobody has looked at a clock, and only contents count."""


def known_targets(config: Path | None = None) -> Mapping[str, KnownTarget]:
    """Read the built-in targets and those of the user's configuration file, which may replace them."""
    known = read_targets(BUILT_IN)
    if config and config.exists():
        known |= read_targets(config)
    return MappingProxyType(dict(sorted(known.items())))


def read_targets(path: Path) -> dict[str, KnownTarget]:
    """Read the table of targets of one file."""
    tables = read_toml(path, SourceError).get(TABLE, {})
    if not isinstance(tables, dict):
        raise SourceError(f"{path}: {TABLE} must be tables, like [{TABLE}.NAME]")
    return {name: read_target(name, table, f"{path}: [{TABLE}.{name}]") for name, table in tables.items()}


def read_target(name: str, table: Any, where: str) -> KnownTarget:
    """Check one table, so that what it says can be used without a thought."""
    if not NAME.fullmatch(name):
        raise SourceError(f"{where}: a name consists of letters, digits, '.', '_', '+' and '-'")
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise SourceError(f"{where}: must be a table of strings")
    target = build(KnownTarget, {**table, "name": name}, where, SourceError)
    check_address(target.url, where)
    return target
