"""What hands back nothing, whatever happens: what frees an object may do so, for its caller's variable."""

from collections.abc import Callable, Iterable, Iterator

from allocscan.discover.places import sink
from allocscan.discover.units import RETURN, Step, Unit
from allocscan.model import Reference

NothingOf = Callable[[Unit], tuple[str, ...]]


def read_barren(units: Iterable[Unit], nothing: NothingOf) -> frozenset[Reference]:
    """List the functions and macros that hand back nothing themselves, or what another such one hands back."""
    calls = dict(handing_nothing(units, nothing))
    found = {reference for reference, steps in calls.items() if not steps}
    while news := {reference for reference, steps in calls.items() if reference not in found and all_in(steps, found)}:
        found |= news
    return frozenset(found)


def all_in(steps: Iterable[Step], found: set[Reference]) -> bool:
    """Tell whether some calls mean nothing else than what is among some definitions."""
    return all(step.references and found.issuperset(step.references) for step in steps)


def handing_nothing(units: Iterable[Unit], nothing: NothingOf) -> Iterator[tuple[Reference, list[Step]]]:
    """List what hands back no value but nothing, each with the calls whose results it hands back."""
    for unit in units:
        returned = [flow.source or flow.value for flow in unit.flows if flow.target == RETURN]
        steps = [step for step in unit.steps if sink(step) == RETURN]
        if (returned or steps) and set(returned).issubset(nothing(unit)):
            yield unit.reference, steps
