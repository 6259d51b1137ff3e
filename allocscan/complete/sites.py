"""Calls become sites: what each one does to memory, once its name is understood."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from allocscan.catalogue import Entry
from allocscan.complete.checks import Checks
from allocscan.complete.facets import at, classify, size_of
from allocscan.discover import Discovery
from allocscan.discover.catalogued import FOLLOWED, ROLES, effect_of
from allocscan.discover.units import Step
from allocscan.model import (
    CLASS_KINDS,
    IMPLICIT,
    TAKES,
    Action,
    Basis,
    Call,
    Effect,
    FileFacts,
    Form,
    Link,
    Reference,
    Resource,
    Role,
    Site,
    Target,
)
from allocscan.prepare import is_dead
from allocscan.resolve.globals import FUNCTION
from allocscan.resolve.index import join_scopes

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


class Completion:
    """Judges the calls of one language."""

    def __init__(self, discovery: Discovery, language: str) -> None:
        self.discovery = discovery
        self.links = discovery.links
        self.tree = discovery.links.tree
        self.language = self.tree.languages[language]
        self.catalogued = discovery.catalogued[language]
        self.catalogue = self.catalogued.catalogue
        self.asks = self.language.asks
        self.homes: dict[str, bool] = {}
        self.checks = Checks(discovery, self.language)
        self.typed: tuple[str, Mapping[tuple[int, str], str]] = ("", {})
        self.convention = re.compile(self.language.classes.convention or r"(?!)")

    def sites(self, facts: FileFacts) -> Iterator[Site]:
        """Yield the sites of one file."""
        for call, link in zip(facts.calls, self.links.calls[facts.path], strict=True):
            act = self.judge(call, link)
            if act:
                yield self.site(facts, call, act)

    def judge(self, call: Call, link: Link | None) -> Act | None:
        """Say what a call does to memory; None when it does nothing that is known."""
        if call.action:
            return self.by_construct(call, link, call.action)
        if self.catalogued.is_denied(link, call):
            return None
        return (
            self.by_definition(link)
            or self.by_catalogue(link, call)
            or self.by_discovery(link, call)
            or self.by_convention(link, call)
        )

    def by_construct(self, call: Call, link: Link | None, action: Action) -> Act:
        """Judge what acts on memory whatever it is called."""
        entry = self.catalogue.find(call.name, call.arguments)
        resolved = link.references[0] if link and link.references and action == Action.ALLOCATE else None
        return Act(
            action=action,
            form=call.form,
            allocator=call.type or (entry.name if entry else ""),
            family=entry.family if entry else "",
            explicit=call.form not in IMPLICIT,
            basis=link.basis if link and resolved else None,
            resolved=resolved,
            effect=replace(effect_of(entry) if entry and entry.action in ROLES else NO_EFFECT, pointer=0),
        )

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
        step = Step(call, link, self.language.name)
        known = (*self.discovery.effects_of(step), *self.discovery.keeps(step))[:1]
        for effect in known or self.by_expansion(link, call):
            return self.discovered(link, effect)
        return None

    def discovered(self, link: Link, effect: Effect) -> Act:
        """Judge a call by what is known of its function; what a container keeps nobody asks for by name."""
        contained = effect.resource == Resource.CONTAINER
        is_macro = self.tree.definition(link.references[0]).kind == "macro"
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

    def by_convention(self, link: Link | None, call: Call) -> Act | None:
        """Judge a call by how classes are named, where nothing better is known."""
        if not self.language.classes.called or (link and (link.references or link.module)):
            return None
        if link is None:
            return self.by_unique_name(call)
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

    def site(self, facts: FileFacts, call: Call, act: Act) -> Site:
        """Put a site together."""
        size = size_of(call, act.effect, act.resolved, self.discovery, self.language)
        variable = at(call.places, act.effect.out) if act.effect.assigns else call.target
        takes = act.action in TAKES
        asks = takes and self.asks and act.resource != Resource.STACK
        return Site(
            location=call.location,
            action=act.action,
            form=act.form,
            name=self.language.names.called(call.name),
            language=facts.language,
            explicit=act.explicit,
            allocator=act.allocator,
            family=act.family,
            via=act.effect.via,
            type=self.type(facts, call, act, variable),
            size=size,
            function=join_scopes(facts, call.context.inside, self.language),
            variable="" if variable == "return" else variable,
            resolved=self.target(act.resolved),
            basis=act.basis,
            in_test=call.context.in_test,
            loop_depth=call.context.loop_depth,
            condition=call.context.condition,
            dead=is_dead(call.context.condition, self.language.preprocessor),
            resource=act.resource,
            size_class=classify(act.form, size, self.language.sizes) if takes else None,
            zeroed=act.effect.zeroed,
            checked=self.checks.check(call, act.effect) if asks else None,
            pointer=at(call.arguments, act.effect.pointer) if act.action != Action.ALLOCATE else "",
        )

    def type(self, facts: FileFacts, call: Call, act: Act, variable: str) -> str:
        """Say what the memory of a site is for: what the call says, or what the variable is declared to be."""
        if act.action == Action.DEALLOCATE:
            return call.type or self.declared(facts, call, at(call.places, act.effect.pointer))
        instance = act.allocator if act.form == Form.INSTANTIATION else ""
        return call.type or at(call.arguments, act.effect.type) or instance or self.declared(facts, call, variable)

    def declared(self, facts: FileFacts, call: Call, place: str) -> str:
        """Say what a plain variable is declared to be where a call stands."""
        types, scope = self.types(facts), call.context.inside
        name = place.lstrip("*&")
        while scope >= 0 and (scope, name) not in types:
            scope = facts.definitions[scope].inside
        return types.get((scope, name), "")

    def types(self, facts: FileFacts) -> Mapping[tuple[int, str], str]:
        """Give the types of a file's variables, by scope and name; the last file's are kept."""
        if self.typed[0] != facts.path:
            self.typed = facts.path, {(each.inside, each.name): each.type for each in facts.variables}
        return self.typed[1]

    def target(self, reference: Reference | None) -> Target | None:
        """Say where a definition stands."""
        if reference is None:
            return None
        location = self.tree.definition(reference).location
        return Target(location.path, location.line, self.tree.full_name(reference))
