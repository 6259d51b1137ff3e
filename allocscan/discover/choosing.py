"""What a parameter chooses: how something fails, and by which way its memory comes, where that stands for nothing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from allocscan.discover.summary import last_name
from allocscan.discover.units import Step, Unit, bare, parameter_of
from allocscan.discover.values import EffectsOf
from allocscan.model import Effect, Reference, Role

NULL, ABORT = "null", "abort"
Nothing = tuple[str, ...]
"""What stands for no object."""
Fails = tuple[str, int | None]
"""How something fails, and which argument must stand for nothing for that."""
Way = tuple[Fails, Step, Effect]
"""How a call fails, as it is seen from outside, and what it does."""
UNKNOWN: tuple[Fails, tuple[str, ...]] = (("", None), ())


def takes(effect: Effect) -> bool:
    """Tell whether an effect takes memory."""
    return effect.role != Role.DEALLOCATOR


def sources(unit: Unit, step: Step, effects_of: EffectsOf) -> Iterator[tuple[Step, Effect]]:
    """Yield a call that takes memory, and those whose memory the same place may take instead."""
    place = bare(step.call.target)
    for other in unit.steps:
        if other is step or (place and bare(other.call.target) == place):
            yield from ((other, effect) for effect in effects_of(other) if takes(effect))


def settled(unit: Unit, ways: Sequence[Way]) -> tuple[Fails, tuple[str, ...]]:
    """Give the one way in which several calls fail, or the one that a parameter chooses; and the names below that then.

    Where they differ without that, it is not known.
    """
    found = {fails for fails, _, _ in ways}
    if len(found) == 1:
        fails, step, inner = ways[0]
        return fails, named(step, inner.strict) if inner.strict and fails[1] is not None else ()
    return chosen(unit, sorted(ways, key=lambda way: way[1].call.location)) if found else UNKNOWN


def chosen(unit: Unit, ways: Sequence[Way]) -> tuple[Fails, tuple[str, ...]]:
    """Let a parameter choose the first call where it holds anything, and the only other one where it does not."""
    (fails, step, _), (other, strict, inner), *others = ways
    branches = step.call.context.branches
    position = parameter_of(unit, bare(branches[-1])) if branches else None
    if fails[0] != NULL or other != (ABORT, None) or others or position is None:
        return UNKNOWN
    return (ABORT, position), named(strict, inner.strict or inner.via)


def named(step: Step, chain: tuple[str, ...]) -> tuple[str, ...]:
    """Put what is called above what stands below it."""
    return last_name(step.call.name), *chain


def seen_from(unit: Unit, step: Step, inner: Effect, nothing: Nothing) -> Fails:
    """Say how what a unit calls fails, as it is called there."""
    if inner.lenient is None:
        return inner.fails, None
    argument = bare(at(step.call.arguments, inner.lenient))
    position = parameter_of(unit, argument)
    return (inner.fails, position) if argument in nothing or position is not None else (NULL, None)


def settle_ways(
    effects: dict[Reference, tuple[Effect, ...]],
    units: Iterable[Unit],
    effects_of: EffectsOf,
    nothing: Callable[[Unit], Nothing],
) -> None:
    """Name below each wrapper what its call comes to, those first that stand below others."""
    if any(effect.strict for known in effects.values() for effect in known):
        handing = {unit: step for unit in units if (step := handed_on(effects[unit.reference][0], unit, effects_of))}
        for unit, step in sorted(handing.items(), key=lambda each: len(effects[each[0].reference][0].via)):
            first, *others = effects[unit.reference]
            chain = named(step, below(step, effects_of(step)[0], nothing(unit)))
            effects[unit.reference] = (replace(first, via=chain), *others)


def handed_on(effect: Effect, unit: Unit, effects_of: EffectsOf) -> Step | None:
    """Find the call that a unit hands on the memory of, where the names below it say so."""
    step = next((step for step in unit.steps if is_evidence(step, effect)), None)
    inner = next(iter(effects_of(step)), None) if step else None
    return step if step and inner and effect.via == named(step, inner.via) else None


def is_evidence(step: Step, effect: Effect) -> bool:
    """Tell whether a step is why a unit is believed to have an effect."""
    return any(evidence.location == step.call.location for evidence in effect.evidence)


def below(step: Step, effect: Effect, nothing: Nothing) -> tuple[str, ...]:
    """Name what stands below a call as it is written there."""
    if effect.strict and effect.lenient is not None and bare(at(step.call.arguments, effect.lenient)) in nothing:
        return effect.strict
    return effect.via


def at(texts: Sequence[str], position: int | None) -> str:
    """Pick one of several texts, if it is there."""
    return texts[position] if position is not None and position < len(texts) else ""
