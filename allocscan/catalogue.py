"""Catalogues are tables of names: what each library allocates, and what gives it back."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from allocscan.data import folder
from allocscan.errors import CatalogueError
from allocscan.languages import Language
from allocscan.model import Action, Form, Kind, Resource
from allocscan.tables import build, check_keys, read_toml

FILE_KEYS = ["library", "source", "hint", "family", "neither", "classes", "implicit", "returns"]
FAMILY_KEYS = ["name", "fails", "resource", "kind", "form", "explicit", "note", *Action]


@dataclass(frozen=True, slots=True)
class Condition:
    """An argument that must read like this for a call to count."""

    argument: int
    matches: str
    """A regular expression, searched in the argument as written."""

    def holds(self, arguments: tuple[str, ...]) -> bool:
        """Judge the arguments of a call."""
        return self.argument < len(arguments) and bool(re.search(self.matches, arguments[self.argument]))


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of a library that acts on memory; argument positions count from 0."""

    name: str
    """As written with all its qualifiers; with a separator in front, a method of any receiver."""
    action: Action
    family: str = ""
    library: str = ""
    form: Form = Form.CALL
    kind: Kind = Kind.RAW
    resource: Resource = Resource.MEMORY
    explicit: bool = True
    hint: bool = False
    """A name that projects define themselves: believed only where the tree does not define it."""
    fails: str = ""
    """`null`, `abort`, `throw`, `errno`, `map-failed`, `panic`, `err`, or empty when unknown."""
    size: int | None = None
    count: int | None = None
    align: int | None = None
    pointer: int | None = None
    """The argument that is reallocated or freed."""
    type: int | None = None
    out: int | None = None
    """The argument through which the block is handed back, where it is not the result."""
    pool: int | None = None
    source: int | None = None
    """The argument that is copied."""
    arity: int | tuple[int, int] | None = None
    zeroed: bool = False
    when: Condition | None = None

    def accepts(self, arguments: tuple[str, ...]) -> bool:
        """Tell whether a call with these arguments is one of this entry."""
        if self.arity is not None:
            low, high = self.arity if isinstance(self.arity, tuple) else (self.arity, self.arity)
            if not low <= len(arguments) <= high:
                return False
        return self.when is None or self.when.holds(arguments)


@dataclass(frozen=True)
class Catalogue:
    """All that is known of the libraries that one language uses."""

    entries: tuple[Entry, ...] = ()
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The classes of each module that is known whole."""
    implicit: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The classes whose objects come to be without much thought."""
    returns: Mapping[str, int] = field(default_factory=dict)
    """Functions that hand back one of their arguments, and which."""
    neither: frozenset[str] = frozenset()
    """Names that look like allocators and are none."""

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries by their full name."""
        names: dict[str, tuple[Entry, ...]] = {}
        for entry in self.entries:
            names[entry.name] = (*names.get(entry.name, ()), entry)
        return names

    def find(self, name: str, arguments: tuple[str, ...] | None) -> Entry | None:
        """Look a name up as a call with these arguments; without any it is only named, not called."""
        for entry in self.by_name.get(name, ()):
            if entry.accepts(arguments) if arguments is not None else entry.when is None:
                return entry
        return None


@dataclass(frozen=True, slots=True)
class Library:
    """One catalogue file."""

    name: str
    """The file's name, which languages list."""
    title: str
    source: str
    """Where its facts come from."""
    catalogue: Catalogue


def load_catalogues(languages: Iterable[Language]) -> Mapping[str, Catalogue]:
    """Read what each language's libraries offer, by the language's name."""
    libraries: dict[str, Library] = {}
    for language in languages:
        for name in language.catalogues:
            if name not in libraries:
                libraries[name] = load_library(folder("queries") / "catalogues" / f"{name}.toml")
    return {language.name: join(libraries[name].catalogue for name in language.catalogues) for language in languages}


def join(catalogues: Iterable[Catalogue]) -> Catalogue:
    """Make one catalogue of several; what comes first is preferred."""
    parts = tuple(catalogues)
    return Catalogue(
        entries=tuple(entry for part in parts for entry in part.entries),
        classes={module: names for part in reversed(parts) for module, names in part.classes.items()},
        implicit={module: names for part in reversed(parts) for module, names in part.implicit.items()},
        returns={name: position for part in reversed(parts) for name, position in part.returns.items()},
        neither=frozenset().union(*(part.neither for part in parts)),
    )


def load_library(path: Path) -> Library:
    """Read one catalogue file; raise CatalogueError for what it should not say."""
    table = read_toml(path, CatalogueError)
    check_keys(table, FILE_KEYS, str(path), CatalogueError)
    hint = bool(table.get("hint", False))
    entries = [entry for family in table.get("family", ()) for entry in read_family(family, path)]
    catalogue = Catalogue(
        entries=tuple(replace(entry, library=path.stem, hint=hint or entry.hint) for entry in entries),
        classes=read_names(table.get("classes", {})),
        implicit=read_names(table.get("implicit", {})),
        returns=table.get("returns", {}),
        neither=frozenset(table.get("neither", ())),
    )
    return Library(path.stem, table.get("library", path.stem), table.get("source", ""), catalogue)


def read_names(table: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    """Read a table of names by module."""
    return {module: frozenset(names) for module, names in table.items()}


def read_family(table: Mapping[str, Any], path: Path) -> Iterator[Entry]:
    """Read the entries of one family."""
    where = f"{path}: family {table.get('name', '?')}"
    check_keys(table, FAMILY_KEYS, where, CatalogueError)
    shared = read_shared(table, where)
    for action in Action:
        for said in table.get(action, ()):
            values: dict[str, Any] = {"name": said} if isinstance(said, str) else dict(said)
            if "when" in values:
                values["when"] = build(Condition, values["when"], f"{where}: when", CatalogueError)
            yield build(Entry, {**shared, **values, "action": action}, where, CatalogueError)


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
        }
    except (KeyError, ValueError) as reason:
        raise CatalogueError(f"{where}: {reason}") from None
