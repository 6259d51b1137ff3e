"""What macros do to memory where they are used, whatever becomes of it there."""

from dataclasses import replace

from allocscan.discover.discovery import Discovery
from allocscan.discover.summary import last_name
from allocscan.discover.units import Step
from allocscan.model import Effect, Reference, Role

DEEPEST = 8
"""How many macros are looked into, one below the other."""
ORDER = (Role.ALLOCATOR, Role.REALLOCATOR, Role.DEALLOCATOR)
"""What a macro is named after that does several things."""


def read_expanded(discovery: Discovery, macro: Reference, depth: int = DEEPEST) -> Effect | None:
    """Say what the body of a macro does to memory, where it neither hands that out nor frees an argument."""
    unit = discovery.units.get(macro)
    if unit is None or not unit.is_macro or unit.is_alias or not depth:
        return None
    found = (through(discovery, step, depth) for step in unit.steps)
    return min(filter(None, found), key=lambda effect: ORDER.index(effect.role), default=None)


def through(discovery: Discovery, step: Step, depth: int) -> Effect | None:
    """Say what a call in the body of a macro does to memory."""
    known = next(iter(discovery.effects_of(step)), None)
    effect = known or (read_expanded(discovery, step.references[0], depth - 1) if step.references else None)
    if effect is None:
        return None
    via = (last_name(step.call.name), *effect.via)
    return replace(effect, pointer=None, out=None, fails="", via=via, evidence=())
