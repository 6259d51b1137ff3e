"""A project's own allocators: found by what functions do with memory, to a fixpoint."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from allocscan.catalogue import Catalogue, Entry
from allocscan.discover.catalogued import Catalogued
from allocscan.discover.hooks import Hooks, read_hooks
from allocscan.discover.ownership import hands_over, read_holdings
from allocscan.discover.summary import Summarise, frees, obtains
from allocscan.discover.units import RETURN, Step, Unit, callers, read_units
from allocscan.discover.values import Values, trace
from allocscan.model import IMPLICIT, Action, Call, Effect, Kind, Level, Link, Reference, Resource, Role
from allocscan.resolve import Links

ROLES = {
    Action.ALLOCATE: Role.ALLOCATOR,
    Action.REALLOCATE: Role.REALLOCATOR,
    Action.DEALLOCATE: Role.DEALLOCATOR,
}
FOLLOWED = frozenset((Resource.MEMORY, Resource.STACK))


@dataclass(slots=True)
class Discovery:
    """What is known of the functions and macros of one program."""

    links: Links
    catalogued: Mapping[str, Catalogued]
    """By language."""
    hooks: Hooks
    effects: dict[Reference, tuple[Effect, ...]] = field(default_factory=dict)
    returns: dict[Reference, frozenset[int]] = field(default_factory=dict)
    """The parameters that a function hands back."""

    def effects_of(self, step: Step) -> tuple[Effect, ...]:
        """Say what a call does to memory."""
        catalogued = self.catalogued[step.language]
        if step.call.action:
            explicit = step.call.action in ROLES and step.call.form not in IMPLICIT
            return construct(step.call) if explicit and not catalogued.language.collected else ()
        entry = catalogued.entry(step.link, step.call)
        if entry and entry.action in ROLES and entry.resource in FOLLOWED:
            return () if entry.collected else (effect_of(entry),)
        if catalogued.is_neither(step.link):
            return ()
        if step.link is None:
            return self.through_hook(step)
        found = next((self.effects[found] for found in references(step.link) if found in self.effects), ())
        return tuple(effect for effect in found if effect.level != Level.MAYBE)

    def nothing(self, unit: Unit) -> tuple[str, ...]:
        """Say what stands for no object where a unit is written."""
        return self.links.tree.language(unit.reference.path).nothing

    def trace(self, unit: Unit) -> Values:
        """Follow the values of a unit, as far as is known what its calls do."""
        return trace(unit, self.effects_of, self.returns_of, self.nothing(unit))

    def through_hook(self, step: Step) -> tuple[Effect, ...]:
        """Say what a call through the field of a table does, where most functions that it may reach do the same and none the opposite."""
        names = self.links.tree.languages[step.language].names
        known = [self.effects_of(hook) for hook in self.hooks.get(f".{names.member(step.call.name)}", ())]
        found = [effects[0] for effects in known if effects]
        agree = len({effect.role for effect in found}) == 1 and 2 * len(found) >= len(known)
        return tuple(found[:1]) if agree else ()

    def overwrites(self, step: Step) -> frozenset[int]:
        """Say behind which of its arguments a call that is no allocator puts new contents."""
        if step.link and not step.link.references:
            return self.returns_of(step)
        return frozenset()

    def returns_of(self, step: Step) -> frozenset[int]:
        """Say which of its arguments a call hands back."""
        if step.link and not step.link.references:
            position = self.catalogued[step.language].catalogue.returns.get(step.link.name)
            return frozenset() if position is None else frozenset((position,))
        return next((self.returns[found] for found in references(step.link) if found in self.returns), frozenset())


def references(link: Link | None) -> tuple[Reference, ...]:
    """List the definitions that a call may mean."""
    return link.references if link else ()


def construct(call: Call) -> tuple[Effect, ...]:
    """Say what a construct of the language does to memory."""
    if call.action is None:
        return ()
    role = ROLES[call.action]
    pointer = None if role == Role.ALLOCATOR or not call.places else 0
    return (Effect(role, call.name, Kind.CONSTRUCTOR if call.type else Kind.RAW, pointer=pointer),)


def effect_of(entry: Entry) -> Effect:
    """Say in the words of discovery what a catalogue says."""
    return Effect(
        role=ROLES[entry.action],
        family=entry.family,
        kind=entry.kind,
        out=entry.out,
        pointer=entry.pointer,
        size=entry.size,
        count=entry.count,
        type=entry.type,
        zeroed=entry.zeroed,
        fails=entry.fails,
        resource=entry.resource,
    )


def discover(links: Links, catalogues: Mapping[str, Catalogue]) -> Discovery:
    """Find what every function and macro does to memory, by what those do that it calls.

    What they obtain comes first: whether a unit frees its parameter depends on what else the freed place may hold.
    """
    tree = links.tree
    catalogued = {name: Catalogued(tree.languages[name], catalogues[name], tree) for name in links.names}
    discovery = Discovery(links, catalogued, read_hooks(links))
    units = read_units(links)
    called_by = callers(units, discovery.hooks)
    settle(discovery, units, called_by, obtains)
    hand_over(discovery, units)
    settle(discovery, units, called_by, obtains)
    settle(discovery, units, called_by, frees)
    return discovery


def hand_over(discovery: Discovery, units: dict[Reference, Unit]) -> None:
    """Find the functions that take memory out of the objects that hold it."""
    traced = ((unit, discovery.trace(unit)) for unit in units.values())
    holdings = read_holdings(traced, discovery.overwrites)
    for unit in units.values():
        if unit.reference not in discovery.effects and (found := tuple(hands_over(unit, holdings, discovery.nothing(unit)))):
            discovery.effects[unit.reference] = found


def settle(
    discovery: Discovery,
    units: dict[Reference, Unit],
    called_by: dict[Reference, list[Unit]],
    summarise: Summarise,
) -> None:
    """Look at all units, and again at the callers of each that has shown something new, until none does."""
    pending = deque(unit for unit in units.values() if unit.steps or unit.flows)
    waiting = {unit.reference for unit in pending}
    while pending:
        unit = pending.popleft()
        waiting.discard(unit.reference)
        if learn(discovery, unit, summarise):
            news = [caller for caller in called_by.get(unit.reference, ()) if caller.reference not in waiting]
            pending += news
            waiting.update(caller.reference for caller in news)


def learn(discovery: Discovery, unit: Unit, summarise: Summarise) -> bool:
    """Look at a unit again; tell whether something new came out."""
    nothing = discovery.nothing(unit)
    values = discovery.trace(unit)
    known = discovery.effects.get(unit.reference, ())
    signatures = {signature(effect) for effect in known}
    found = [effect for effect in summarise(unit, values, discovery.effects_of, nothing) if signature(effect) not in signatures]
    returns = frozenset(origin for origin in values.at(RETURN) if isinstance(origin, int))
    news = bool(found) or bool(returns - discovery.returns.get(unit.reference, frozenset()))
    if found:
        discovery.effects[unit.reference] = (*known, *found)
    if returns:
        discovery.returns[unit.reference] = returns
    return news


def signature(effect: Effect) -> tuple[Role, int | None, int | None, bool]:
    """Tell effects apart by what they do, not by why."""
    return effect.role, effect.out, effect.pointer, effect.level == Level.MAYBE


