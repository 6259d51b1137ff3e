"""Classes and structures by how often they are created, for a person."""

from collections.abc import Iterator, Sequence

from allocscan.model import Report
from allocscan.reporters.ink import BOLD, DIM, NAME, PATH, PLAIN, Line, clipped, table, wrapped
from allocscan.reporters.wording import counted, tail
from allocscan.views.types import TypeUse

RELEASES, LIBRARY = 3, 8
"""How many names fit a line."""
COLUMNS, SLACK = 3, 2
"""Columns without what frees, and what a path may have more than a name."""


def lines(report: Report, types: Sequence[TypeUse], most: int, width: int) -> Iterator[Line]:
    """Lay the types out: those that the tree defines one by one, those of libraries in a line."""
    own = [each for each in types if each.definition]
    said = f"  {counted(len(own), 'type')} of its own whose objects are created or freed"
    yield clipped([(report.source.name, BOLD), (said, DIM)], width)
    if own:
        yield []
        yield from rows(own[:most], width)
    if len(own) > most:
        yield [(f"  and {len(own) - most:,} more", DIM)]
    library = [each for each in types if not each.definition]
    if library:
        yield []
        named = ", ".join(f"{each.name} {len(each.created):,}" for each in library[:LIBRARY])
        yield from wrapped(f"Of libraries: {named}{more(len(library) - LIBRARY)}", width, DIM)


def rows(types: Sequence[TypeUse], width: int) -> Iterator[Line]:
    """Give a line for each type; nothing is said of releasing where it is done nowhere."""
    freed = any(each.freed for each in types)
    titles = ("created", "type", "defined", "freed by")[: COLUMNS + freed]
    room = width // (COLUMNS + 1 if freed else COLUMNS)
    headings: tuple[Line, ...] = tuple([(title, DIM)] for title in titles)
    yield from table([headings, *(row(each, room)[: len(titles)] for each in types)], width)


def row(each: TypeUse, room: int) -> tuple[Line, ...]:
    """Give the cells of one type."""
    definition = each.definition
    where = f"{definition.location.path}:{definition.location.line}" if definition else ""
    return (
        [(f"{len(each.created):,}", PLAIN)],
        [(tail(each.name, room), NAME)],
        [(tail(where, room + SLACK), PATH)],
        [(releases(each), PLAIN if each.releases else DIM)],
    )


def releases(each: TypeUse) -> str:
    """Name what gives objects back, the most frequent first."""
    named = ", ".join(f"{name} {count:,}" for name, count in each.releases[:RELEASES])
    return f"{named}{more(len(each.releases) - RELEASES)}" or "not seen"


def more(count: int) -> str:
    """Say that there are more."""
    return f" and {count:,} more" if count > 0 else ""
