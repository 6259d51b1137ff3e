"""What declarations leave open: whether it is memory that they speak of, and of which family. What is called tells."""

from collections.abc import Iterator
from dataclasses import replace

from allocscan.discover.catalogued import FOLLOWED
from allocscan.discover.discovery import Discovery
from allocscan.discover.units import Step, Unit
from allocscan.model import TAKES, Reference, Role


def adopt_families(discovery: Discovery) -> None:
    """Give what hands out memory of no known family that of the only one it obtains, and so what hands that on."""
    waiting = set(nameless(discovery))
    while found := {reference: family for reference in waiting if (family := obtained(discovery, reference))}:
        for reference, family in found.items():
            effects = discovery.effects[reference]
            discovery.effects[reference] = tuple(replace(each, family=each.family or family) for each in effects)
        waiting -= found.keys()


def nameless(discovery: Discovery) -> Iterator[Reference]:
    """Yield what does something to memory of no known family."""
    for reference, effect in discovery.first_effects():
        if not effect.family and reference in discovery.units:
            yield reference


def obtained(discovery: Discovery, reference: Reference) -> str:
    """Name the family of what a function obtains or gives back; empty where there is none, or more than one."""
    frees = discovery.effects[reference][0].role is Role.DEALLOCATOR
    told = (effect for step in discovery.units[reference].steps for effect in discovery.effects_of(step)[:1])
    families = {each.family for each in told if each.family and (each.role is Role.DEALLOCATOR) is frees}
    return families.pop() if len(families) == 1 else ""


def opens(discovery: Discovery, reference: Reference) -> bool:
    """Tell whether a function obtains something, and that is no memory: the attributes for allocators fit that, too."""
    unit = discovery.units.get(reference)
    if unit is None or any(discovery.effects_of(step) for step in unit.steps):
        return False
    return any(is_handle(discovery, step) for step in called(discovery, unit))


def called(discovery: Discovery, unit: Unit) -> Iterator[Step]:
    """Yield the calls of a unit, and those that macros make in its place."""
    seen, pending = {unit}, [unit]
    while pending:
        for step in pending.pop().steps:
            yield step
            macros = [found for found in map(discovery.units.get, step.references) if found and found.is_macro]
            pending += [found for found in macros if found not in seen]
            seen.update(macros)


def is_handle(discovery: Discovery, step: Step) -> bool:
    """Tell whether a call obtains what a library hands out that is no memory."""
    entry = discovery.catalogued[step.language].entry(step.link, step.call, named=step.named)
    return entry is not None and entry.action in TAKES and entry.resource not in FOLLOWED
