"""Catalogues are tables of names: what each library allocates, and what gives it back."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from allocscan.model import Action, Form, Kind, Resource

NAME = re.compile(r"[A-Za-z_]\w*$")


class Standing(StrEnum):
    """Who says what a catalogue says, and so whom it can contradict."""

    LIBRARY = "library"
    """What is known of a library: a tree may define the name for itself."""
    TREE = "tree"
    """The scanned tree itself: it adds to what is known, and changes nothing."""
    GIVEN = "given"
    """Whoever scans: that stands above what is known, and above what the code shows."""


@dataclass(frozen=True, slots=True)
class Condition:
    """An argument that must read like this for a call to count."""

    argument: int
    matches: str
    """A regular expression, searched in the argument as written."""

    def holds(self, arguments: tuple[str, ...]) -> bool:
        """Judge the arguments of a call."""
        return self.argument < len(arguments) and bool(re.search(self.matches, arguments[self.argument]))


class Entry(NamedTuple):
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
    modules: tuple[str, ...] = ()
    """The modules that offer it: a file that imports none of them means something else."""
    home: str = ""
    """The module whose definition of such a name is the library's own, those inside included."""
    fails: str = ""
    """`null`, `abort`, `throw`, `errno`, `map-failed`, `panic`, `err`, or empty when unknown."""
    size: int | None = None
    count: int | None = None  # type: ignore[assignment]
    align: int | None = None
    pointer: int | None = None
    """The argument that is reallocated or freed."""
    type: int | None = None
    out: int | None = None
    """The argument through which the block is handed back, where it is not the result."""
    pool: int | None = None
    source: int | None = None
    """The argument that is copied; of a transfer, the owner that lets go of its memory."""
    owned: int | None = None
    """Of a transfer, the pointer that an owner takes over and gives back by itself."""
    arity: int | tuple[int, int] | None = None
    zeroed: bool = False
    itself: bool = False
    """What is freed is the object whose method it is."""
    behind: bool = False
    """What is freed is the block that `pointer` points to a place of."""
    by: int | None = None
    """The argument that names what gives the block back: it counts only where that is known, and as that does."""
    collected: bool = False
    """A collector gives it back: a function that hands it on is no allocator."""
    when: Condition | None = None
    receiver: str = ""
    """A pattern of types, for a method: it counts where its value is of one, or the text does not tell."""
    typed: bool = False
    """It counts only where the text tells."""
    file: str = ""
    """The file of the tree that defines it, where others define something of that name as well."""
    standing: Standing = Standing.LIBRARY

    @property
    def is_own(self) -> bool:
        """Tell whether it speaks of the tree, and not of a library that many know."""
        return self.standing is not Standing.LIBRARY

    def offered_by(self, modules: Iterable[str], separator: str) -> bool:
        """Tell whether one of some modules offers it; a package offers what its modules do."""
        return not self.modules or any(
            f"{own}{separator}".startswith(f"{module}{separator}") for module in modules for own in self.modules
        )

    def is_of(self, receiver: str) -> bool:
        """Tell whether a value of a type has it; the type may be unknown."""
        return bool(re.search(self.receiver, receiver)) if receiver else not self.typed

    def accepts(self, arguments: tuple[str, ...]) -> bool:
        """Tell whether a call with these arguments is one of this entry."""
        if self.arity is not None:
            low, high = self.arity if isinstance(self.arity, tuple) else (self.arity, self.arity)
            if not low <= len(arguments) <= high:
                return False
        return self.when is None or self.when.holds(arguments)


@dataclass(frozen=True, slots=True)
class Clearing:
    """Which arguments say what a function fills with what; argument positions count from 0."""

    pointer: int
    size: int
    value: int | None = None
    """The argument that must be nothing; None where it always clears."""


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
    clears: Mapping[str, Clearing] = field(default_factory=dict)
    """Functions that clear memory, or may."""
    noreturn: frozenset[str] = frozenset()
    """Functions that do not come back."""
    neither: frozenset[str] = frozenset()
    """Names that look like allocators and are none."""
    denied: frozenset[str] = frozenset()
    """Those of which whoever scans says so: neither the code nor a class is believed."""

    @cached_property
    def own(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries that speak of the tree's own definitions, or of libraries that nobody else knows, by full name."""
        own = {name: tuple(entry for entry in found if entry.is_own) for name, found in self.by_name.items()}
        return {name: found for name, found in own.items() if found}

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries by their full name."""
        names: dict[str, tuple[Entry, ...]] = {}
        for entry in self.entries:
            names[entry.name] = (*names.get(entry.name, ()), entry)
        return names

    def find(
        self, name: str, arguments: tuple[str, ...] | None, *, defined: bool = False, receiver: str = ""
    ) -> Entry | None:
        """Look a name up as a call with these arguments; without any it is only named, not called.

        Of what the tree has `defined`, only libraries are asked: what others say of it is known of its definition.
        """
        own = () if defined else self.own.get(name, ())
        for entry in own or self.by_name.get(name, ()):
            if (defined and entry.is_own) or not entry.is_of(receiver):
                continue
            if entry.by is not None:
                if told := self.told_by(entry, arguments or ()):
                    return told
            elif entry.accepts(arguments) if arguments is not None else entry.when is None:
                return entry
        return None

    def told_by(self, entry: Entry, arguments: tuple[str, ...]) -> Entry | None:
        """Say what an entry does by the name that it is given of what gives a block back, behind any cast."""
        named = NAME.search(arguments[entry.by]) if entry.by is not None and entry.by < len(arguments) else None
        given = self.find(named[0], None) if named else None
        if given is None or given.action is not entry.action:
            return None
        return entry._replace(family=given.family, resource=given.resource, kind=given.kind)


def join(catalogues: Iterable[Catalogue]) -> Catalogue:
    """Make one catalogue of several; what comes first is preferred."""
    parts = tuple(catalogues)
    return Catalogue(
        entries=tuple(entry for part in parts for entry in part.entries),
        classes={module: names for part in reversed(parts) for module, names in part.classes.items()},
        implicit={module: names for part in reversed(parts) for module, names in part.implicit.items()},
        returns={name: position for part in reversed(parts) for name, position in part.returns.items()},
        clears={name: clearing for part in reversed(parts) for name, clearing in part.clears.items()},
        noreturn=frozenset().union(*(part.noreturn for part in parts)),
        neither=frozenset().union(*(part.neither for part in parts)),
    )
