"""A project's own allocators: found by what functions do with memory, to a fixpoint."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from allocscan.catalogue import Catalogue
from allocscan.discover.believed import believe, explain, uncontradicted
from allocscan.discover.catalogued import ROLES, Catalogued, effect_of
from allocscan.discover.declared import Seeds, read_declared
from allocscan.discover.failing import Failing, read_failing, settle_fails
from allocscan.discover.hooks import Hooks, read_hooks
from allocscan.discover.named import Named, contradicted, read_named
from allocscan.discover.noreturn import read_noreturn
from allocscan.discover.ownership import hands_over, read_holdings
from allocscan.discover.summary import Summarise, frees, obtains
from allocscan.discover.units import RETURN, Step, Unit, callers, read_units
from allocscan.discover.values import Values, trace
from allocscan.model import IMPLICIT, Call, Effect, Kind, Level, Link, Reference, Role
from allocscan.resolve import Links
from allocscan.resolve.globals import PROTOTYPE


@dataclass(frozen=True, slots=True)
class Discovery:
    """What is known of the functions and macros of one program."""

    links: Links
    catalogued: Mapping[str, Catalogued]
    """By language."""
    hooks: Hooks
    units: Mapping[Reference, Unit]
    effects: dict[Reference, tuple[Effect, ...]] = field(default_factory=dict)
    returns: dict[Reference, frozenset[int]] = field(default_factory=dict)
    """The parameters that a function hands back."""
    failing: Failing = field(default_factory=Failing)
    implemented: frozenset[Reference] = frozenset()
    """Functions of which a catalogue knows better than their code what they are for."""

    def effects_of(self, step: Step) -> tuple[Effect, ...]:
        """Say what a call does to memory."""
        catalogued = self.catalogued[step.language]
        if step.call.action:
            explicit = step.call.form not in IMPLICIT and not catalogued.language.collected
            return construct(step.call, catalogued) if explicit else ()
        entry = catalogued.entry(step.link, step.call, named=step.named)
        if entry and catalogued.follows(entry):
            return () if entry.collected else (effect_of(entry),)
        if entry and catalogued.language.followed:
            return ()
        if catalogued.is_neither(step.link):
            return ()
        known = tuple(effect for effect in self.known_effects(step.link) if effect.level != Level.MAYBE)
        return known or (self.through_hook(step) if step.link is None or step.link.member else ())

    def known_effects(self, link: Link | None) -> tuple[Effect, ...]:
        """Give what was learnt of what a call means; of a member of an unknown value what most of its name do."""
        found = [self.effects[reference] for reference in references(link) if reference in self.effects]
        if link and link.member:
            roles = {effects[0].role for effects in found}
            found = found if 2 * len(found) > len(link.references) and len(roles) == 1 else []
        return next(iter(found), ())

    def nothing(self, unit: Unit) -> tuple[str, ...]:
        """Say what stands for no object where a unit is written."""
        return self.links.tree.language(unit.reference.path).nothing

    def trace(self, unit: Unit) -> Values:
        """Follow the values of a unit, as far as is known what its calls do."""
        return trace(unit, self.effects_of, self.returns_of, self.nothing(unit))

    def through_hook(self, step: Step) -> tuple[Effect, ...]:
        """Say what a call through a table's field does: what most functions that it may reach do, and none undoes."""
        names = self.links.tree.languages[step.language].names
        known = [self.effects_of(hook) for hook in self.hooks.get(f".{names.member(step.call.name)}", ())]
        found = [effects[0] for effects in known if effects]
        agree = len({effect.role for effect in found}) == 1 and 2 * len(found) >= len(known)
        return tuple(found[:1]) if agree else ()

    def overwrites(self, step: Step) -> frozenset[int]:
        """Say behind which of its arguments a call that is no allocator puts new contents."""
        return self.returns_of(step) if self.is_outside(step.link) else frozenset()

    def is_outside(self, link: Link | None) -> bool:
        """Tell whether the tree at most announces what is called."""
        definition = self.links.tree.definition
        return link is not None and all(definition(found).kind == PROTOTYPE for found in link.references)

    def returns_of(self, step: Step) -> frozenset[int]:
        """Say which of its arguments a call hands back."""
        if step.link and self.is_outside(step.link):
            position = self.catalogued[step.language].catalogue.returns.get(step.link.name)
            return frozenset() if position is None else frozenset((position,))
        return next((self.returns[found] for found in references(step.link) if found in self.returns), frozenset())


