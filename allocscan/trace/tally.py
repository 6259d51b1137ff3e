"""What was counted of each site, and of what belongs to none."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from allocscan.model import Location, Measure, Observation, Residue, Site

K = TypeVar("K")

NOTHING = Measure()


@dataclass(frozen=True, slots=True)
class Landing:
    """The sites that obtained the memory of a stack, the innermost first; the last one is answerable for it."""

    sites: tuple[Site, ...]
    alike: tuple[Site, ...] = ()
    """Others that cannot be told from the last one."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted so far."""

    own: dict[Location, Measure]
    """Of each site, what it is answerable for."""
    passed: dict[Location, Measure]
    """Of each site, what it obtained for others."""
    residues: dict[Residue, Measure]
    """What belongs to no site, by the reason."""

    def count(self, landed: Landing | Residue, measure: Measure) -> None:
        """Count what one stack has obtained."""
        if isinstance(landed, Residue):
            add(self.residues, replace(landed, measure=NOTHING), measure)
            return
        *inner, last = landed.sites
        add(self.own, last.location, measure)
        for site in inner:
            add(self.passed, site.location, measure)
        for site in landed.alike:
            add(self.own, site.location, NOTHING)

    def observations(self) -> Iterator[Observation]:
        """Yield what was seen of each site, in the order of the report."""
        for location in sorted({**self.own, **self.passed}):
            yield Observation(location, self.own.get(location, NOTHING), self.passed.get(location, NOTHING))

    def left(self) -> Iterator[Residue]:
        """Yield what belongs to no site."""
        for residue, measure in self.residues.items():
            yield replace(residue, measure=measure)


def add(counts: dict[K, Measure], key: K, measure: Measure) -> None:
    """Add to one of several measures."""
    counts[key] = counts.get(key, NOTHING) + measure
