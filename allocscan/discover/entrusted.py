"""Fields of objects that a unit hands to others, which may put something there."""

from collections.abc import Iterator, Mapping

from allocscan.discover.containers import FIELD
from allocscan.discover.units import Unit, bare
from allocscan.model import Reference

Part = tuple[Reference, int]
"""A function, and the position of an object that it is given."""


def is_filled(unit: Unit, place: str, units: Mapping[Reference, Unit], nothing: tuple[str, ...]) -> bool:
    """Tell whether a place is a field of an object which functions are given that put something into that field."""
    if (part := FIELD.fullmatch(place)) is None:
        return False
    pending = list(given(unit, part["object"]))
    seen = set(pending)
    for reference, position in pending:
        if (other := units.get(reference)) and position < len(other.definition.parameters):
            name = other.definition.parameters[position]
            if fills(other, f"{name}{other.arrow}{part['field']}", nothing):
                return True
            news = [each for each in given(other, name) if each not in seen]
            pending += news
            seen.update(news)
    return False


def given(unit: Unit, name: str) -> Iterator[Part]:
    """List the functions that are given an object or its place."""
    for step in unit.steps:
        for position, place in enumerate(step.call.places):
            if name in place and bare(place).removeprefix("&") == name:
                yield from ((reference, position) for reference in step.references[:1])


def fills(unit: Unit, place: str, nothing: tuple[str, ...]) -> bool:
    """Tell whether a unit puts something into a place."""
    values = (flow.source or flow.value for flow in unit.flows if flow.target == place)
    return any(value not in nothing for value in values) or any(step.call.target == place for step in unit.steps)
