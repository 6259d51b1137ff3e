"""What macros do to memory where they are used, whatever becomes of it there."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from allocscan.discover.discovery import Discovery
from allocscan.discover.summary import last_name
from allocscan.discover.units import Step, Unit
from allocscan.model import Effect, Reference, Role

DEEPEST = 8
"""How many macros are looked into, one below the other."""
ORDER = (Role.ALLOCATOR, Role.REALLOCATOR, Role.DEALLOCATOR)
"""What a macro is named after that does several things."""


def read_expanded(discovery: Discovery) -> dict[Reference, Effect]:
    """Say what the bodies of macros do to memory that neither hand it out nor free an argument."""
    pending = [unit for unit in discovery.units.values() if unit.is_macro and not unit.is_alias]
    found: dict[Reference, Effect] = {}
    for _ in range(DEEPEST):
        found |= {
            unit.reference: min(effects, key=lambda effect: ORDER.index(effect.role))
            for unit in pending
            if (effects := list(acting(discovery, unit, found)))
        }
        pending = [unit for unit in pending if unit.reference not in found]
    return found


def acting(discovery: Discovery, unit: Unit, known: Mapping[Reference, Effect]) -> Iterator[Effect]:
    """Yield what the calls in the body of a macro do to memory."""
    for step in unit.steps:
        for effect in (*discovery.effects_of(step), *inner(step, known))[:1]:
            via = (last_name(step.call.name), *effect.via)
            yield replace(effect, pointer=None, out=None, fails="", via=via, evidence=())


def inner(step: Step, known: Mapping[Reference, Effect]) -> Iterator[Effect]:
    """Yield what a macro does that a macro uses."""
    return (known[found] for found in step.references[:1] if found in known)
