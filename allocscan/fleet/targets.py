"""Which targets a fleet has, and what a run did with each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from allocscan.model import Action

COMMENT = "#"


class Outcome(StrEnum):
    """What a run did with a target."""

    SCANNED = "scanned"
    UNCHANGED = "unchanged"
    """An earlier run has reported just this."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TargetTotal:
    """What was read and found in one target, or in all."""

    target: str
    languages: str
    """Those of its files, the one with most lines first."""
    files: int
    lines: int
    size: int
    actions: tuple[int, ...]
    """Sites of each action, in the order of the model."""
    lost: float
    """Bytes that lie in syntax errors."""

    @property
    def parse_loss(self) -> float:
        """Give the share of bytes that lie in syntax errors, in percent."""
        return round(100 * self.lost / self.size, 3) if self.size else 0.0


def read_list(lines: Iterable[str]) -> tuple[str, ...]:
    """Read a target from each line, once each; what follows a # that begins a word is a comment."""
    return tuple(dict.fromkeys(filter(None, map(uncommented, lines))))


def uncommented(line: str) -> str:
    """Leave out the comment of a line; a # within a word belongs to that."""
    kept = next((at for at in comments(line) if at == 0 or line[at - 1].isspace()), len(line))
    return line[:kept].strip()


def comments(line: str) -> Iterator[int]:
    """Yield the places where a comment might begin."""
    return (at for at, character in enumerate(line) if character == COMMENT)


def add_up(totals: Iterable[TargetTotal]) -> TargetTotal:
    """Make one total of several."""
    parts = tuple(totals)
    actions = tuple(sum(part.actions[number] for part in parts) for number in range(len(Action)))
    amounts = {name: sum(getattr(part, name) for part in parts) for name in ("files", "lines", "size", "lost")}
    return TargetTotal("all", "", actions=actions, **amounts)
