"""What a name means where names belong to the whole program, but for those that a file keeps to itself."""

import re
from collections.abc import Iterator
from functools import cached_property

from allocscan.languages import Language
from allocscan.model import CLASS_KINDS, UNCALLED_KINDS, Basis, Link, Reference
from allocscan.resolve.aliases import Aliases
from allocscan.resolve.homes import Homes
from allocscan.resolve.includes import Includes
from allocscan.resolve.index import MACRO, FileIndex, Scope, TreeIndex
from allocscan.resolve.members import Members
from allocscan.resolve.nearness import Nearness
from allocscan.resolve.receivers import Receivers
from allocscan.resolve.values import Values
from allocscan.resolve.views import Corner, View, Views, is_macro

FUNCTION = "function"
UNNAMED = UNCALLED_KINDS | {"method"}
"""Kinds of definitions that no call means by a name alone: a method that is no part of its class in the text, too."""
NAME = re.compile(r"~?\w+(?: \w+)*(?:\[\])?")

NOTHING: frozenset[Reference] = frozenset()


class GlobalNames:
    """Look names up in their own file, in the files that it includes, then in the whole tree."""

    def __init__(self, tree: TreeIndex, language: Language) -> None:
        self.tree = tree
        self.names = language.names
        self.homes = Homes(tree)
        self.aliases = Aliases(tree, self.homes)
        self.includes = Includes(tree)
        members = Members(tree, language.names, self.homes, self.aliases, self.includes, self)
        self.values = Values(tree, language, members, self)
        self.nearness = Nearness(tree, self.includes)
        self.receivers = Receivers(self.values, self.nearness) if language.receivers.marks else None
        self.open: dict[str, frozenset[str]] = {}
        self.views = Views(self.homes, self.aliases, self.includes)
        self.split: dict[str, list[str]] = {}
        self.named: dict[tuple[str, bool], list[Reference]] = {}
        self.places: dict[tuple[str, bool], frozenset[str] | None] = {}
        """The files that define a name; None where a definition belongs to a namespace or class."""
        self.far: dict[tuple[str, bool, Corner], Link] = {}

    def look_up(self, file: FileIndex, scope: Scope, name: str) -> Link | None:
        """Say what a name means; None for a member of a value, and where a parameter or variable hides the name."""
        if self.receivers and (link := self.receivers.method(file, scope, name)):
            return link
        parts = self.parts(name)
        if not parts:
            return self.method(file, self.names.member(self.names.plain(name)))
        if self.is_variable(file, scope, name):
            return None
        link = self.seen(file, scope, name, called=True)
        unknown = self.unknown_macros(file, scope, link)
        return self.meant(self.views.of(file, scope), scope, parts, called=True, without=unknown) if unknown else link

    @cached_property
    def renamed(self) -> dict[str, list[Reference]]:
        """List, for each name that functions only have once macros have replaced what is written, those functions."""
        found: dict[str, list[Reference]] = {}
        for macro in self.renaming:
            new = self.tree.definition(macro).body
            for other in self.tree.by_name.get(self.tree.definition(macro).name, ()):
                if self.tree.definition(other).kind == FUNCTION and self.replaced(other, macro):
                    found.setdefault(new, []).append(other)
        return found

    @property
    def renaming(self) -> Iterator[Reference]:
        """List the macros that stand for another name; what stands for no object is none."""
        for path, file in self.tree.files.items():
            nothing = self.tree.language(path).nothing
            for number, definition in enumerate(file.facts.definitions):
                if definition.kind == MACRO and not definition.parameters and is_name(definition.body, nothing):
                    yield Reference(path, number)

    def replaced(self, found: Reference, macro: Reference) -> bool:
        """Tell whether a macro stands before a definition."""
        if found.path != macro.path:
            return macro.path in self.includes.of(found.path)
        return self.tree.definition(macro).location.line < self.tree.definition(found).location.line

    def method(self, file: FileIndex, name: str) -> Link | None:
        """Say which methods the member of an unknown value may be; those of a class as a whole come last."""
        every = tuple(
            found
            for found in self.tree.by_name.get(name, ())
            if self.tree.files[found.path].facts.language == file.facts.language
            and self.tree.definition(found).kind == "function"
            and self.homes.in_class(found)
        )
        found = tuple(found for found in every if not self.tree.definition(found).local) or every
        basis = Basis.UNIQUE_NAME if len(found) == 1 else Basis.AMBIGUOUS
        return Link(self.names.dot + name, found, basis, member=True) if found else None

    def sees(self, path: str, other: str) -> bool:
        """Tell whether a file includes another one, by whatever ways."""
        return other in self.includes.of(path)

    def look_up_type(self, file: FileIndex, scope: Scope, name: str) -> Link | None:
        """Say which class a name means."""
        return self.seen(file, scope, name, called=False) if self.parts(name) else None

    def unknown_macros(self, file: FileIndex, scope: Scope, link: Link) -> frozenset[Reference]:
        """List the macros of a file that do not replace a name in a scope.

        That are those of the name of the macro in which it stands, and in a function those that are defined after it.
        """
        if link.basis is not Basis.SAME_FILE or scope < 0:
            return NOTHING
        path, definitions = file.facts.path, file.facts.definitions
        here = [found for found in link.references if found.path == path and definitions[found.index].kind == MACRO]
        if not here:
            return NOTHING
        if is_macro(file, scope):
            return frozenset(here) if definitions[scope].name == definitions[here[0].index].name else NOTHING
        end = definitions[scope].location.end_line
        return frozenset(found for found in here if definitions[found.index].location.line > end)

    def parts(self, name: str) -> list[str]:
        """Split a name; empty for what is no mere name."""
        parts = self.split.get(name)
        if parts is None:
            plain = self.names.plain(name)
            parts = [] if self.names.member(plain) else self.names.split(plain)
            self.split[name] = parts = parts if all(NAME.fullmatch(part) for part in parts) else []
        return parts

    def is_variable(self, file: FileIndex, scope: Scope, name: str) -> bool:
        """Tell whether the enclosing function has a parameter or variable of a name."""
        return scope >= 0 and ((scope, name) in file.flows or name in file.facts.definitions[scope].parameters)

    def seen(self, file: FileIndex, scope: Scope, name: str, *, called: bool) -> Link:
        """Say what a name means in a scope, which is the same in all scopes of a file with the same surroundings."""
        view, key = self.views.of(file, scope), (name, called)
        link = view.known.get(key)
        if link is None:
            link = view.known[key] = self.meant(view, scope, self.parts(name), called)
        return link

    def meant(
        self, view: View, scope: Scope, parts: list[str], called: bool, without: frozenset[Reference] = NOTHING
    ) -> Link:
        """Find the definitions that a name may mean, of what can be called or of classes, but for some of them."""
        *qualifiers, last = self.aliases.undone(parts, view.path, scope, view.included)
        if not qualifiers and self.is_far(last, called, view):
            candidates, link = self.candidates(last, called), self.from_afar(last, called, view)
        else:
            known = [found for found in self.candidates(last, called) if found not in without]
            candidates = self.homes.nearest(known, tuple(qualifiers), view.path, scope, self.opened(view.path))
            link = self.nearness.closest(view.path, self.names.join(*qualifiers, last), candidates, view.expanded)
        return link if link.references or not candidates else self.nearness.beside(view.path, link.name, candidates)

    def is_far(self, name: str, called: bool, view: View) -> bool:
        """Tell whether neither a file nor what it includes defines a name, and whoever does puts it into no class.

        Then the name means the same in all files of a folder.
        """
        key = (name, called)
        if key not in self.places:
            found = self.candidates(name, called)
            self.places[key] = None if any(map(self.homes.home, found)) else frozenset(each.path for each in found)
        places = self.places[key]
        return places is not None and view.path not in places and places.isdisjoint(view.included)

    def from_afar(self, name: str, called: bool, view: View) -> Link:
        """Say what such a name means."""
        key = (name, called, view.corner)
        if key not in self.far:
            self.far[key] = self.nearness.closest(view.path, name, self.candidates(name, called), view.expanded)
        # What is discovered looks at links in their order, and each file has its own.
        found = self.far[key]
        return Link(found.name, found.references, found.basis)

    def candidates(self, name: str, called: bool) -> list[Reference]:
        """List what can be called under a name, or the classes of that name."""
        key = (name, called)
        if key not in self.named:
            found = (*self.tree.by_name.get(name, ()), *self.renamed.get(name, ()))
            kinds = [(self.tree.definition(reference).kind, reference) for reference in found]
            wanted = [(kind not in UNNAMED) if called else (kind in CLASS_KINDS) for kind, _ in kinds]
            self.named[key] = [reference for reference, fits in zip(found, wanted, strict=True) if fits]
        return self.named[key]

    def opened(self, path: str) -> frozenset[str]:
        """Name the namespaces that a file, or one that it includes, has opened."""
        if path not in self.open:
            places = (path, *self.includes.of(path))
            self.open[path] = frozenset().union(*(self.aliases.opened.get(place, ()) for place in places))
        return self.open[path]


def is_name(text: str, nothing: tuple[str, ...]) -> bool:
    """Tell whether a text is a mere name, and that of something."""
    return text.isidentifier() and text not in nothing
