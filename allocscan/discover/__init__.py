"""A project's own allocators: found by what functions do with memory, to a fixpoint."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from allocscan.catalogue import Catalogue
from allocscan.discover.believed import believe, explain, uncontradicted
from allocscan.discover.catalogued import ROLES, Catalogued, effect_of
from allocscan.discover.declared import Seeds, read_declared
from allocscan.discover.failing import Failing, read_failing, settle_fails
from allocscan.discover.families import settle_families
from allocscan.discover.hooks import Hooks, read_hooks
from allocscan.discover.kept import read_kept
from allocscan.discover.named import Named, contradicted, read_named
from allocscan.discover.noreturn import read_noreturn
from allocscan.discover.ownership import Field, Holdings, hands_over, held_memory, overwritten, taken_fields
from allocscan.discover.returning import NOWHERE, Ask, Returning
from allocscan.discover.summary import Summarise, frees, obtains
from allocscan.discover.units import RETURN, Callers, Step, Unit, read_callers, read_units
from allocscan.discover.values import Fresh, Graph, Values, read_graph, trace
from allocscan.languages import Language
from allocscan.model import IMPLICIT, Call, Effect, Kind, Level, Link, Reference, Role
from allocscan.resolve import Links
from allocscan.resolve.globals import PROTOTYPE

OBTAINING = frozenset((Role.ALLOCATOR, Role.REALLOCATOR))
RELEASING = frozenset((Role.DEALLOCATOR,))


@dataclass(frozen=True)
class Discovery:
    """What is known of the functions and macros of one program."""

    links: Links
    catalogued: Mapping[str, Catalogued]
    """By language."""
    hooks: Hooks
    units: Mapping[Reference, Unit]
    effects: dict[Reference, tuple[Effect, ...]] = field(default_factory=dict)
    failing: Failing = field(default_factory=Failing)
    kept: dict[Reference, Effect] = field(default_factory=dict)
    """What works on the memory that pools and containers keep: it neither obtains a block of its own nor frees one."""
    implemented: frozenset[Reference] = frozenset()
    """Functions of which a catalogue knows better than their code what they are for."""
    said: dict[Step, tuple[Effect, ...] | None] = field(default_factory=dict)
    graphs: dict[Unit, Graph] = field(default_factory=dict)
    open: dict[Unit, tuple[Step, ...]] = field(default_factory=dict)

    def effects_of(self, step: Step) -> tuple[Effect, ...]:
        """Say what a call does to memory."""
        told = self.told(step)
        return self.learnt(step) if told is None else told

    def told(self, step: Step) -> tuple[Effect, ...] | None:
        """Say what a call does to memory whatever the tree does, judged once; None where that is to be learnt."""
        if step not in self.said:
            self.said[step] = self.judge(step)
        return self.said[step]

    def judge(self, step: Step) -> tuple[Effect, ...] | None:
        """Say what a call does to memory whatever the tree does; None where that is to be learnt."""
        catalogued = self.catalogued[step.language]
        if step.call.action:
            explicit = step.call.form not in IMPLICIT and not catalogued.language.collected
            return construct(step.call, catalogued) if explicit else ()
        entry = catalogued.entry(step.link, step.call, named=step.named)
        if entry and catalogued.follows(entry):
            return () if entry.collected else (effect_of(entry),)
        neither = (entry and catalogued.language.followed) or catalogued.is_neither(step.link)
        return () if neither else None

    def learnt(self, step: Step) -> tuple[Effect, ...]:
        """Say what was learnt of what a call means."""
        known = self.known_effects(step.link) if step.link else ()
        sure = tuple(effect for effect in known if effect.level != Level.MAYBE and not wasted(step, effect))
        return sure or self.through_hook(step)

    def known_effects(self, link: Link) -> tuple[Effect, ...]:
        """Give what was learnt of what a call means; of a member of an unknown value what most of its name do."""
        if len(link.references) == 1:
            return self.effects.get(link.references[0], ())
        found = [self.effects[reference] for reference in link.references if reference in self.effects]
        if link.member:
            roles = {effects[0].role for effects in found}
            found = found if 2 * len(found) > len(link.references) and len(roles) == 1 else []
        return next(iter(found), ())

    def taking_part(self, called_by: Callers, roles: frozenset[Role]) -> set[Unit]:
        """Find the units that call what has one of some roles, and perhaps others."""
        told = (unit for unit, told in self.acting.items() if not told.isdisjoint(roles))
        learnt = (reference for reference, effects in self.effects.items() if has_role(effects, roles))
        return {*told, *(caller for reference in learnt for caller in called_by.of(reference))}

    def language(self, unit: Unit) -> Language:
        """Give the language that a unit is written in."""
        return self.links.tree.language(unit.reference.path)

    @cached_property
    def acting(self) -> Mapping[Unit, frozenset[Role]]:
        """Say for each unit what its calls do of which that is known from the start."""
        found: dict[Unit, set[Role]] = {}
        for unit in self.units.values():
            for step in unit.steps:
                for effect in self.told(step) or self.through_hook(step):
                    found.setdefault(unit, set()).add(effect.role)
        return {unit: frozenset(roles) for unit, roles in found.items()}

    def type_of(self, unit: Unit, position: int | None) -> str:
        """Give the type that a parameter of a unit is declared with; empty where the text does not tell."""
        if position is None:
            return ""
        path, index = unit.reference.path, unit.reference.index
        name = unit.definition.parameters[position]
        known = self.links.tree.files[path].facts.variables
        return next((each.type for each in known if each.inside == index and each.name == name), "")

    def nothing(self, unit: Unit) -> tuple[str, ...]:
        """Say what stands for no object where a unit is written."""
        return self.language(unit).nothing

    def trace(self, unit: Unit) -> Values:
        """Follow the values of a unit, as far as is known what its calls do."""
        return trace(unit, self.graph(unit), self.effects_of, self.returns_of, self.open_steps(unit))

    def open_steps(self, unit: Unit) -> tuple[Step, ...]:
        """List the calls of a unit of which it is not certain that they leave memory alone."""
        if unit not in self.open:
            self.open[unit] = tuple(step for step in unit.steps if self.is_open(step))
        return self.open[unit]

    def is_open(self, step: Step) -> bool:
        """Tell whether a call does something to memory, or may turn out to."""
        told = self.told(step)
        return bool(told) or (told is None and bool(step.references or self.hooks))

    def through_hook(self, step: Step) -> tuple[Effect, ...]:
        """Say what a call through a table's field does: what most functions that it may reach do, and none undoes."""
        if not self.hooks or (step.link and not step.link.member):
            return ()
        names = self.links.tree.languages[step.language].names
        known = [self.effects_of(hook) for hook in self.hooks.get(f".{names.member(step.call.name)}", ())]
        found = [effects[0] for effects in known if effects]
        agree = len({effect.role for effect in found}) == 1 and 2 * len(found) >= len(known)
        return tuple(found[:1]) if agree else ()

    def overwrites(self, step: Step) -> frozenset[int]:
        """Say behind which of its arguments a call that is no allocator puts new contents."""
        return self.returns_of(step) if self.is_outside(step.link) else frozenset()

    def overwritten(self, reference: Reference) -> frozenset[int]:
        """Say behind which of its parameters a function puts new contents."""
        unit = self.units.get(reference)
        return frozenset(overwritten(unit, self.overwrites)) if unit else NOWHERE

    def is_outside(self, link: Link | None) -> bool:
        """Tell whether the tree at most announces what is called."""
        definition = self.links.tree.definition
        return link is not None and all(definition(found).kind == PROTOTYPE for found in link.references)

    def returns_of(self, step: Step) -> frozenset[int]:
        """Say which of its arguments a call hands back."""
        return self.handed_back(step, self.returning.of)

    def handed_back(self, step: Step, returns: Ask) -> frozenset[int]:
        """Say the same where it is known what functions do."""
        if step.link is None:
            return NOWHERE
        if self.is_outside(step.link):
            position = self.catalogued[step.language].catalogue.returns.get(step.link.name)
            return NOWHERE if position is None else frozenset((position,))
        return next(filter(None, map(returns, step.link.references)), NOWHERE)

    def look(self, reference: Reference, returns: Ask) -> frozenset[int]:
        """Say which of its parameters a function hands back, where it is known what others do."""
        unit = self.units.get(reference)
        if unit is None or not unit.definition.parameters:
            return NOWHERE
        values = trace(unit, self.graph(unit), lambda _: (), lambda step: self.handed_back(step, returns))
        return frozenset(origin for origin in values.at(RETURN) if isinstance(origin, int))

    @cached_property
    def returning(self) -> Returning:
        """What functions hand back."""
        return Returning(self.look)

    def graph(self, unit: Unit) -> Graph:
        """Say how values move inside a unit."""
        if unit not in self.graphs:
            self.graphs[unit] = read_graph(unit, self.nothing(unit))
        return self.graphs[unit]


