"""Look at units until none shows anything new."""

from collections import deque
from collections.abc import Iterator

from allocscan.discover.choosing import settle_ways, takes
from allocscan.discover.discovery import OBTAINING, Discovery
from allocscan.discover.ownership import Field, Holdings, hands_over, held_memory, taken_fields
from allocscan.discover.summary import Summarise
from allocscan.discover.units import Unit
from allocscan.discover.values import Fresh
from allocscan.model import Effect, Level, Role

MOST_ROUNDS = 12
"""Wrappers around wrappers that are followed."""
SURER = (Level.CERTAIN, Level.LIKELY, Level.MAYBE)
"""The surest level first."""


def hand_over(discovery: Discovery) -> None:
    """Find the functions that take memory out of the objects that hold it."""
    open_units = (unit for unit in discovery.units.values() if unit.reference not in discovery.effects)
    taken = {unit: fields for unit in open_units if (fields := frozenset(taken_fields(unit)))}
    wanted = frozenset().union(*taken.values())
    fresh: dict[Field, Fresh] = {}
    for unit in discovery.in_order(OBTAINING) if wanted else ():
        for place, memory in held_memory(unit, discovery.trace(unit), wanted):
            fresh.setdefault(place, memory)
    holdings = Holdings(fresh, discovery.overwritten)
    for unit, fields in taken.items():
        if unit.definition.name and not fields.isdisjoint(fresh):
            for memory, effect in hands_over(unit, holdings, discovery.nothing(unit)):
                discovery.effects[unit.reference] = (effect,)
                discovery.held[unit.reference] = memory.step


def settle(discovery: Discovery, summarise: Summarise, roles: frozenset[Role]) -> None:
    """Look at the units that take part, and again at callers of each that shows something new, until none does."""
    taking_part = discovery.taking_part(roles)
    pending = deque(unsettled(discovery, summarise))
    waiting = set(pending)
    while pending:
        unit = pending.popleft()
        waiting.discard(unit)
        if unit in taking_part and learn(discovery, unit, summarise):
            again = [caller for caller in discovery.called_by.of(unit.reference) if caller not in waiting]
            pending += again
            waiting.update(again)
            taking_part.update(discovery.called_by.of(unit.reference))
    discovery.settled[summarise] = dict(discovery.effects)


def unsettled(discovery: Discovery, summarise: Summarise) -> Iterator[Unit]:
    """Yield the units that may show something else than when this was settled last: those that call what is news."""
    before, now = discovery.settled.get(summarise), discovery.effects
    if before is None:
        yield from discovery.units.values()
        return
    news = {found for found in before.keys() | now.keys() if before.get(found) is not now.get(found)}
    callers = {unit.reference for found in news for unit in discovery.called_by.of(found)}
    yield from (unit for found, unit in discovery.units.items() if found in news or found in callers)


def learn(discovery: Discovery, unit: Unit, summarise: Summarise) -> bool:
    """Look at a unit again; tell whether something new came out."""
    if unit.reference in discovery.implemented or not unit.definition.name:
        # Nobody can call by name what has none.
        return False
    known = {signature(effect): effect for effect in discovery.effects.get(unit.reference, ())}
    summary = summarise(unit, discovery.trace(unit), discovery.effects_of, discovery.language(unit))
    found = {signature(effect): effect for effect in summary if is_news(effect, known.get(signature(effect)))}
    if found:
        discovery.effects[unit.reference] = tuple((known | found).values())
    return bool(found)


def is_news(effect: Effect, known: Effect | None) -> bool:
    """Tell whether what a unit does was not known yet, or less sure: by now more may be known of what it calls."""
    return known is None or SURER.index(effect.level) < SURER.index(known.level)


def signature(effect: Effect) -> tuple[Role, int | None, str, int | None]:
    """Tell effects apart by what they do, not by why."""
    return effect.role, effect.out, effect.into, effect.pointer


def settle_fails(discovery: Discovery) -> None:
    """Say of all units how they fail, until nothing changes, and by which way memory comes where that hangs on it."""
    effects, held = discovery.effects, discovery.held
    taking = [unit for unit in discovery.units.values() if any(map(takes, effects.get(unit.reference, ())))]
    looked = taking
    for _ in range(MOST_ROUNDS):
        news = [unit for unit in looked if refine(discovery, unit)]
        if not news:
            break
        again = {caller for unit in news for caller in discovery.called_by.of(unit.reference)}
        looked = [unit for unit in taking if unit in again or unit.reference in held]
    settle_ways(effects, taking, discovery.effects_of, discovery.nothing)


def refine(discovery: Discovery, unit: Unit) -> bool:
    """Say how a unit fails, by what it calls; tell whether that is news."""
    known, nothing, held = (
        discovery.effects[unit.reference],
        discovery.nothing(unit),
        discovery.held.get(unit.reference),
    )
    refined = tuple(
        discovery.failing.refined(unit, effect, discovery.effects_of, nothing, held) if takes(effect) else effect
        for effect in known
    )
    if refined != known:
        discovery.effects[unit.reference] = refined
    return refined != known
