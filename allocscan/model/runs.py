"""What was measured while a program ran."""

from dataclasses import dataclass, fields

from allocscan.model.facts import Location
from allocscan.model.words import Action


@dataclass(frozen=True, slots=True)
class Measure:
    """What a tool counted while a program ran; None is what it does not count."""

    bytes: int | None = None
    """Obtained, all blocks together; likewise `blocks`."""
    blocks: int | None = None
    live_bytes: int | None = None
    """Not yet given back when the log ends; likewise `live_blocks`."""
    live_blocks: int | None = None
    leaked_bytes: int | None = None
    """Lost: never given back, or, where the tool can tell, out of reach as well; likewise `leaked_blocks`."""
    leaked_blocks: int | None = None
    peak_bytes: int | None = None
    """Held when the program held most."""
    lifetime: int | None = None
    """Of all blocks together, in instructions."""
    read_bytes: int | None = None
    """How much was read in the blocks; likewise `written_bytes`."""
    written_bytes: int | None = None

    def __add__(self, other: "Measure") -> "Measure":
        """Add up what either counts."""
        return Measure(*(added(getattr(self, name), getattr(other, name)) for name in MEASURES))

    @property
    def weight(self) -> int:
        """How many bytes it is about: those obtained, or else those that are left."""
        return self.bytes or self.live_bytes or self.leaked_bytes or 0


MEASURES = tuple(each.name for each in fields(Measure))
"""The names of all that may be counted."""


def added(one: int | None, other: int | None) -> int | None:
    """Add two counts; nothing is made a zero that was not counted."""
    if one is None or other is None:
        return other if one is None else one
    return one + other


@dataclass(frozen=True, slots=True)
class Observation:
    """What one site did while a program ran."""

    location: Location
    """Of the site."""
    measure: Measure
    """Of the memory that the site itself is answerable for; every block is counted at one site only."""
    passed: Measure = Measure()
    """Of the memory that it obtained for sites further out."""


@dataclass(frozen=True, slots=True)
class Residue:
    """Memory that belongs to no site, and why."""

    reason: str
    measure: Measure
    place: str = ""
    """The innermost `path:line` of the scanned tree; empty where there is none."""
    function: str = ""
    """The function there, or the one that obtained the memory."""
    library: str = ""
    """Where it was obtained, when that is outside of the tree."""


@dataclass(frozen=True, slots=True)
class Run:
    """A log of what a program did to memory."""

    log: str
    """The name of its file, or of the tool that wrote it."""
    tool: str
    measure: Measure
    """All that the log counts."""
    command: str = ""
    exit_code: int | None = None
    """How the program ended, when we ran it; negative for a signal."""
    counts: frozenset[Action] = frozenset()
    """The actions of which the log lists every one, so that what it does not list did not happen."""
    notes: tuple[str, ...] = ()
    """What a reader should know of how the tool counts."""
    processes: int = 1
    """How many were measured: the program itself, and what it started."""