def has_role(effects: Iterable[Effect] | None, roles: frozenset[Role]) -> bool:
    """Tell whether one of some effects has one of some roles."""
    return effects is not None and any(effect.role in roles for effect in effects)


def wasted(step: Step, effect: Effect) -> bool:
    """Tell whether a call that may mean another function as well drops what this one would hand it."""
    unsure = step.link is not None and step.link.member and len(step.link.references) > 1
    return unsure and step.call.dropped and effect.role != Role.DEALLOCATOR and effect.out is None


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
    called_by = read_callers(units, hooks)
    settle(discovery, called_by, obtains, OBTAINING)
    believe(discovery.effects, attributes, discovery.returning.of)
    hand_over(discovery, called_by)
    settle(discovery, called_by, obtains, OBTAINING)
    settle(discovery, called_by, frees, RELEASING)
    if told := uncontradicted(named.told, discovery.effects):
        believe(discovery.effects, told, lambda _: NOWHERE)
        settle(discovery, called_by, obtains, OBTAINING)
        settle(discovery, called_by, frees, RELEASING)
    settle_fails(discovery.effects, units, failing, discovery.effects_of, discovery.nothing)
    explain(discovery.effects, known | attributes, lambda found: shown(discovery, units[found]))
    settle_families(discovery, called_by)
    discovery.kept.update(read_kept(discovery, called_by))
    return discovery


