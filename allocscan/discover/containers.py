"""Containers: objects with a field that grows, and that is freed while the object stays."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from allocscan.discover.arguments import WORD, written
from allocscan.discover.places import outlet, place_of
from allocscan.discover.units import Step, Unit, parameter_of
from allocscan.discover.values import Values, acts
from allocscan.model import Effect, Evidence, Kind, Level, Reference, Resource, Role

FIELD = re.compile(r"\(*(?P<object>\w+)\)*(?:->|\.)(?P<field>.+)")
ELEMENT = "]"
ASSIGNED = re.compile(r"[^=!<>]=[^=]")
WORDS = {Role.REALLOCATOR: "lets {place} grow by {name}", Role.DEALLOCATOR: "hands {place} to {name}"}


def contained(unit: Unit, values: Values, role: Role) -> Iterator[tuple[Effect, str]]:
    """Yield what a unit does to fields of its parameters in one role, with the fields."""
    for step, effect in acts(values):
        place = effect.role == role and (place_of(step, effect.pointer) or written(step, effect.pointer))
        part = FIELD.fullmatch(place) if place and not place.endswith(ELEMENT) else None
        position = parameter_of(unit, part["object"]) if part else None
        if part and position is not None and (role == Role.REALLOCATOR or asks_only(unit, step, position)):
            statement = WORDS[role].format(place=place, name=step.call.name)
            yield kept(step, effect, position, statement), part["field"]


def refills(unit: Unit, values: Values, field: str, nothing: tuple[str, ...]) -> bool:
    """Tell whether a unit puts something into a field."""
    put = [(flow.target, flow.source or flow.value) for flow in unit.flows]
    put += [(step.call.target, step.call.name) for step in unit.steps]
    put += [(outlet(step, effect), step.call.name) for step, effect in acts(values)]
    return any(value not in nothing and is_field(place, field) for place, value in put)


def is_field(place: str, field: str) -> bool:
    """Tell whether a place is a field of some object."""
    part = FIELD.fullmatch(place)
    return part is not None and part["field"] == field


def handed_on(unit: Unit, known: Mapping[Reference, Effect]) -> Iterator[Effect]:
    """Yield what a unit does to the objects that it is given, by what it hands them to."""
    for step in unit.steps:
        for effect in (known[found] for found in step.references[:1] if found in known):
            position = parameter_of(unit, place_of(step, effect.pointer))
            if position is not None and (effect.role == Role.REALLOCATOR or asks_only(unit, step, position)):
                yield kept(step, effect, position, f"hands {unit.definition.parameters[position]} to {step.call.name}")


def asks_only(unit: Unit, step: Step, position: int) -> bool:
    """Tell whether a call depends on nothing but the object that is given in one position; not on what is tried."""
    parameters = unit.definition.parameters
    if any(map(ASSIGNED.search, step.call.context.branches)):
        return False
    asked = [set(WORD.findall(branch)).intersection(parameters) for branch in step.call.context.branches]
    return step.call.context.loop_depth <= unit.is_macro and all(found == {parameters[position]} for found in asked)


def kept(step: Step, effect: Effect, position: int, statement: str) -> Effect:
    """Describe what is done to the container in one position."""
    return replace(
        effect,
        kind=Kind.CONTAINER,
        level=Level.LIKELY,
        resource=Resource.CONTAINER,
        pointer=position,
        out=None,
        size=None,
        count=None,
        fails="" if effect.role == Role.DEALLOCATOR else effect.fails,
        via=(step.call.name, *effect.via),
        evidence=(Evidence(step.call.location, statement),),
    )
