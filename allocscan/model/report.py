"""What a scan has found, as every format writes it.

What a report has thousands of are named tuples: they are read again in a fraction of the time.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from allocscan.model.facts import FileRecord, Location, Problem
from allocscan.model.links import Evidence, Target
from allocscan.model.runs import Observation, Residue, Run
from allocscan.model.words import Action, Basis, Check, Fate, Form, Kind, Level, Resource, Role, SizeClass


class Site(NamedTuple):
    """A memory action in the source, completed."""

    location: Location
    action: Action
    form: Form
    name: str
    """As written."""
    language: str
    explicit: bool = True
    allocator: str = ""
    """The canonical name of the allocator, deallocator or class."""
    family: str = ""
    via: tuple[str, ...] = ()
    """The wrappers below the name, down to the primitive; empty for a primitive."""
    type: str = ""
    size: str = ""
    function: str = ""
    """The enclosing function, with its own scope."""
    variable: str = ""
    resolved: Target | None = None
    basis: Basis | None = None
    in_test: bool = False
    loop_depth: int = 0
    condition: str = ""
    resource: Resource = Resource.MEMORY
    size_class: SizeClass | None = None
    """None where no memory is asked for; likewise `checked`."""
    zeroed: bool = False
    """The memory is cleared."""
    checked: Check | None = None
    pointer: str = ""
    """What is resized or given back, as written."""
    dead: bool = False
    """Its condition never holds."""


@dataclass(frozen=True, slots=True)
class Allocator:
    """A known or discovered allocator, reallocator or deallocator."""

    name: str
    role: Role
    kind: Kind
    level: Level
    family: str
    definition: Target | None = None
    """Where it is defined, when that is in the tree."""
    size: int | None = None
    """Position of the size argument, 0-based; likewise `count` and `pointer`."""
    count: int | None = None
    pointer: int | None = None
    fails: str = ""
    zeroed: bool = False
    wraps: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    sites: int = 0
    evidence: tuple[Evidence, ...] = ()
    out: int | None = None
    """The argument through which the memory comes, where it is not the result."""
    type: int | None = None
    """The argument that names what the memory is for."""
    pool: int | None = None
    """The argument whose object keeps the memory, and gives it back in bulk."""
    resource: Resource = Resource.MEMORY
    itself: bool = False
    """What is freed is the object whose method it is."""
    behind: bool = False
    """What is freed is the block that the argument points to a place of."""
    shared: bool = False
    """Other files of the tree define something of that name as well."""


class ReportDefinition(NamedTuple):
    """A definition that matters to memory, as the report lists it."""

    location: Location
    name: str
    """With its enclosing definitions, joined as the language does."""
    role: Role
    language: str
    kind: str = ""
    level: Level = Level.CERTAIN
    wraps: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    """The members that make a class an allocator."""


class Ending(NamedTuple):
    """A statement that says what becomes of memory; it stands in the file of the memory's site."""

    fate: Fate
    line: int
    statement: str
    """What happens there, in words."""
    name: str = ""
    """What frees it, where it is stored, or to what it is passed."""
    family: str = ""
    """Of what frees it."""


class Life(NamedTuple):
    """What becomes of the memory of one site inside its function, on some path or other."""

    location: Location
    """Of the site."""
    function: Target
    variables: tuple[str, ...] = ()
    """The variables that hold it, the first one first."""
    endings: tuple[Ending, ...] = ()
    """By line; never empty."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A family of which one end is missing in the whole tree."""

    family: str
    lacks: Action
    """What nothing does by name: to take its memory, or to give that back."""


class Caller(NamedTuple):
    """What calls a function, as far as names tell."""

    function: Target
    """Line 0 and no name stand for the file itself, outside of everything."""
    lines: tuple[int, ...]
    basis: Basis
    """Why the name is believed to mean the function."""


class FunctionRecord(NamedTuple):
    """A function or macro that holds sites, that takes or gives back memory, or that calls one of those."""

    location: Location
    name: str
    """With its enclosing definitions, joined as the language does."""
    language: str
    kind: str
    """The word for it in its language's patterns: `function`, `macro`, `alias`."""
    callers: tuple[Caller, ...] = ()


@dataclass(frozen=True, slots=True)
class Checkout:
    """The commit that a folder was checked out at, and where others find it."""

    location: str
    """Where the repository was cloned from."""
    commit: str
    prefix: str = ""
    """What stands before the paths of the folder in those of the repository."""
    changed: frozenset[str] = frozenset()
    """The files that differ from the commit, or are not in it."""


@dataclass(frozen=True, slots=True)
class Source:
    """What was scanned."""

    name: str
    """As a person would call it: `deluge`, or the last part of a path or URL."""
    location: str
    """The path as typed, or the URL."""
    revision: str = ""
    """What was asked for: a branch, tag or commit; empty for a plain folder."""
    commit: str = ""
    date: str = ""
    """Of the commit, ISO 8601."""
    subtree: str = ""
    """What is reported, relative to the root; empty for everything."""
    local: bool = True
    checkout: Checkout | None = None
    """Of a folder, where that was asked for."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one scan has found."""

    source: Source
    files: tuple[FileRecord, ...] = ()
    sites: tuple[Site, ...] = ()
    definitions: tuple[ReportDefinition, ...] = ()
    allocators: tuple[Allocator, ...] = ()
    candidates: tuple[Allocator, ...] = ()
    lives: tuple[Life, ...] = ()
    functions: tuple[FunctionRecord, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    """By family; none where only a part of the tree was looked at."""
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = field(default=())
    """What a reader should know about how this report came about."""
    runs: tuple[Run, ...] = ()
    """The logs of running programs that were joined with the sites."""
    observations: tuple[Observation, ...] = ()
    """What the sites did in these runs; a site without one was not seen."""
    residues: tuple[Residue, ...] = ()
    """What belongs to no site, most bytes first."""
