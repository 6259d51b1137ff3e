"""What an operator does: what the language says of it, or the tree of its own objects."""

import re
from dataclasses import replace
from typing import Protocol

from allocscan.languages import Language
from allocscan.model import Basis, Call, Link, Reference
from allocscan.resolve.index import FileIndex, Scope, TreeIndex
from allocscan.resolve.members import ANNOUNCED, FUNCTIONS, Members
from allocscan.resolve.values import Values


class Names(Protocol):
    """A way to look types up, and to follow values."""

    @property
    def values(self) -> Values:
        """Give what follows values."""

    def look_up_type(self, file: FileIndex, scope: Scope, name: str) -> Link | None:
        """Say which class a name means."""


class Operators:
    """Finds the methods by which classes of the tree say what operators do."""

    def __init__(self, tree: TreeIndex, language: Language, names: Names) -> None:
        self.tree = tree
        self.names = names
        self.methods = language.receivers.operators
        self.placed = language.receivers.placed
        self.freed = language.receivers.freed
        self.told = re.compile(language.receivers.told or "(?!)")

    @property
    def values(self) -> Values:
        """Give what follows operands."""
        return self.names.values

    @property
    def members(self) -> Members:
        """Give what looks for methods."""
        return self.values.members

    def decide(self, call: Call) -> bool:
        """Tell whether the tree may say what a construct does."""
        if call.name in self.methods or (call.name in self.placed and not call.action):
            return True
        own = self.freed.get(call.name) or self.placed.get(call.name)
        return own is not None and own in self.tree.by_name

    def meant(self, file: FileIndex, call: Call) -> Link | None:
        """Say which functions of the tree a construct means; None where the text does not tell that there are any."""
        if call.name in self.methods:
            return self.applied(file, call)
        if not call.action:
            return self.given(file, call)
        return self.giving_back(file, call) if call.name in self.freed else self.making(file, call)

    def making(self, file: FileIndex, call: Call) -> Link | None:
        """Say which class an object is made of, and which function that has for its memory."""
        made = self.names.look_up_type(file, call.context.inside, call.type) if call.type else None
        own = self.own(made.references, self.placed[call.name]) if made and made.references else ()
        return replace(made, references=(*made.references, *own)) if made and own else made

    def giving_back(self, file: FileIndex, call: Call) -> Link | None:
        """Say which function the class of an object has to give that back."""
        place = self.values.written.folded("".join("".join(call.arguments[:1]).split()))
        value = self.values.at(file.facts.path, call.context.inside, place) if place else None
        own = self.own(self.members.classes(value), self.freed[call.name]) if value else ()
        return Link(self.tree.full_name(own[0]), own, Basis.UNIQUE_NAME) if own else None

    def own(self, classes: tuple[Reference, ...], name: str) -> tuple[Reference, ...]:
        """Find the functions of a name of some classes, or of those that they are derived from."""
        names = {*map(self.members.name, classes), *self.members.bases(classes)}
        found = [
            each
            for each in self.members.methods(classes, name, ANNOUNCED)
            if self.members.homes.home(each)[-1] in names and self.is_plain(each)
        ]
        return tuple(sorted(found, key=lambda each: self.tree.definition(each).kind not in FUNCTIONS))

    def is_plain(self, function: Reference) -> bool:
        """Tell whether a function takes nothing but what each object is made with, or given back."""
        _, *others = self.tree.definition(function).parameters or ("",)
        return all(self.told.search(self.type_of(function, each)) for each in others)

    def applied(self, file: FileIndex, call: Call) -> Link | None:
        """Say which methods an operator means; None where the text does not tell that its operand has any."""
        value = self.values.operand(file.facts.path, call.context.inside, call)
        classes = self.members.classes(value) if value else ()
        found = [each for name in self.methods[call.name] for each in self.members.methods(classes, name)]
        return Link(call.name, tuple(found), Basis.UNIQUE_NAME, member=True) if found else None

    def given(self, file: FileIndex, call: Call) -> Link | None:
        """Say which function of the tree gives a construct its memory, of those that take what it is told."""
        scope, name = call.context.inside, self.placed[call.name]
        made = self.names.look_up_type(file, scope, call.type)
        own = self.members.methods(made.references if made else (), name, ANNOUNCED)
        found = own or [each for each in self.tree.by_name.get(name, ()) if not self.members.homes.in_class(each)]
        fitting = [each for each in found if self.takes(each, file, call)]
        fitting.sort(key=lambda each: self.tree.definition(each).kind not in FUNCTIONS)
        return Link(self.tree.full_name(fitting[0]), tuple(fitting), Basis.UNIQUE_NAME) if fitting else None

    def takes(self, function: Reference, file: FileIndex, call: Call) -> bool:
        """Tell whether a function takes a size and what a call is told: one thing by its type, several by number."""
        _, *parameters = self.tree.definition(function).parameters or ("",)
        if len(parameters) != len(call.arguments) or not parameters:
            return False
        return len(parameters) > 1 or self.is_of(file, call, self.type_of(function, parameters[0]))

    def type_of(self, function: Reference, parameter: str) -> str:
        """Give the type of a parameter; one that has no name is listed by it."""
        variable = self.tree.files[function.path].variables.get((function.index, parameter))
        return self.members.names.last(variable.type if variable else parameter)

    def is_of(self, file: FileIndex, call: Call, type: str) -> bool:
        """Tell whether the first argument of a call is an object of a class, or of one derived from that."""
        place = self.values.written.folded("".join(call.arguments[0].lstrip("*&").split()))
        value = self.values.at(file.facts.path, call.context.inside, place)
        names = self.members.with_bases(value) if value else ()
        return any(self.members.name(found) == type for found in names)
