"""Whose method is called: that of the class which a value is declared to be of."""

from dataclasses import replace
from typing import Protocol

from allocscan.model import Basis, Link, Reference
from allocscan.resolve.index import FileIndex, Scope
from allocscan.resolve.members import Value
from allocscan.resolve.values import Values


class Names(Protocol):
    """A way to look names up among definitions."""

    def among(self, path: str, name: str, candidates: list[Reference], expanded: bool) -> Link:
        """Find the definitions that a file may mean by a name."""


class Receivers:
    """Finds the methods of values."""

    def __init__(self, values: Values, names: Names) -> None:
        self.tree = values.tree
        self.language = values.language
        self.members = values.members
        self.values = values
        self.names = names

    def method(self, file: FileIndex, scope: Scope, name: str) -> Link | None:
        """Say which method of which class a call means; None where the text does not tell what its value is."""
        place, mark, last = self.values.written.method(name)
        value = self.values.at(file.facts.path, scope, place) if place else None
        owner = self.values.reached(value, mark) if value else None
        return self.link(file, owner, last) if owner else None

    def link(self, file: FileIndex, owner: Value, name: str) -> Link | None:
        """Say which method of a value is meant."""
        classes = self.members.classes(owner)
        if not classes and not self.values.written.is_foreign(owner.type):
            return None
        found = self.members.methods(classes, name) if classes else []
        if len(set(map(self.members.homes.home, found))) > 1:
            method = self.language.receivers.marks[0] + name
            return Link(method, tuple(found), Basis.AMBIGUOUS, member=True, receiver=owner.type)
        of = self.tree.full_name(classes[0]) if classes else self.language.names.plain(owner.type)
        full = self.language.names.join(of, name)
        link = self.names.among(file.facts.path, full, found, True) if found else Link(full, (), None)
        return replace(link, receiver=owner.type)
