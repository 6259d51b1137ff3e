"""Catalogue files, read and checked."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from allocscan.catalogue import Catalogue, Clearing, Condition, Entry
from allocscan.data import folder
from allocscan.errors import CatalogueError
from allocscan.model import Action, Form, Kind, Resource
from allocscan.queries import CATALOGUES
from allocscan.tables import build, check_keys, read_toml, read_values

FILE_KEYS = [
    *(
        "library",
        "source",
        "languages",
        "hint",
        "home",
        "family",
        "neither",
        "classes",
        "implicit",
        "returns",
        "clears",
        "noreturn",
    )
]
INNER = ("action", "library", "standing")
"""What is said elsewhere than in an entry."""
FAMILY_KEYS = ["name", "fails", "resource", "kind", "form", "explicit", "modules", "collected", "note", *Action]


@dataclass(frozen=True, slots=True)
class Library:
    """One catalogue file."""

    name: str
    """The file's name, which languages list."""
    title: str
    source: str
    """Where its facts come from."""
    catalogue: Catalogue
    path: Path = Path()
    languages: tuple[str, ...] = ()
    """Those whose files it speaks of, where it is given; all when empty."""

    def speaks_of(self, language: str) -> bool:
        """Tell whether its names count in the files of a language."""
        return not self.languages or language in self.languages


def check_languages(library: Library, where: str, known: Collection[str]) -> None:
    """Raise CatalogueError where a catalogue speaks of a language that nobody knows."""
    if unknown := sorted(set(library.languages).difference(known)):
        raise CatalogueError(f"{where}: languages: {unknown[0]!r} is not known: {', '.join(sorted(known))}")


def find_catalogue(name: str, extra: tuple[Path, ...] = ()) -> Path:
    """Find the file of a catalogue: in the last folder of queries that has it, or else in our own."""
    places = [root / CATALOGUES / f"{name}.toml" for root in (*reversed(extra), folder("queries"))]
    return next((place for place in places if place.is_file()), places[0])


def load_library(path: Path) -> Library:
    """Read one catalogue file; raise CatalogueError for what it should not say."""
    return replace(read_library(read_toml(path, CatalogueError), path.stem, str(path)), path=path)


def read_library(table: Mapping[str, Any], name: str, where: str) -> Library:
    """Check what one catalogue says; raise CatalogueError for what it should not say."""
    check_keys(table, FILE_KEYS, where, CatalogueError)
    said = build(Said, {key: value for key, value in table.items() if key != "family"}, where, CatalogueError)
    families = table.get("family", [])
    if not isinstance(families, list):
        raise CatalogueError(f"{where}: families are written [[family]]")
    shared = {"library": name, "hint": said.hint, "home": said.home}
    catalogue = Catalogue(
        entries=tuple(entry for family in families for entry in read_family(family, shared, where)),
        classes=read_names(said.classes, f"{where}: classes"),
        implicit=read_names(said.implicit, f"{where}: implicit"),
        returns=said.returns,
        clears={name: read_clearing(table, f"{where}: clears: {name}") for name, table in said.clears.items()},
        noreturn=frozenset(said.noreturn),
        neither=frozenset(said.neither),
    )
    return Library(name, said.library or name, said.source, catalogue, languages=said.languages)


@dataclass(frozen=True, slots=True)
class Said:
    """What a catalogue says beside its families."""

    library: str = ""
    source: str = ""
    languages: tuple[str, ...] = ()
    hint: bool = False
    home: str = ""
    neither: tuple[str, ...] = ()
    noreturn: tuple[str, ...] = ()
    classes: Mapping[str, Any] = field(default_factory=dict)
    implicit: Mapping[str, Any] = field(default_factory=dict)
    returns: Mapping[str, int] = field(default_factory=dict)
    clears: Mapping[str, Any] = field(default_factory=dict)


def read_clearing(table: Any, where: str) -> Clearing:
    """Read which arguments of a function say what it clears."""
    if not isinstance(table, dict):
        raise CatalogueError(f"{where}: must be a table, not {table!r}")
    return build(Clearing, table, where, CatalogueError)


def read_names(table: Mapping[str, Any], where: str) -> dict[str, frozenset[str]]:
    """Read a table of names by module."""
    for module, names in table.items():
        if not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
            raise CatalogueError(f"{where}: {module} must be a list of names")
    return {module: frozenset(names) for module, names in table.items()}


def read_family(table: Any, said: Mapping[str, Any], where: str) -> Iterator[Entry]:
    """Read the entries of one family; its catalogue has `said` something of them all."""
    if not isinstance(table, dict):
        raise CatalogueError(f"{where}: families are written [[family]]")
    where = f"{where}: family {table.get('name', '?')}"
    check_keys(table, FAMILY_KEYS, where, CatalogueError)
    shared = read_values(Entry, {**said, **read_shared(table, where)}, where, CatalogueError)
    for action in Action:
        if not isinstance(table.get(action, []), list):
            raise CatalogueError(f"{where}: {action} must be a list")
        for said in table.get(action, ()):
            yield read_entry(said, {**shared, "action": action}, where)


def read_entry(said: Any, shared: Mapping[str, Any], where: str) -> Entry:
    """Read one entry: a name, or a table that says more."""
    if said and isinstance(said, str):
        return Entry(said, **shared)
    if not isinstance(said, dict) or not said.get("name"):
        raise CatalogueError(f"{where}: an entry is a name or a table with one, not {said!r}")
    return Entry(**{**shared, **read_more(said, f"{where}: {said['name']}")})


def read_more(said: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Read what is said of one entry only."""
    if condition := said.get("when"):
        said = {**said, "when": read_condition(condition, f"{where}: when")}
    if receiver := said.get("receiver"):
        check_pattern(receiver, f"{where}: receiver")
    for key in INNER:
        if key in said:
            raise CatalogueError(f"{where}: unknown key {key!r}")
    return read_values(Entry, said, where, CatalogueError)


def read_condition(table: Any, where: str) -> Condition:
    """Read what an argument must look like."""
    condition = build(Condition, table, where, CatalogueError)
    check_pattern(condition.matches, where)
    return condition


def check_pattern(written: str, where: str) -> None:
    """Raise CatalogueError for a pattern that is none."""
    try:
        re.compile(written)
    except (re.error, TypeError) as reason:
        raise CatalogueError(f"{where}: {reason}") from None


def read_shared(table: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Read what a family says of all its entries."""
    try:
        return {
            "family": table["name"],
            "fails": table.get("fails", ""),
            "form": Form(table.get("form", Form.CALL)),
            "kind": Kind(table.get("kind", Kind.RAW)),
            "resource": Resource(table.get("resource", Resource.MEMORY)),
            "explicit": table.get("explicit", True),
            "modules": table.get("modules", []),
            "collected": table.get("collected", False),
        }
    except KeyError as missing:
        raise CatalogueError(f"{where}: lacks the key {missing}") from None
    except ValueError as reason:
        raise CatalogueError(f"{where}: {reason}") from None
