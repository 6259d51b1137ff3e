"""What a name means where names belong to modules: scopes, imports, re-exports, aliases."""

import re
from dataclasses import replace
from functools import cached_property
from itertools import chain

from allocscan.languages import Language
from allocscan.model import MEMBER_KINDS, Basis, Import, Link, Reference
from allocscan.resolve.aliases import Aliases
from allocscan.resolve.binding import bare, binds, depth_of, taken, visible_scopes
from allocscan.resolve.homes import Homes
from allocscan.resolve.includes import Includes
from allocscan.resolve.index import TOP, FileIndex, Scope, TreeIndex
from allocscan.resolve.members import Members
from allocscan.resolve.modules import ModuleTable
from allocscan.resolve.receivers import Receivers
from allocscan.resolve.values import Values

ALIAS = "alias"
"""The kind of a definition that is another name for something."""
UNKNOWN = frozenset(("field", "parameter"))
"""Kinds of definitions that hold what only a run of the program could tell."""
DEEPEST = 30
"""Imports, aliases and bases that are followed one after the other."""


class ModuleScopes:
    """Look names up by scope, then by import, then among the builtins."""

    def __init__(self, tree: TreeIndex, language: Language) -> None:
        self.tree = tree
        self.language = language
        self.modules = ModuleTable(tree.files, language, {path: tree.module(path) for path in tree.files})
        self.seen: dict[str, frozenset[str]] = {}
        self.handed: dict[str, tuple[str, ...]] = {}
        self.own = [re.compile(pattern) for pattern in language.classes.own]

    @cached_property
    def values(self) -> Values:
        """Make ready to follow values, which few languages of modules need."""
        homes = Homes(self.tree)
        aliases, includes = Aliases(self.tree, homes), Includes(self.tree)
        members = Members(self.tree, self.language.names, homes, aliases, includes, self)
        return Values(self.tree, self.language, members, self)

    @cached_property
    def receivers(self) -> Receivers | None:
        """Make ready to find the methods of values, where values are declared."""
        return Receivers(self.values, self) if self.language.receivers.marks else None

    def among(self, path: str, name: str, candidates: list[Reference], expanded: bool) -> Link:
        """Take what a value has under a name for what a file means."""
        basis = Basis.SAME_FILE if candidates[0].path == path else Basis.IMPORT
        return Link(name, tuple(candidates), basis)

    def look_up(self, file: FileIndex, scope: Scope, name: str) -> Link | None:
        """Say what a name written in a scope means; None when only a run of the program could tell."""
        if self.receivers and (link := self.receivers.method(file, scope, name)) and link.references:
            return link
        name, separator = self.language.names.bare(name), self.language.names.separators[0]
        if any(pattern.search(name) for pattern in self.own):
            owner = self.tree.enclosing_class(file, scope)
            return Link(self.tree.full_name(owner), (owner,), Basis.SAME_FILE, own=True) if owner else None
        first, *rest = self.language.names.split(bare(name.removeprefix(separator)))
        if name.startswith(separator):
            scope = TOP
        if rest and (scope, name) in file.flows and (given := self.alias(file, scope, name, DEEPEST)):
            if given.references:
                return given
        if first in self.language.classes.receivers and rest:
            found = self.member(self.tree.enclosing_class(file, scope), rest[0], DEEPEST)
            return self.attributes(found, rest[1:], DEEPEST)
        if first in self.language.classes.itself and rest:
            return self.own_member(self.tree.enclosing_class(file, scope), rest)
        if first in self.language.modules.anchors:
            return self.anchored(file, scope, [first, *rest])
        return self.attributes(self.first_name(file, scope, first, DEEPEST), rest, DEEPEST)

    def own_member(self, owner: Reference | None, names: list[str]) -> Link | None:
        """Look up a member of the enclosing class, which may have it from elsewhere."""
        found = self.attributes(self.member(owner, names[0], DEEPEST), names[1:], DEEPEST)
        if found or owner is None:
            return found
        return Link(self.language.names.join(self.tree.full_name(owner), *names), (), Basis.SAME_FILE)

    def anchored(self, file: FileIndex, scope: Scope, parts: list[str]) -> Link | None:
        """Look up a name that says which module it begins in."""
        for cut in range(len(parts) - 1, 0, -1):
            path = self.modules.find(self.language.names.join(*parts[:cut]), file.facts.path, depth_of(file, scope))
            if path:
                return self.attributes(self.exported(path, parts[cut], DEEPEST), parts[cut + 1 :], DEEPEST)
        return None

    def look_up_type(self, file: FileIndex, scope: Scope, name: str) -> Link | None:
        """Say what the name of a type written in a scope means; types are named like everything else."""
        return self.look_up(file, scope, name)

    def sees(self, path: str, other: str) -> bool:
        """Tell whether a file imports another one, or gets its names from what it imports."""
        if path not in self.seen:
            self.seen[path] = frozenset(self.reached(path))
        return other in self.seen[path]

    def reached(self, path: str) -> set[str]:
        """List what a file imports, with what that hands on."""
        found: set[str] = set()
        pending = [path]
        for current in pending:
            for imported in chain.from_iterable(self.tree.files[current].imports.values()):
                module = self.modules.find(imported.module or imported.target, current)
                if module and module not in found and (current == path or imported.public):
                    found.add(module)
                    pending.append(module)
        return found

    def first_name(self, file: FileIndex, scope: Scope, name: str, depth: int) -> Link | None:
        """Look for a bare name from a scope outwards."""
        for current in visible_scopes(file, scope, self.language):
            if binds(file, current, name):
                return self.bound(file, current, name, depth)
        for current in visible_scopes(file, scope, self.language):
            for imported in file.imports.get((current, self.language.modules.everything), ()):
                found = self.exported(self.modules.find(imported.module, file.facts.path), name, depth - 1)
                if found:
                    return replace(found, basis=Basis.IMPORT)
        return Link(name, (), None)

    def bound(self, file: FileIndex, scope: Scope, name: str, depth: int) -> Link | None:
        """Say what a name means in the scope that binds it."""
        key = (scope, name)
        if depth <= 0 or taken(file, key):
            return None
        if key in file.definitions:
            references = file.references(scope, name)
            if self.tree.definition(references[0]).kind == ALIAS:
                body = self.language.names.plain(self.tree.definition(references[0]).body)
                return self.attributes_of(file, scope, body, depth - 1)
            if self.tree.definition(references[0]).kind in UNKNOWN:
                return None
            return Link(self.tree.full_name(references[0]), references, Basis.SAME_FILE)
        if key in file.imports:
            found = [self.imported(file, imported, depth - 1) for imported in file.imports[key]]
            return next((link for link in found if link and (link.references or link.module)), found[0])
        return self.alias(file, scope, name, depth)

    def alias(self, file: FileIndex, scope: Scope, name: str, depth: int) -> Link | None:
        """Follow a name that is given one other name's value, and nothing else's."""
        sources = {flow.source for flow in file.flows.get((scope, name), ())} - {*self.language.nothing, name}
        if len(sources) != 1 or not (source := sources.pop()):
            return None
        first, *rest = self.language.names.split(source)
        found = self.attributes(self.first_name(file, scope, first, depth - 1), rest, depth - 1)
        believed = found and (found.basis or not self.language.names.tail)
        if found and scope != TOP and name in file.facts.definitions[scope].parameters:
            return replace(found, basis=Basis.CONVENTION) if found.references else None
        return found if believed or found is None else replace(found, basis=Basis.SAME_FILE)

    def imported(self, file: FileIndex, imported: Import, depth: int) -> Link | None:
        """Say what an import brings."""
        path = self.modules.find(imported.module or imported.target, file.facts.path, depth_of(file, imported.inside))
        full = self.language.names.join(imported.module, imported.target)
        if not imported.module:
            return Link(imported.target, (), Basis.IMPORT, module=path)
        if path and (found := self.exported(path, imported.target, depth)):
            return replace(found, basis=Basis.IMPORT)
        submodule = self.modules.find(self.below(imported.module, imported.target), file.facts.path)
        return Link(full, (), Basis.IMPORT, module=submodule)

    def below(self, module: str, name: str) -> str:
        """Name a module inside another; what is relative already ends in its separator."""
        return (
            module + name
            if module.endswith(self.language.modules.relative or "\0")
            else f"{module}{self.modules.separator}{name}"
        )

    def exported(self, path: str, name: str, depth: int) -> Link | None:
        """Say what a module of the tree offers under a name."""
        offering = self.offering(path) if depth > 0 else ()
        binding = (self.tree.files[place] for place in offering if binds(self.tree.files[place], TOP, name))
        return next(filter(None, (self.bound(file, TOP, name, depth - 1) for file in binding)), None)

    def offering(self, path: str) -> tuple[str, ...]:
        """List a module of the tree and those whose names it hands on as a whole, in turn, each once."""
        if path not in self.handed:
            found: dict[str, None] = {}
            pending = [path]
            while pending:
                current = pending.pop()
                if current in self.tree.files and current not in found:
                    found[current] = None
                    everything = self.tree.files[current].imports.get((TOP, self.language.modules.everything), ())
                    pending += [self.modules.find(each.module, current) for each in everything[::-1] if each.public]
            self.handed[path] = tuple(found)
        return self.handed[path]

    def attributes(self, link: Link | None, names: list[str], depth: int) -> Link | None:
        """Follow the attributes written behind a name."""
        for name in names:
            if link is None or depth <= 0:
                return None
            link = self.attribute(link, name, depth)
        return link

    def attribute(self, link: Link, name: str, depth: int) -> Link | None:
        """Follow one attribute of a module, a class, or something outside the tree."""
        full = self.language.names.join(link.name, name)
        if link.module:
            found = self.exported(link.module, name, depth - 1)
            submodule = self.modules.find(full, link.module)
            return replace(found, basis=Basis.IMPORT) if found else Link(full, (), Basis.IMPORT, module=submodule)
        if link.references:
            return self.member(link.references[0], name, depth - 1)
        return Link(full, (), link.basis) if link.basis else None

    def member(self, owner: Reference | None, name: str, depth: int) -> Link | None:
        """Find what a class, or one that it is derived from, holds under a name."""
        if owner is None or depth <= 0 or self.tree.definition(owner).kind not in MEMBER_KINDS:
            return None
        file = self.tree.files[owner.path]
        for index in self.tree.parts(owner):
            if binds(file, index, name):
                return self.bound(file, index, name, depth)
        for base in self.tree.definition(owner).bases:
            link = self.attributes_of(file, self.tree.definition(owner).inside, base, depth - 1)
            if link and link.references and (found := self.member(link.references[0], name, depth - 1)):
                return found
        return None

    def attributes_of(self, file: FileIndex, scope: Scope, name: str, depth: int) -> Link | None:
        """Look up a dotted name, however deep the search already is."""
        first, *rest = self.language.names.split(self.language.names.plain(name))
        return self.attributes(self.first_name(file, scope, first, depth), rest, depth)
