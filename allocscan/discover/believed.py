"""What declarations say joins what the code shows."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from allocscan.discover.declared import Seeds
from allocscan.model import Effect, Level, Reference, Role

GIVES = frozenset((Role.ALLOCATOR, Role.REALLOCATOR))
Shown = Callable[[Reference], Iterable[Effect]]
"""What the code of a function shows that it does."""


def believe(known: Seeds, told: Seeds, returns: Callable[[Reference], frozenset[int]]) -> None:
    """Take declarations at their word; where the code has shown the same, that becomes certain.

    What only says how large a block is, of a function that returns what it is given, says nothing of its memory.
    """
    for reference, effects in told.items():
        for effect in effects:
            shown = any(agree(other, effect) for other in known.get(reference, ()))
            if shown or effect.role != Role.REALLOCATOR or not returns(reference):
                known[reference] = joined(known.get(reference, ()), effect)


def joined(known: tuple[Effect, ...], told: Effect) -> tuple[Effect, ...]:
    """Add what is told to what is known, or make that certain."""
    same = [effect for effect in known if agree(effect, told)]
    if not same:
        return (*(effect for effect in known if effect.level != Level.MAYBE), told)
    return tuple(confirmed(effect, told) if effect is same[0] else effect for effect in known)


def agree(one: Effect, other: Effect) -> bool:
    """Tell whether two effects may be one; an attribute cannot tell a block that grows from a new one."""
    return one.role == other.role or {one.role, other.role} == GIVES


def confirmed(effect: Effect, told: Effect) -> Effect:
    """Make an effect certain, and know more of its arguments."""
    return replace(
        effect,
        level=Level.CERTAIN,
        size=effect.size if told.size is None else told.size,
        count=effect.count if told.count is None else told.count,
        fails=told.fails or effect.fails,
        evidence=(*effect.evidence, *told.evidence),
    )


def uncontradicted(told: Seeds, known: Seeds) -> Seeds:
    """Keep what is told of functions whose code does not show something else."""
    return {
        reference: effects
        for reference, effects in told.items()
        if all(
            effect.level == Level.MAYBE or any(agree(effect, other) for other in effects)
            for effect in known.get(reference, ())
        )
    }


def explain(known: Seeds, declared: Iterable[Reference], shown: Shown) -> None:
    """Say of what was only declared how its code does it."""
    for reference in filter(known.__contains__, declared):
        found = {effect.role: effect for effect in shown(reference)}
        known[reference] = tuple(explained(effect, found.get(effect.role)) for effect in known[reference])


def explained(effect: Effect, shown: Effect | None) -> Effect:
    """Say how a function does what it does."""
    if shown is None or effect.via:
        return effect
    evidence = effect.evidence + shown.evidence
    return replace(effect, via=shown.via, family=effect.family or shown.family, evidence=evidence)