def shown(discovery: Discovery, unit: Unit) -> Iterator[Effect]:
    """Say what the code of a unit shows that it does."""
    values, language = discovery.trace(unit), discovery.language(unit)
    for summarise in (obtains, frees):
        yield from summarise(unit, values, discovery.effects_of, language)


def hand_over(discovery: Discovery, called_by: Callers) -> None:
    """Find the functions that take memory out of the objects that hold it."""
    units = discovery.units
    wanted = {
        field for unit in units.values() if unit.reference not in discovery.effects for field in taken_fields(unit)
    }
    fresh: dict[Field, Fresh] = {}
    obtaining = discovery.taking_part(called_by, OBTAINING) if wanted else ()
    for unit in (unit for unit in units.values() if unit in obtaining):
        for place, memory in held_memory(unit, discovery.trace(unit), wanted):
            fresh.setdefault(place, memory)
    holdings = Holdings(fresh, discovery.overwritten)
    for unit in units.values() if fresh else ():
        if unit.reference not in discovery.effects and (
            found := tuple(hands_over(unit, holdings, discovery.nothing(unit)))
        ):
            discovery.effects[unit.reference] = found


def settle(discovery: Discovery, called_by: Callers, summarise: Summarise, roles: frozenset[Role]) -> None:
    """Look at the units that take part, and again at callers of each that shows something new, until none does."""
    taking_part = discovery.taking_part(called_by, roles)
    pending = deque(discovery.units.values())
    waiting = set(pending)
    while pending:
        unit = pending.popleft()
        waiting.discard(unit)
        if unit in taking_part and learn(discovery, unit, summarise):
            again = [caller for caller in called_by.of(unit.reference) if caller not in waiting]
            pending += again
            waiting.update(again)
            taking_part.update(called_by.of(unit.reference))


def learn(discovery: Discovery, unit: Unit, summarise: Summarise) -> bool:
    """Look at a unit again; tell whether something new came out."""
    if unit.reference in discovery.implemented:
        return False
    known = discovery.effects.get(unit.reference, ())
    signatures = {signature(effect) for effect in known}
    summary = summarise(unit, discovery.trace(unit), discovery.effects_of, discovery.language(unit))
    found = [effect for effect in summary if signature(effect) not in signatures]
    if found:
        discovery.effects[unit.reference] = (*known, *found)
    return bool(found)


def signature(effect: Effect) -> tuple[Role, int | None, int | None, bool]:
    """Tell effects apart by what they do, not by why."""
    return effect.role, effect.out, effect.pointer, effect.level == Level.MAYBE
