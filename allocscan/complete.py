"""Calls become sites: what each one does to memory, once its name is understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from allocscan.discover import ROLES, Discovery
from allocscan.discover.catalogued import effect_of
from allocscan.discover.units import Step
from allocscan.facets import Asked, Reader
from allocscan.model import (
    CLASS_KINDS,
    IMPLICIT,
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
from allocscan.resolve.index import join_scopes
from allocscan.resolve.types import Types

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
    """Where its arguments say how much of what, and how it fails."""

    @property
    def via(self) -> tuple[str, ...]:
        """Name what stands below it."""
        return self.effect.via


class Completion:
    """Judges the calls of one language."""

    def __init__(self, discovery: Discovery, types: Types, language: str) -> None:
        self.discovery = discovery
        self.links = discovery.links
        self.tree = discovery.links.tree
        self.language = self.tree.languages[language]
        self.catalogued = discovery.catalogued[language]
        self.catalogue = self.catalogued.catalogue
        self.facets = Reader(discovery, types, self.language)
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
            effect=replace(NO_EFFECT, fails=entry.fails, zeroed=entry.zeroed) if entry else NO_EFFECT,
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
        if entry is None:
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

    def by_discovery(self, link: Link | None, call: Call) -> Act | None:
        """Judge a call by what the tree's own function or macro of that name does."""
        effects = self.discovery.effects_of(Step(call, link, self.language.name)) if link and link.references else ()
        if not effects or link is None:
            return None
        effect = effects[0]
        form = Form.MACRO if self.tree.definition(link.references[0]).kind == "macro" else Form.CALL
        return Act(
            action=ACTIONS[effect.role],
            form=form,
            allocator=link.name,
            family=effect.family,
            resource=effect.resource,
            basis=link.basis,
            resolved=link.references[0],
            effect=effect,
        )

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
        facets = self.facets.read(facts, Asked(call, act.action, act.form, act.effect, act.resolved))
        return Site(
            location=call.location,
            action=act.action,
            form=act.form,
            name=self.language.names.called(call.name),
            language=facts.language,
            explicit=act.explicit,
            allocator=act.allocator,
            family=act.family,
            via=act.via,
            type=facets.type or (act.allocator if act.form == Form.INSTANTIATION else ""),
            size=facets.size,
            function=join_scopes(facts, call.context.inside, self.language),
            variable="" if call.target == "return" else call.target,
            resolved=self.target(act.resolved),
            basis=act.basis,
            in_test=call.context.in_test,
            loop_depth=call.context.loop_depth,
            condition=call.context.condition,
            resource=act.resource,
            size_class=facets.size_class,
            zeroed=act.effect.zeroed,
            checked=facets.checked,
        )

    def target(self, reference: Reference | None) -> Target | None:
        """Say where a definition stands."""
        if reference is None:
            return None
        location = self.tree.definition(reference).location
        return Target(location.path, location.line, self.tree.full_name(reference))

