"""What hands out objects that nobody gives back by hand: a collector does, or whoever owns them."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from allocscan.discover.described import ROLES, effect_of
from allocscan.discover.discovery import Discovery
from allocscan.discover.summary import handed_out, obtained
from allocscan.discover.units import RETURN, Step, Unit
from allocscan.discover.values import Fresh, trace
from allocscan.model import CLASS_KINDS, IMPLICIT, Action, Effect, Evidence, Kind, Level, Reference, Role

OBJECTS = frozenset((Kind.CONSTRUCTOR, Kind.REFCOUNTED))
Makers = dict[Reference, Effect]


def read_makers(discovery: Discovery) -> Makers:
    """Find what hands out an object that it makes, and what hands on what such a function hands out."""
    found: Makers = {}
    pending = deque(unit for unit in discovery.units.values() if makes_any(discovery, unit))
    while pending:
        unit = pending.popleft()
        if unit.reference not in found and unit.reference not in discovery.all_effects and unit.definition.name:
            for effect in islice(made(discovery, unit, found), 1):
                found[unit.reference] = effect
                pending += discovery.called_by.of(unit.reference)
    return found


def makes_any(discovery: Discovery, unit: Unit) -> bool:
    """Tell whether a unit makes an object that is given back by itself."""
    language = discovery.language(unit)
    unowned = not (language.classes.called or language.collected or language.followed)
    return not unowned and any(step.call.target or step.outer for step in unit.steps if instance(discovery, step))


def made(discovery: Discovery, unit: Unit, known: Makers) -> Iterator[Effect]:
    """Describe a unit that hands such an object out."""

    def effects_of(step: Step) -> tuple[Effect, ...]:
        handed = tuple(known[found] for found in step.references[:1] if found in known)
        return handed or instance(discovery, step)

    values = trace(unit, discovery.graph(unit), effects_of, discovery.returns_of)
    if fresh := obtained(unit, values, RETURN):
        effect = handed_out(unit, values, fresh, RETURN, discovery.language(unit))
        if effect.level is not Level.MAYBE:
            passed = not known.keys().isdisjoint(fresh.step.references[:1])
            statement = f"hands on what {fresh.name} makes" if passed else f"makes {named(fresh)} and hands it out"
            evidence = (Evidence(fresh.step.call.location, statement),)
            via = effect.via if passed else ()
            yield replace(effect, kind=Kind.FACTORY, size=None, count=None, type=None, via=via, evidence=evidence)


def named(fresh: Fresh) -> str:
    """Name what comes to be: an object of a type, or what a call makes that says nothing else."""
    return fresh.step.call.type or fresh.name


def instance(discovery: Discovery, step: Step) -> tuple[Effect, ...]:
    """Say what a call makes where that is an object which is given back by itself."""
    catalogued = discovery.catalogued[step.language]
    language, call = catalogued.language, step.call
    if call.action:
        explicit = call.form not in IMPLICIT and call.action is Action.ALLOCATE
        return (Effect(Role.ALLOCATOR, "", Kind.FACTORY),) if explicit and language.collected else ()
    if language.classes.called and step.link and is_class(discovery, step.link.references[:1]):
        return (Effect(Role.ALLOCATOR, "", Kind.FACTORY),)
    entry = catalogued.entry(step.link, call) if language.followed else None
    owned = entry and entry.kind in OBJECTS and entry.action is Action.ALLOCATE and entry.explicit
    return (effect_of(entry),) if entry and owned and entry.action in ROLES else ()


def is_class(discovery: Discovery, references: tuple[Reference, ...]) -> bool:
    """Tell whether a name means a class of the tree."""
    return any(discovery.links.tree.definition(found).kind in CLASS_KINDS for found in references)
