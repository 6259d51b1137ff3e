"""What the first page says of the runs that were watched: totals, coverage, the hottest sites, and what has none."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from allocscan.model import Report, Residue
from allocscan.reporters.amounts import amount, covered, ended, mostly, share, totals
from allocscan.reporters.html.links import Link, Links, explorer
from allocscan.views import coverage
from allocscan.views.coverage import Coverage, Observed

GROUPS, SITES, RESIDUES = 12, 12, 12
"""Rows that are shown of each list."""


@dataclass(frozen=True, slots=True)
class Watch:
    """One run: its tool, what was run, how that ended, and what was counted."""

    tool: str
    program: str
    end: str
    counted: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """How many sites of a family or folder ran."""

    label: Link
    found: Coverage
    share: str
    obtained: str


@dataclass(frozen=True, slots=True)
class Hot:
    """A site and what it obtained."""

    place: Link
    name: Link
    function: Link | None
    obtained: str
    leaked: int | None


@dataclass(frozen=True, slots=True)
class Left:
    """Memory that belongs to no site."""

    place: Link
    residue: Residue


@dataclass(frozen=True, slots=True)
class Watched:
    """All of it, each list with how much it leaves out."""

    runs: tuple[Watch, ...]
    covered: str
    never: int
    """Sites that did not run."""
    groups: tuple[tuple[str, tuple[Group, ...], int], ...]
    """By what sites are grouped, and the groups."""
    hot: tuple[Hot, ...]
    hidden: int
    """Sites that obtained something and are not shown; likewise the next."""
    left: tuple[Left, ...]
    unseen: int


def watched(report: Report, links: Links) -> Watched | None:
    """Say what was seen; None where no program was watched."""
    if not report.runs:
        return None
    seen = coverage.observed(report)
    return Watched(
        tuple(watches(report)),
        covered(report),
        coverage.coverage(report).never,
        (
            grouped("Family", coverage.by_family(report), lambda name: explorer(family=name, ran="yes")),
            grouped("Folder", coverage.by_directory(report), folder),
        ),
        tuple(hot(each, links) for each in seen[:SITES]),
        max(0, len(seen) - SITES),
        tuple(Left(place_of(each, links), each) for each in report.residues[:RESIDUES]),
        max(0, len(report.residues) - RESIDUES),
    )


def watches(report: Report) -> Iterator[Watch]:
    """Describe each run."""
    for run in report.runs:
        yield Watch(run.tool, run.command or run.log, ended(run.exit_code), tuple(totals(run)), run.notes)


def grouped(title: str, groups: Sequence[Coverage], lead: Callable[[str], str]) -> tuple[str, tuple[Group, ...], int]:
    """Describe the groups that obtained most, and count the others."""
    return title, tuple(islice(described(groups, lead), GROUPS)), max(0, len(groups) - GROUPS)


def folder(name: str) -> str:
    """Lead to the sites of a folder; all of them lie in the top one."""
    return explorer(ran="yes") if name == "." else explorer(directory=name, ran="yes")


def described(groups: Iterable[Coverage], lead: Callable[[str], str]) -> Iterator[Group]:
    """Describe groups of sites, each with the way to its sites."""
    for each in groups:
        yield Group(Link(each.name or "none", lead(each.name)), each, share(each), mostly(each.measure))


def hot(seen: Observed, links: Links) -> Hot:
    """Describe a site that was at work."""
    place = seen.site.location
    said = amount(seen.measure.bytes, seen.measure.blocks) or mostly(seen.measure)
    return Hot(
        links.line(place.path, place.line),
        links.site(seen.site),
        links.around(seen.site),
        said,
        seen.measure.leaked_bytes,
    )


def place_of(residue: Residue, links: Links) -> Link:
    """Lead to where memory was obtained that belongs to no site, if that is in the tree."""
    path, _, line = residue.place.rpartition(":")
    if path and line.isdigit():
        return links.line(path, int(line), residue.place)
    return Link(residue.place or residue.library)
