"""Memory that is cleared before it is handed out."""

from collections import deque
from collections.abc import Container, Iterator
from dataclasses import replace
from itertools import islice

from allocscan.catalogue import Clearing
from allocscan.discover.arguments import written
from allocscan.discover.discovery import Discovery
from allocscan.discover.guarding import asked, null_test
from allocscan.discover.handing import sources, spread
from allocscan.discover.places import place_of
from allocscan.discover.units import Step, Unit, parameter_of
from allocscan.languages import Language
from allocscan.model import Evidence, Reference

Clearings = dict[Reference, Clearing]
ZERO = ("0", "'\\0'", "0x0")


def settle_cleared(discovery: Discovery) -> None:
    """Find what clears all of the memory that it hands out, and what hands that on."""
    makers = dict(read_makers(discovery, read_clearings(discovery)))
    for reference in spread(discovery, makers):
        first, *others = discovery.effects[reference]
        said = (makers[reference],) if reference in makers else ()
        discovery.effects[reference] = (replace(first, zeroed=True, evidence=(*first.evidence, *said)), *others)


def read_clearings(discovery: Discovery) -> Clearings:
    """Find the functions of the tree that clear what they are given."""
    found: Clearings = {}
    clears = {name for known in discovery.catalogued.values() for name in known.catalogue.clears}
    pending = deque(unit for unit in discovery.units.values() if calls_any(unit, clears))
    while pending:
        unit = pending.popleft()
        for clearing in islice(handed_on(discovery, unit, found), unit.reference not in found):
            found[unit.reference] = clearing
            pending += discovery.called_by.of(unit.reference)
    return found


def calls_any(unit: Unit, names: Container[str]) -> bool:
    """Tell whether a unit calls something by one of some names."""
    return any(step.link is not None and step.link.name in names for step in unit.steps)


def handed_on(discovery: Discovery, unit: Unit, found: Clearings) -> Iterator[Clearing]:
    """Yield which parameters of a unit tell what it clears, wherever it is called."""
    for step in unit.steps:
        if (known := clearing_of(discovery, step, found)) and not any(asked(step, discovery.language(unit))):
            pointer, size = (parameter_of(unit, written(step, position)) for position in (known.pointer, known.size))
            value = None if known.value is None else parameter_of(unit, written(step, known.value))
            if pointer is not None and size is not None and (value is not None or is_zero(step, known)):
                yield Clearing(pointer, size, value)


def clearing_of(discovery: Discovery, step: Step, found: Clearings) -> Clearing | None:
    """Say which arguments of a call tell what it clears; None where it clears nothing."""
    if step.link is None:
        return None
    known = discovery.catalogued[step.language].catalogue.clears.get(step.link.name)
    return known if known and discovery.is_outside(step.link) else next(map(found.get, step.references), None)


def read_makers(discovery: Discovery, clearings: Clearings) -> Iterator[tuple[Reference, Evidence]]:
    """Yield what obtains memory that is not clear, clears it and hands it out."""
    for reference, known in discovery.first_effects():
        for unit, step, block in () if known.zeroed else sources(discovery, reference):
            for other in unit.steps:
                clearing = clearing_of(discovery, other, clearings)
                if clearing and clears(step, block, other, clearing, discovery.language(unit)):
                    yield reference, Evidence(other.call.location, f"clears {block} with {other.call.name}")
                    break


def clears(step: Step, block: str, other: Step, clearing: Clearing, language: Language) -> bool:
    """Tell whether one call clears all of the block that another obtains, wherever there is one."""
    test = null_test(language.nothing, block)
    sizes = {written(step, position) for position in range(len(step.call.arguments))}
    sizes |= {f"sizeof({size})" for size in sizes} | {f"sizeof(*{block})", f"sizeof*{block}"}
    whole = place_of(other, clearing.pointer) == block and written(other, clearing.size) in sizes
    return whole and is_zero(other, clearing) and all(map(test, asked(other, language)))


def is_zero(step: Step, clearing: Clearing) -> bool:
    """Tell whether a call clears what it fills."""
    return clearing.value is None or written(step, clearing.value) in ZERO
