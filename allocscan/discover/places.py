"""How the places of a unit are named: variables, fields, what they point to, and results that no variable takes."""

import re
from collections.abc import Iterator

from allocscan.discover.units import Step, Unit, bare
from allocscan.model import Effect

MEMBER = re.compile(r"(?:(?:->|\.)|^)\w+$")
"""What a method is called by, behind its value."""


def block_of(unit: Unit, place: str) -> str:
    """Name the variable whose block a value points into; what a field or a lasting variable holds is not followed."""
    place = bare(place)
    if place.startswith("&") and unit.arrow in place:
        place = place[1:].partition(unit.arrow)[0]
    return place if place.lstrip("*").isidentifier() and place not in unit.lasting else ""


def outlet(step: Step, effect: Effect) -> str:
    """Name the place where a call puts the memory that it obtains; empty when there is none."""
    if effect.into:
        return effect.into
    if effect.out is None:
        return sink(step)
    if effect.out >= len(step.call.arguments):
        return ""
    written = step.call.places[effect.out] or bare("".join(step.call.arguments[effect.out].split()))
    return written if effect.assigns else pointed(written)


def pointed(argument: str) -> str:
    """Name the place that an argument points to."""
    return argument[1:] if argument.startswith("&") else f"*{argument}"


def sink(step: Step) -> str:
    """Name the place that a call's result goes to; the result itself where it is only handed on."""
    target = step.call.target
    return bare(target) if target else result(step)


def result(step: Step) -> str:
    """Name the result of a call that no place takes."""
    return f"#{id(step)}"


def argument_of(step: Step, position: int | None) -> str:
    """Name what a call is given by another call in one position."""
    return f"{result(step)}/{position}"


def place_of(step: Step, position: int | None) -> str:
    """Name the place that a call is given in one position."""
    return bare(step.call.places[position]) if position is not None and position < len(step.call.places) else ""


def released(step: Step, effect: Effect) -> str:
    """Name the place whose block a call frees: one that it is given or led to, or the value whose method it is."""
    if effect.itself:
        return receiver_of(step.call.name)
    place = place_of(step, effect.pointer)
    return pointed(place) if effect.behind and place else place


def receiver_of(name: str) -> str:
    """Name the value whose method is called, as written; empty where none is named."""
    return MEMBER.sub("", name)


def handed_back(step: Step, positions: frozenset[int]) -> Iterator[str]:
    """List the places whose values a call hands back."""
    for position in positions:
        if place := place_of(step, position):
            yield place
        yield argument_of(step, position)
