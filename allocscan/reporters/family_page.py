"""The families of a tree's allocators, for a person."""

from collections.abc import Iterator

from allocscan.model import Action, Allocator, Kind, Level, Report
from allocscan.reporters.ink import BOLD, DIM, GOOD, NAME, PATH, PLAIN, Line, clipped, wrapped
from allocscan.reporters.page import unmatched_lines
from allocscan.reporters.wording import counted, head, opening, tail
from allocscan.views.families import Family, Member

COUNT, ROLE, PLACE = 7, 18, 24
"""Columns for the number of sites, for what an allocator is, and for where the evidence stands."""
ROOMY = 60
"""Columns from which on there is room to say what an allocator is."""
STEP = "  "
LITTLE = 50
"""A family with so many times fewer sites than the largest one is only named."""
VERBS = {
    Action.ALLOCATE: "take",
    Action.REALLOCATE: "resize",
    Action.DEALLOCATE: "give back",
    Action.TRANSFER: "pass on",
}


def lines(
    report: Report, families: tuple[Family, ...], candidates: tuple[Allocator, ...], width: int
) -> Iterator[Line]:
    """Lay the families out, and below them what may be an allocator as well."""
    yield from heading(report, families, width)
    large = [each for each in families if total(each) * LITTLE >= total(families[0])] or list(families)
    for family in large:
        yield []
        yield from family_lines(family, width)
    others = ", ".join(f"{each.name or '(none)'} {total(each):,}" for each in families if each not in large)
    if others:
        yield []
        yield from wrapped(f"Other families: {others} (--name FAMILY shows one)", width, DIM)
    for line in unmatched_lines(report):
        yield []
        yield from wrapped(opening(line), width, DIM)
    if candidates:
        yield []
        yield [("Candidates", BOLD), ("  for you to judge; they count as nothing until then", DIM)]
        for candidate in candidates:
            yield row(Member(candidate, 0, candidate.sites), width)


def total(family: Family) -> int:
    """Count the sites of a family."""
    return sum(family.actions.values())


def heading(report: Report, families: tuple[Family, ...], width: int) -> Iterator[Line]:
    """Say how much there is."""
    own = sum(each.definition is not None for each in report.allocators)
    yield [(report.source.name, BOLD)]
    text = (
        f"{len(report.allocators):,} allocators and deallocators, {own:,} of them defined here, "
        f"the others of libraries; {counted(len(report.candidates), 'candidate')}"
    )
    yield from wrapped(text, width, DIM)


def family_lines(family: Family, width: int) -> Iterator[Line]:
    """Lay one family out: what takes memory, then what gives it back."""
    said = ", ".join(f"{count:,} {VERBS[action]}" for action, count in family.actions.items() if count)
    yield clipped([(family.name or "(no family)", BOLD), (f"  {said}", DIM)], width)
    for title, members in (("takes", family.givers), ("gives back", family.takers)):
        if members:
            yield [(f"  {title}", GOOD)]
        for member in members:
            yield row(member, width)
    if family.hidden:
        yield [(f"{'':{COUNT}}  and {family.hidden:,} more", DIM)]


def row(member: Member, width: int) -> Line:
    """Lay one allocator out: how often it is used, its name below what it wraps, what it is, and the evidence."""
    allocator = member.allocator
    role, place = (ROLE, PLACE) if width >= ROOMY else (0, width // 3)
    room = width - COUNT - 2 - role - place - 2
    name = head(STEP * min(member.depth, room // 4) + allocator.name, room)
    return [
        (f"{member.sites:>{COUNT},}  ", PLAIN if member.sites else DIM),
        (name.ljust(room + 1), NAME),
        (head(nature(allocator), role - 1).ljust(role) if role else "", DIM),
        (tail(evidence(allocator), place), PATH),
    ]


def nature(allocator: Allocator) -> str:
    """Say in a few words what is special about an allocator."""
    kind = "" if allocator.kind is Kind.RAW else allocator.kind
    level = "" if allocator.level is Level.CERTAIN else allocator.level
    return " ".join(filter(None, (level, kind)))


def evidence(allocator: Allocator) -> str:
    """Say where it is to be seen that something is an allocator."""
    if allocator.evidence:
        place = allocator.evidence[0].location
        return f"{place.path}:{place.line}"
    return f"{allocator.definition.path}:{allocator.definition.line}" if allocator.definition else "library"
