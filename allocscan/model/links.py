"""What names mean, and what calls of them do to memory."""

from dataclasses import dataclass
from typing import NamedTuple

from allocscan.model.facts import Location
from allocscan.model.words import Basis, Kind, Level, Resource, Role


class Target(NamedTuple):
    """The definition that a name means."""

    path: str
    line: int
    name: str


class Reference(NamedTuple):
    """A definition, by the file that holds it."""

    path: str
    index: int  # type: ignore[assignment]
    """In `FileFacts.definitions`."""


@dataclass(frozen=True, slots=True)
class Link:
    """What the name of a call means."""

    name: str
    """The full name, with imports and aliases undone."""
    references: tuple[Reference, ...]
    """The definitions it may mean, the most plausible first; empty when it is not defined in the tree."""
    basis: Basis | None
    module: str = ""
    """The path of the module that the name means, when it is one of the tree."""
    member: bool = False
    """A member of a value is meant, whose class the text does not tell."""
    receiver: str = ""
    """What the value is declared to be whose member is meant; empty where none is, or the text does not tell."""
    own: bool = False
    """The class that encloses the call is meant, or one of its subclasses."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a call of one name does to memory; argument positions count from 0."""

    role: Role
    family: str
    kind: Kind = Kind.RAW
    level: Level = Level.CERTAIN
    out: int | None = None
    """The argument through which the memory comes, where it is not the result."""
    assigns: bool = False
    """That argument is assigned to, as a macro can, and not the place that it points to."""
    into: str = ""
    """The variable of whoever uses a macro that takes the memory, where that names one."""
    pointer: int | None = None
    """The argument that is reallocated or freed."""
    itself: bool = False
    """The object whose method is called is freed."""
    behind: bool = False
    """What is freed is the block that the argument points to a place of."""
    size: int | None = None
    count: int | None = None
    type: int | None = None
    pool: int | None = None
    """The argument whose object keeps the memory, and gives it back in bulk."""
    zeroed: bool = False
    fails: str = ""
    lenient: int | None = None
    """The argument that must stand for nothing for it to fail like this; where it does not, the result is nothing."""
    resource: Resource = Resource.MEMORY
    via: tuple[str, ...] = ()
    """The names below it, down to the primitive."""
    strict: tuple[str, ...] = ()
    """The same where the argument stands for nothing that makes it `lenient`; empty where that changes nothing."""
    evidence: tuple["Evidence", ...] = ()


class Evidence(NamedTuple):
    """A located statement that speaks for a discovery."""

    location: Location
    statement: str
