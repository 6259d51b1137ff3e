"""What is known of a function, as one call of it shows."""

from collections import Counter
from dataclasses import replace

from allocscan.discover.units import Step
from allocscan.model import Effect, Role

NO_SIZE = "0"


def most_telling(effects: list[Effect]) -> Effect:
    """Choose the effect that says most of those of which most are alike; the first of them."""
    alike = Counter(effect.role for effect in effects)
    return max(effects, key=lambda each: (alike[each.role], each.role is Role.REALLOCATOR, said_of_arguments(each)))


def said_of_arguments(effect: Effect) -> int:
    """Count the arguments of which an effect says what they are."""
    return sum(position is not None for position in (effect.size, effect.count, effect.type, effect.pointer))


def wasted(step: Step, effect: Effect) -> bool:
    """Tell whether a call that may mean another function as well drops what this one would hand it."""
    unsure = step.link is not None and step.link.member and len(step.link.references) > 1
    return unsure and step.call.dropped and effect.role != Role.DEALLOCATOR and effect.out is None


def emptied(step: Step, effect: Effect) -> Effect:
    """Say of what makes its block as small as nothing, and does not look at what is left, that it frees that."""
    if effect.role is not Role.REALLOCATOR or effect.size is None or effect.pointer is None:
        return effect
    if step.call.arguments[effect.size : effect.size + 1] != (NO_SIZE,):
        return effect
    return replace(effect, role=Role.DEALLOCATOR, size=None, count=None, type=None, fails="")


def unmeasured(effect: Effect) -> Effect:
    """Leave out which arguments say how much: what a construct of the language is told says only from where."""
    return replace(effect, size=None, count=None, type=None)
