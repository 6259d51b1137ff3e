"""Where the values of a unit come from: fresh memory, a parameter, or neither."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from allocscan.discover.units import Step, Unit, bare
from allocscan.model import Effect, Role


@dataclass(frozen=True, slots=True)
class Fresh:
    """Memory that a call inside the unit obtained."""

    effect: Effect
    name: str
    """Of the call, as written."""
    line: int
    pointer: str
    """The place whose memory was reallocated; empty when none was."""
    step: Step


OTHER = "other"
Origin = Fresh | int | str
"""A fresh value, the position of a parameter, or anything else."""


@dataclass(frozen=True, slots=True)
class Values:
    """The origins of every place of a unit."""

    origins: dict[str, dict[Origin, None]] = field(default_factory=dict)

    def at(self, place: str) -> Iterable[Origin]:
        """List where the value of a place may come from, the first one found first."""
        return self.origins.get(place, ())

    def add(self, place: str, origins: Iterable[Origin]) -> bool:
        """Note that a place may hold values of these origins; tell whether that is news."""
        known = self.origins.setdefault(place, {})
        before = len(known)
        known.update(dict.fromkeys(origins))
        return len(known) > before


EffectsOf = Callable[[Step], tuple[Effect, ...]]
ReturnsOf = Callable[[Step], frozenset[int]]


def trace(unit: Unit, effects_of: EffectsOf, returns_of: ReturnsOf, nothing: tuple[str, ...]) -> Values:
    """Follow values through the assignments of a unit until nothing new is learnt; order is not looked at."""
    values = Values()
    for position, parameter in enumerate(unit.definition.parameters):
        values.add(parameter, (position,))
    for step in unit.steps:
        effects, returned = effects_of(step), returns_of(step)
        for effect in effects:
            seed(values, step, effect)
        if not returned and not any(hands_out(effect) for effect in effects):
            values.add(sink(step), (OTHER,))
    for flow in unit.flows:
        if not block_of(unit, flow.source) and flow.source not in nothing and flow.value not in nothing:
            values.add(bare(flow.target), (OTHER,))
    moves = [
        (block_of(unit, flow.source), bare(flow.target))
        for flow in unit.flows
        if flow.source and flow.source not in nothing
    ]
    moves += [move for step in unit.steps for move in handed_back(step, returns_of(step))]
    spread(values, moves)
    return values


def block_of(unit: Unit, place: str) -> str:
    """Name the variable whose block a value points into; what a field or a lasting variable holds is not followed."""
    place = bare(place)
    if place.startswith("&") and "->" in place:
        place = place[1:].partition("->")[0]
    return place if place.lstrip("*").isidentifier() and place not in unit.lasting else ""


def hands_out(effect: Effect) -> bool:
    """Tell whether the result of a call is the memory that it obtained."""
    return effect.role != Role.DEALLOCATOR and effect.out is None


def seed(values: Values, step: Step, effect: Effect) -> None:
    """Note where a call puts the memory that it obtains."""
    if effect.role == Role.DEALLOCATOR:
        return
    pointer = place_of(step, effect.pointer)
    fresh = Fresh(effect, step.call.name, step.call.location.line, pointer, step)
    if target := outlet(step, effect):
        values.add(target, (fresh,))


def outlet(step: Step, effect: Effect) -> str:
    """Name the place where a call puts the memory that it obtains; empty when there is none."""
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
    return bare(step.call.target) or result(step)


def result(step: Step) -> str:
    """Name the result of a call that no place takes."""
    return f"#{id(step)}"


def place_of(step: Step, position: int | None) -> str:
    """Name the place that a call is given in one position."""
    return bare(step.call.places[position]) if position is not None and position < len(step.call.places) else ""


def handed_back(step: Step, positions: frozenset[int]) -> Iterable[tuple[str, str]]:
    """List the moves from a call's arguments to its result."""
    for position in positions:
        if place := place_of(step, position):
            yield place, sink(step)
    if step.outer is not None:
        yield sink(step), f"{result(step.outer)}/{step.call.position}"
    for position in positions:
        yield f"{result(step)}/{position}", sink(step)


def spread(values: Values, moves: list[tuple[str, str]]) -> None:
    """Carry origins along all moves until they stay."""
    by_source: dict[str, list[str]] = {}
    for source, target in moves:
        by_source.setdefault(source, []).append(target)
    pending = list(values.origins)
    while pending:
        source = pending.pop()
        for target in by_source.get(source, ()):
            if target != source and values.add(target, tuple(values.at(source))):
                pending.append(target)
