"""Calls become sites: what each one does to memory, once its name is understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from allocscan.catalogue import Catalogue, Entry
from allocscan.languages import Language
from allocscan.model import (
    CLASS_KINDS,
    IMPLICIT,
    Action,
    Basis,
    Call,
    FileFacts,
    Form,
    Link,
    Reference,
    Resource,
    Site,
    Target,
)
from allocscan.resolve import Names, TreeIndex
from allocscan.resolve.index import FileIndex, join_scopes


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
    entry: Entry | None = None


class Completion:
    """Everything that is needed to judge the calls of one language."""

    def __init__(self, language: Language, catalogue: Catalogue, tree: TreeIndex, names: Names) -> None:
        self.language = language
        self.catalogue = catalogue
        self.tree = tree
        self.names = names
        self.own = [re.compile(pattern) for pattern in language.classes.own]
        self.convention = re.compile(language.classes.convention or r"(?!)")

    def sites(self, facts: FileFacts) -> Iterator[Site]:
        """Yield the sites of one file."""
        file = self.tree.files[facts.path]
        for call in facts.calls:
            act = self.judge(file, call)
            if act:
                yield self.site(facts, call, act)

    def judge(self, file: FileIndex, call: Call) -> Act | None:
        """Say what a call does to memory; None when it does nothing that is known."""
        if call.action:
            return Act(call.action, call.form, call.type, explicit=call.form not in IMPLICIT)
        scope = call.context.inside
        if any(pattern.search(call.name) for pattern in self.own):
            return self.own_class(file, scope)
        link = self.names.look_up(file, scope, call.name)
        return self.by_definition(link) or self.by_catalogue(file, link, call) or self.by_convention(link, call)

    def own_class(self, file: FileIndex, scope: int) -> Act | None:
        """A class makes an object of its own kind."""
        owner = self.tree.enclosing_class(file, scope)
        return self.instantiation(Link(self.tree.full_name(owner), (owner,), Basis.SAME_FILE)) if owner else None

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

    def by_catalogue(self, file: FileIndex, link: Link | None, call: Call) -> Act | None:
        """Judge a call by what is known of the library that its name belongs to."""
        if link and self.hides(link):
            return None
        entry = self.entry(file, link, call)
        if entry is None or not self.believed(entry, file, link):
            return None
        return Act(
            entry.action,
            entry.form,
            entry.name,
            entry.family,
            entry.explicit,
            entry.resource,
            link.basis if link else Basis.CONVENTION,
            link.references[0] if link and link.references else None,
            entry,
        )

    def entry(self, file: FileIndex, link: Link | None, call: Call) -> Entry | None:
        """Find the entry for a call under the first of its names that the catalogue knows."""
        for name in self.known_as(file, link, call):
            if name in self.catalogue.neither:
                return None
            found = self.catalogue.find(name, call.arguments)
            if found:
                return found
        return None

    def known_as(self, file: FileIndex, link: Link | None, call: Call) -> Iterator[str]:
        """Yield the names under which a catalogue may hold a call, the most certain first."""
        names = self.language.names
        written = [part for part in names.split(names.bare(call.name)) if part]
        parts = names.split(link.name) if link else written
        if link and link.references:
            yield names.join(self.tree.module(link.references[0].path), link.name)
        if link or not self.language.modules.builtins:
            yield names.join(*parts)
            yield names.join(*parts[-2:])
        if link and not link.references and file.names_module(names.join(*parts[:-1])):
            yield parts[-1]
        elif len(parts) > 1:
            yield names.separators[0] + parts[-1]

    def believed(self, entry: Entry, file: FileIndex, link: Link | None) -> bool:
        """Tell whether a call can mean an entry, as far as definitions and imports say."""
        if link and link.references:
            return not entry.hint or self.at_home(entry, link)
        separator = self.language.names.separators[0]
        module = link.name.rpartition(separator)[0] if link else ""
        return entry.offered_by([module] if file.names_module(module) else file.modules, separator)

    def at_home(self, entry: Entry, link: Link) -> bool:
        """Tell whether a definition of the tree is the library's own."""
        separator = self.language.names.separators[0]
        return bool(entry.home) and f"{self.tree.module(link.references[0].path)}{separator}".startswith(
            entry.home + separator
        )

    def hides(self, link: Link) -> bool:
        """Tell whether a definition of the tree takes a library's name for itself."""
        if not link.references:
            return bool(link.module)
        return self.tree.definition(link.references[0]).local

    def by_convention(self, link: Link | None, call: Call) -> Act | None:
        """Judge a call by how classes are named, where nothing better is known."""
        if not self.language.classes.called or (link and (link.references or link.module)):
            return None
        if link is None:
            return self.by_unique_name(call)
        module, _, last = link.name.rpartition(self.language.names.separators[0])
        module = module or self.language.modules.builtins
        if module in self.catalogue.classes or module in self.catalogue.implicit:
            implicit = last in self.catalogue.implicit.get(module, ())
            known = implicit or last in self.catalogue.classes.get(module, ())
            return self.instantiation(link, explicit=not implicit) if known else None
        if link.basis and self.convention.search(last):
            return self.instantiation(Link(link.name, (), Basis.CONVENTION))
        return None

    def by_unique_name(self, call: Call) -> Act | None:
        """Judge a call through an unknown receiver by the only class of that name."""
        receiver, _, last = call.name.rpartition(self.language.names.separators[0])
        found = self.tree.by_name.get(last, ()) if receiver and self.convention.search(last) else ()
        if len(found) != 1 or self.tree.definition(found[0]).kind not in CLASS_KINDS:
            return None
        return self.instantiation(Link(self.tree.full_name(found[0]), found, Basis.UNIQUE_NAME))

    def site(self, facts: FileFacts, call: Call, act: Act) -> Site:
        """Put a site together."""
        entry = act.entry
        return Site(
            location=call.location,
            action=act.action,
            form=act.form,
            name=call.name,
            language=facts.language,
            explicit=act.explicit,
            allocator=act.allocator,
            family=act.family,
            type=call.type or argument(call, entry.type if entry else None) or (act.allocator if act.form == Form.INSTANTIATION else ""),
            size=call.size or argument(call, entry.size if entry else None),
            function=join_scopes(facts, call.context.inside, self.language),
            variable="" if call.target == "return" else call.target,
            resolved=self.target(act.resolved),
            basis=act.basis,
            in_test=call.context.in_test,
            loop_depth=call.context.loop_depth,
            condition=call.context.condition,
            resource=act.resource,
        )

    def target(self, reference: Reference | None) -> Target | None:
        """Say where a definition stands."""
        if reference is None:
            return None
        location = self.tree.definition(reference).location
        return Target(location.path, location.line, self.tree.full_name(reference))


def argument(call: Call, position: int | None) -> str:
    """Quote one argument of a call, if it has it."""
    return call.arguments[position] if position is not None and position < len(call.arguments) else ""
