"""Chains of objects that are freed one after the other, from a parameter on."""

from collections.abc import Iterator

from allocscan.discover.units import Step, Unit, bare, parameter_of
from allocscan.discover.values import Values


def heads(unit: Unit, values: Values, step: Step, place: str, nothing: tuple[str, ...]) -> Iterator[int]:
    """List the parameters from which a place runs along a chain, in a loop around a call."""
    run = [current for current, _ in values.walk(place)]
    if step.call.context.loop_depth and keeps_to(unit, values, run, nothing):
        yield from (position for each in run if (position := parameter_of(unit, each)) is not None)


def keeps_to(unit: Unit, values: Values, run: list[str], nothing: tuple[str, ...]) -> bool:
    """Tell whether some places take nothing but each other's values, and what the fields of those objects hold."""
    if any(values.graph.results.get(each) for each in run):
        return False
    taken = (flow for flow in unit.flows if bare(flow.target) in run)
    return all(
        bare(flow.source).partition(unit.arrow)[0] in (*run, *nothing) for flow in taken if flow.value not in nothing
    )
