"""What values are, as far as declarations tell."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Protocol

from allocscan.languages import Language
from allocscan.model import Call, Link, Reference
from allocscan.resolve.index import TOP, FileIndex, Scope, TreeIndex
from allocscan.resolve.members import ANNOUNCED, Members, Value
from allocscan.resolve.written import Part, Written

POINTER = "*"
RETURN = "return"
LONGEST = 6
"""Steps on the way to a value."""


class Names(Protocol):
    """A way to look names up."""

    def look_up(self, file: FileIndex, scope: Scope, name: str) -> Link | None:
        """Say what a name means."""

    def sees(self, path: str, other: str) -> bool:
        """Tell whether a file gets the names of another one."""


class Values:
    """Follows values to what they are declared to be."""

    def __init__(self, tree: TreeIndex, language: Language, members: Members, names: Names) -> None:
        self.tree = tree
        self.language = language
        self.written = Written(language)
        self.members = members
        self.names = names
        self.known: dict[tuple[str, Scope, str], Value | None] = {}

    def at(self, path: str, scope: Scope, place: str) -> Value | None:
        """Say what a place is; nothing where that depends on itself."""
        key = (path, scope, place)
        if key not in self.known:
            self.known[key] = None
            self.known[key] = self.follow(path, scope, [*self.written.parts(self.written.folded(place))])
        return self.known[key]

    def follow(self, path: str, scope: Scope, parts: list[Part]) -> Value | None:
        """Go from value to member, step by step."""
        first, *rest = parts
        value = self.taken(self.first(path, scope, first), first)
        for part in rest[:LONGEST]:
            owner = self.reached(value, part.mark) if value else None
            value = self.taken(self.member(owner, part), part) if owner else None
        return value

    def taken(self, value: Value | None, part: Part) -> Value | None:
        """Say what an index takes out of a value, where there is one."""
        if value is None or not part.indexed or value.pointer:
            return value and value._replace(pointer=value.pointer and not part.indexed)
        rules = self.language.receivers
        held = self.written.argument(value.type, rules.rows, 0) or self.written.argument(value.type, rules.tables, 1)
        return self.typed(held or value.type, value.path, value.scope)

    def reached(self, value: Value, mark: str) -> Value | None:
        """Say whose members stand behind a mark: the value's own, or those of what it points to or holds."""
        if value.pointer or mark != self.language.receivers.through:
            return value
        held = self.written.argument(value.type, self.language.receivers.owners, 0)
        return self.typed(held, value.path, value.scope)._replace(pointer=False) if held else None

    def typed(self, text: str, path: str, scope: Scope) -> Value:
        """Read a type, as it is written somewhere."""
        return self.members.plain(Value(text.strip(" *&"), path, scope, POINTER in text))

    def first(self, path: str, scope: Scope, part: Part) -> Value | None:
        """Say what a name by itself is, or what a call of it hands back."""
        if part.called:
            return self.result(path, scope, part.name)
        if part.name in self.language.classes.receivers:
            return self.itself(path, scope)
        known = self.declared(path, scope, part.name) or self.given(path, scope, part.name)
        return known or self.elsewhere(path, part.name)

    def itself(self, path: str, scope: Scope) -> Value | None:
        """Say what the object is whose method is running."""
        value = Value(self.language.names.join(*self.members.homes.around(path, scope)), path, scope, pointer=True)
        return value if value.type and self.members.classes(value) else None

    def declared(self, path: str, scope: Scope, name: str) -> Value | None:
        """Say what a variable is declared to be, in a scope or around it, or in the class of its function."""
        file = self.tree.files[path]
        for current in scopes(file, scope):
            if said := self.said(path, current, name):
                return said
        own = self.itself(path, scope)
        return self.members.field(own, name) if own else None

    def given(self, path: str, scope: Scope, name: str) -> Value | None:
        """Say what a variable is that takes the result of a call, or what another holds."""
        file = self.tree.files[path]
        for current in scopes(file, scope):
            for call in file.results.get((current, name), ()):
                return self.made(path, current, call)
            for flow in file.flows.get((current, name), ()):
                return self.at(path, current, flow.source) if flow.source else None
        return None

    def elsewhere(self, path: str, name: str) -> Value | None:
        """Say what a variable of another file is declared to be, of those that a file sees."""
        files = (other for other in self.lasting.get(name, ()) if self.names.sees(path, other))
        return next((self.said(other, TOP, name) for other in files), None)

    @cached_property
    def lasting(self) -> dict[str, list[str]]:
        """List the files that declare a variable outside of everything, by the name of that."""
        found: dict[str, list[str]] = {}
        for path, file in self.tree.files.items():
            for scope, name in file.variables:
                if scope == TOP:
                    found.setdefault(name, []).append(path)
        return found

    def made(self, path: str, scope: Scope, call: Call) -> Value | None:
        """Say what a call hands back."""
        if call.action and call.type:
            return self.typed(call.type, path, scope)._replace(pointer=True)
        if call.action:
            return self.operand(path, scope, call)
        made = self.written.made(call.name, call.type)
        return self.typed(made, path, scope) if made else self.result(path, scope, call.name)

    def operand(self, path: str, scope: Scope, call: Call) -> Value | None:
        """Say what the first operand of a chain of operators is, and so what they hand back."""
        first = next(iter(call.arguments), "").partition(call.name)[0].strip()
        return self.at(path, scope, first) if first else None

    def result(self, path: str, scope: Scope, name: str) -> Value | None:
        """Say what a function hands back; a class that is called is an object of it."""
        value = Value(name, path, scope)
        if self.members.classes(value):
            return value
        link = self.names.look_up(self.tree.files[path], scope, name)
        return self.handed_out(link.references if link else ())

    def member(self, owner: Value, part: Part) -> Value | None:
        """Say what a member of a value is, or what a call of it hands back, which may need no parentheses."""
        if not part.called and (held := self.members.field(owner, part.name)):
            return held
        return self.handed_out(self.members.methods(self.members.classes(owner), part.name, ANNOUNCED))

    def handed_out(self, functions: Iterable[Reference]) -> Value | None:
        """Say what the first of some functions hands out of which the text tells it."""
        return next(filter(None, (self.said(found.path, found.index, RETURN) for found in functions)), None)

    def said(self, path: str, scope: Scope, name: str) -> Value | None:
        """Say what is declared under a name right in a scope."""
        variable = self.tree.files[path].variables.get((scope, name))
        return self.typed(variable.type, path, scope)._replace(pointer=variable.pointer) if variable else None


def scopes(file: FileIndex, scope: Scope) -> Iterator[Scope]:
    """Yield a scope and those around it, the file last."""
    while scope != TOP:
        yield scope
        scope = file.facts.definitions[scope].inside
    yield scope
