"""What each call does to memory, once its name is understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from allocscan.catalogue import Entry
from allocscan.discover import Discovery
from allocscan.discover.catalogued import FOLLOWED
from allocscan.discover.described import ROLES, effect_of
from allocscan.model import (
    CLASS_KINDS,
    IMPLICIT,
    Action,
    Basis,
    Call,
    Effect,
    Form,
    Level,
    Link,
    Reference,
    Resource,
    Role,
)
from allocscan.resolve.globals import FUNCTION
from allocscan.resolve.index import MACRO

ACTIONS = {
    Role.ALLOCATOR: Action.ALLOCATE,
    Role.REALLOCATOR: Action.REALLOCATE,
    Role.DEALLOCATOR: Action.DEALLOCATE,
}
NO_EFFECT = Effect(Role.ALLOCATOR, "")


@dataclass(frozen=True, slots=True)
class Act:
    """What a call does to memory."""

    action: Action
    form: Form
    allocator: str
    family: str = ""
    explicit: bool = True
    resource: Resource = Resource.MEMORY
    basis: Basis | None = None
    resolved: Reference | None = None
    effect: Effect = NO_EFFECT
    """Which of its arguments say how much of what."""


class Judge:
    """Judges the calls of one language."""

    def __init__(self, discovery: Discovery, language: str) -> None:
        self.discovery = discovery
        self.tree = discovery.links.tree
        self.language = self.tree.languages[language]
        self.catalogued = discovery.catalogued[language]
        self.catalogue = self.catalogued.catalogue
        self.homes: dict[str, bool] = {}
        self.convention = re.compile(self.language.classes.convention or r"(?!)")
        self.holding = re.compile(self.language.classes.holding or r"(?!)")

    def act(self, call: Call, link: Link | None) -> Act | None:
        """Say what a call does to memory; None when it does nothing that is known."""
        if self.is_silent(call, link):
            return None
        if call.action and not (link and call.name in self.language.receivers.operators):
            return self.by_construct(call, link, call.action)
        if self.catalogued.is_denied(link, call):
            return None
        if call.form is not Form.CALL and not call.action:
            return self.by_source(link, call)
        return (
            self.by_definition(link)
            or self.by_catalogue(link, call)
            or self.by_discovery(link, call)
            or self.by_convention(link, call)
        )

    def is_silent(self, call: Call, link: Link | None) -> bool:
        """Tell at once whether nothing is known to act under a name, where classes are not called like functions."""
        if call.action or call.form is not Form.CALL or self.language.classes.called:
            return False
        means = () if link is None else link.references
        followed = (link is not None and link.member) or id(call) in self.discovery.applied
        return not followed and self.acting.isdisjoint(means) and not self.catalogued.may_know(link, call)

    @cached_property
    def acting(self) -> frozenset[Reference]:
        """What the tree defines that does anything to memory."""
        discovery = self.discovery
        return frozenset((*discovery.effects, *discovery.kept, *discovery.expanded))

    def by_construct(self, call: Call, link: Link | None, action: Action) -> Act:
        """Judge what acts on memory whatever it is called."""
        entry = self.catalogue.find(call.name, call.arguments)
        resolved = link.references[0] if link and link.references and action == Action.ALLOCATE else None
        effect = effect_of(entry) if entry and entry.action in ROLES else NO_EFFECT
        return Act(
            action=action,
            form=call.form,
            allocator=call.type or (entry.name if entry else ""),
            family=entry.family if entry else "",
            explicit=call.form not in IMPLICIT,
            basis=link.basis if link and resolved else None,
            resolved=resolved,
            effect=replace(effect, pointer=0, via=self.through_class(link)),
        )

    def through_class(self, link: Link | None) -> tuple[str, ...]:
        """Name the function by which a class takes or gives back the memory of its objects, and what is below that."""
        own = (found for found in link.references if self.is_function(found)) if link else ()
        for found in own:
            sure = (effect for effect in self.discovery.effects.get(found, ()) if effect.level is not Level.MAYBE)
            return self.tree.definition(found).name, *next((effect.via for effect in sure), ())
        return ()

    def by_source(self, link: Link | None, call: Call) -> Act | None:
        """Judge a construct by the function of the tree that gives it memory; what hands a place back gives none."""
        if link is None or self.discovery.returning.of(link.references[0]):
            return None
        known = self.discovery.effects_of(self.discovery.step(call, link, self.language.name))
        act = self.by_construct(call, link, Action.ALLOCATE)
        return replace(act, family=known[0].family, effect=known[0]) if known else act

    def by_definition(self, link: Link | None) -> Act | None:
        """Judge a call by what the tree defines under its name."""
        if not (link and link.references and self.language.classes.called):
            return None
        classes = [found for found in link.references if self.tree.definition(found).kind in CLASS_KINDS]
        return self.instantiation(link) if classes and classes[0] == link.references[0] else None

    def instantiation(self, link: Link, *, explicit: bool = True) -> Act:
        """A class is called."""
        resolved = link.references[0] if link.references else None
        return Act(
            Action.ALLOCATE, Form.INSTANTIATION, link.name, explicit=explicit, basis=link.basis, resolved=resolved
        )

    def by_catalogue(self, link: Link | None, call: Call) -> Act | None:
        """Judge a call by what is known of the library that its name belongs to."""
        entry = self.catalogued.entry(link, call)
        if entry is None or (entry.resource not in FOLLOWED and self.is_understood(entry, link)):
            return None
        return Act(
            action=entry.action,
            form=entry.form,
            allocator=entry.name,
            family=entry.family,
            explicit=entry.explicit,
            resource=entry.resource,
            basis=link.basis if link else Basis.CONVENTION,
            resolved=link.references[0] if link and link.references else None,
            effect=effect_of(entry) if entry.action in ROLES else NO_EFFECT,
        )

    def is_understood(self, entry: Entry, link: Link | None) -> bool:
        """Tell whether the tree is the library itself, and its code shows what a function does to memory."""
        own = [found for found in link.references[:1] if self.is_function(found)] if link else ()
        return bool(self.discovery.nearest_effects(own)) and self.is_home(entry.library)

    def is_home(self, library: str) -> bool:
        """Tell whether the tree defines most of what is known of a library."""
        if library not in self.homes:
            names = {entry.name for entry in self.catalogue.entries if entry.library == library}
            defined = [name for name in names if any(map(self.is_function, self.tree.by_name.get(name, ())))]
            self.homes[library] = 2 * len(defined) > len(names)
        return self.homes[library]

    def is_function(self, reference: Reference) -> bool:
        """Tell whether a definition is a function with its body."""
        return self.tree.definition(reference).kind == FUNCTION

    def by_discovery(self, link: Link | None, call: Call) -> Act | None:
        """Judge a call by what the tree's own function or macro of that name does."""
        if link is None or not link.references:
            return None
        step = self.discovery.step(call, link, self.language.name)
        known = (*self.discovery.effects_of(step), *self.discovery.keeps(step))[:1]
        for effect in known or (*self.by_expansion(link, call), *self.by_application(call))[:1]:
            return self.discovered(link, effect)
        return None

    def discovered(self, link: Link, effect: Effect) -> Act:
        """Judge a call by what is known of its function; what a container keeps nobody asks for by name."""
        contained = effect.resource == Resource.CONTAINER
        is_macro = self.tree.definition(link.references[0]).kind == MACRO
        return Act(
            action=ACTIONS[effect.role],
            form=Form.GROWTH if contained else Form.MACRO if is_macro else Form.CALL,
            allocator=link.name,
            family=effect.family,
            explicit=not contained,
            resource=effect.resource,
            basis=link.basis,
            resolved=link.references[0],
            effect=effect,
        )

    def by_expansion(self, link: Link, call: Call) -> tuple[Effect, ...]:
        """Say what a macro does to memory in the function that uses it."""
        effect = self.discovery.expanded.get(link.references[0]) if call.context.inside >= 0 else None
        return (effect,) if effect else ()

    def by_application(self, call: Call) -> Iterator[Effect]:
        """Say what that does to memory which a macro is given to call."""
        if given := self.discovery.applied.get(id(call)):
            for effect in self.discovery.effects_of(given):
                yield replace(effect, pointer=None, out=None, size=None, count=None, via=(given.call.name, *effect.via))

    def by_convention(self, link: Link | None, call: Call) -> Act | None:
        """Judge a call by how classes are named, where nothing better is known."""
        if not self.language.classes.called or (link and (link.references or link.module)):
            return None
        if link is None:
            return self.by_unique_name(call) or self.by_variable(call)
        module, name = self.module_of(link.name)
        if module:
            implicit = name in self.catalogue.implicit.get(module, ())
            known = implicit or name in self.catalogue.classes.get(module, ())
            return self.instantiation(link, explicit=not implicit) if known else None
        if link.basis and self.convention.search(self.language.names.last(link.name)):
            return self.instantiation(Link(link.name, (), Basis.CONVENTION))
        return None

    def module_of(self, name: str) -> tuple[str, str]:
        """Split a name into the innermost module that is known whole, and the rest; no module where none is."""
        names = self.language.names
        parts = names.split(name)
        for length in range(len(parts) - 1, -1, -1):
            module = names.join(*parts[:length]) or self.language.modules.builtins
            if (length or len(parts) == 1) and (module in self.catalogue.classes or module in self.catalogue.implicit):
                return module, names.join(*parts[length:])
        return "", name

    def by_unique_name(self, call: Call) -> Act | None:
        """Judge a call through an unknown receiver by the only class of that name."""
        receiver, _, last = call.name.rpartition(self.language.names.separators[0])
        found = self.tree.by_name.get(last, ()) if receiver and self.convention.search(last) else ()
        if len(found) != 1 or self.tree.definition(found[0]).kind not in CLASS_KINDS:
            return None
        return self.instantiation(Link(self.tree.full_name(found[0]), found, Basis.UNIQUE_NAME))

    def by_variable(self, call: Call) -> Act | None:
        """Judge a call through a variable or a field by how those are named that hold a class."""
        named = self.holding.search(self.language.names.last(call.name))
        return self.instantiation(Link(call.name, (), Basis.CONVENTION)) if named else None