def references(link: Link | None) -> tuple[Reference, ...]:
    """List the definitions that a call may mean."""
    return link.references if link else ()


def construct(call: Call, catalogued: Catalogued) -> tuple[Effect, ...]:
    """Say what a construct of the language does to memory."""
    if call.action not in ROLES:
        return ()
    role = ROLES[call.action]
    pointer = None if role == Role.ALLOCATOR or not call.places else 0
    entry = catalogued.catalogue.find(call.name, call.arguments)
    family = entry.family if entry else call.name
    return (Effect(role, family, Kind.CONSTRUCTOR if call.type else Kind.RAW, pointer=pointer),)


def discover(links: Links, catalogues: Mapping[str, Catalogue]) -> Discovery:
    """Find what every function and macro does to memory.

    Where whoever scans says otherwise, it is found again, with that settled, until nothing is said otherwise.
    """
    tree, units, hooks = links.tree, read_units(links), read_hooks(links)
    catalogued = {name: Catalogued(tree.languages[name], catalogues[name], tree) for name in links.names}
    named, settled = read_named(links, catalogued), Seeds()
    while True:
        understood = frozenset(tree.full_name(found) for found in named.given.keys() - settled.keys())
        known = {
            name: replace(each, settled=frozenset(settled), understood=understood) for name, each in catalogued.items()
        }
        discovery = understand(links, known, hooks, units, replace(named, given=settled))
        wrong = contradicted(named, discovery.effects, tree)
        if wrong.keys() <= settled.keys():
            return discovery
        settled = settled | wrong


def understand(
    links: Links, catalogued: Mapping[str, Catalogued], hooks: Hooks, units: dict[Reference, Unit], named: Named
) -> Discovery:
    """Find what every function and macro does to memory, by what those do that it calls.

    What they obtain comes first: whether a unit frees its parameter depends on what else the freed place may hold.
    """
    declared = read_declared(links, catalogued)
    known = declared.implements | named.given
    attributes = {found: said for found, said in declared.attributes.items() if found not in named.given}
    noreturn = read_noreturn(links, catalogued, units, declared.noreturn)
    failing = read_failing((file.facts for file in links.tree.files.values()), noreturn)
    discovery = Discovery(links, catalogued, hooks, units, dict(known), failing=failing, implemented=frozenset(known))
    called_by = callers(units, hooks)
    settle(discovery, units, called_by, obtains)
    believe(discovery.effects, attributes, discovery.returns)
    hand_over(discovery, units)
    settle(discovery, units, called_by, obtains)
    settle(discovery, units, called_by, frees)
    if told := uncontradicted(named.told, discovery.effects):
        believe(discovery.effects, told, ())
        settle(discovery, units, called_by, obtains)
        settle(discovery, units, called_by, frees)
    settle_fails(discovery.effects, units, failing, discovery.effects_of, discovery.nothing)
    explain(discovery.effects, known | attributes, lambda found: shown(discovery, units[found]))
    return discovery


def shown(discovery: Discovery, unit: Unit) -> Iterator[Effect]:
    """Say what the code of a unit shows that it does."""
    values, nothing = discovery.trace(unit), discovery.nothing(unit)
    for summarise in (obtains, frees):
        yield from summarise(unit, values, discovery.effects_of, nothing)


def hand_over(discovery: Discovery, units: dict[Reference, Unit]) -> None:
    """Find the functions that take memory out of the objects that hold it."""
    traced = ((unit, discovery.trace(unit)) for unit in units.values())
    holdings = read_holdings(traced, discovery.overwrites)
    for unit in units.values():
        if unit.reference not in discovery.effects and (
            found := tuple(hands_over(unit, holdings, discovery.nothing(unit)))
        ):
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
    summary = () if unit.reference in discovery.implemented else summarise(unit, values, discovery.effects_of, nothing)
    found = [effect for effect in summary if signature(effect) not in signatures]
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
