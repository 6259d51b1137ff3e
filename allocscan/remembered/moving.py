"""What a file says may stand in other lines than before: what follows from it then stands there as well.

Linking compares lines and hands them on; it counts with none. So while lines keep their order, what was linked stays
right with each line in its new place.
"""

from collections.abc import Iterator, Mapping
from itertools import chain, pairwise
from typing import Any

from allocscan.model import Caller, Ending, FileFacts, Life, Location, Problem, Target
from allocscan.store.packing import Makers

Lines = Mapping[int, int]
"""The new line of each line."""

NOWHERE = 0
"""Stands for no line, before and after."""


def renumbering(before: FileFacts, after: FileFacts) -> Lines | None:
    """Say which lines became which, if a file says the same as before in the same order."""
    lines = {NOWHERE: NOWHERE} | dict(zip(numbers(before), numbers(after), strict=False))
    kept = all(one < other for one, other in pairwise(lines[line] for line in sorted(lines)))
    return lines if kept and renumbered(before, lines) == after else None


def numbers(facts: FileFacts) -> Iterator[int]:
    """Yield all lines that a file says something of."""
    for place in chain((each.location for each in facts.definitions), (each.location for each in facts.calls)):
        yield from (place.line, place.end_line)
    yield from (each.line for each in facts.imports)
    yield from (each.line for each in facts.flows)
    yield from (each.line for each in facts.questions)
    yield from (each.line for each in facts.unparsed)


def renumbered(facts: FileFacts, lines: Lines) -> FileFacts:
    """Put what a file says into other lines; what says more lines than are known stays as it is."""
    if not lines.keys() >= set(numbers(facts)):
        return facts
    return facts._replace(
        definitions=tuple(each._replace(location=relocated(each.location, lines)) for each in facts.definitions),
        imports=tuple(each._replace(line=lines[each.line]) for each in facts.imports),
        calls=tuple(each._replace(location=relocated(each.location, lines)) for each in facts.calls),
        flows=tuple(each._replace(line=lines[each.line]) for each in facts.flows),
        questions=tuple(each._replace(line=lines[each.line]) for each in facts.questions),
        unparsed=tuple(each._replace(line=lines[each.line]) for each in facts.unparsed),
    )


def relocated(place: Location, lines: Lines) -> Location:
    """Put a stretch into other lines."""
    return place._replace(line=lines[place.line], end_line=lines[place.end_line])


def makers(moved: Mapping[str, Lines]) -> Makers:
    """Give what makes those parts of a report anew that speak of lines; KeyError where a line is not known."""

    def location(path: str, line: int, column: int, end_line: int, end_column: int) -> Location:
        place = Location(path, line, column, end_line, end_column)
        return relocated(place, moved[path]) if path in moved else place

    def target(path: str, line: int, name: str) -> Target:
        return Target(path, moved[path][line] if path in moved else line, name)

    def problem(path: str, line: int, kind: str, message: str) -> Problem:
        return Problem(path, moved[path][line] if path in moved else line, kind, message)

    def life(place: Location, function: Target, variables: tuple[str, ...], endings: tuple[Ending, ...]) -> Life:
        lines = moved.get(place.path)
        there = tuple(each._replace(line=lines[each.line]) for each in endings) if lines else endings
        return Life(place, function, variables, there)

    def caller(function: Target, lines: tuple[int, ...], *basis: Any) -> Caller:
        known = moved.get(function.path)
        return Caller(function, tuple(known[line] for line in lines) if known else lines, *basis)

    return {Location: location, Target: target, Problem: problem, Life: life, Caller: caller}
