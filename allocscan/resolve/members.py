"""What the classes of a program hold, their bases and those derived from them included."""

from collections.abc import Collection, Iterator
from typing import NamedTuple, Protocol

from allocscan.languages import Names
from allocscan.model import Import, Link, Reference
from allocscan.resolve.aliases import Aliases
from allocscan.resolve.homes import Homes
from allocscan.resolve.includes import Includes
from allocscan.resolve.index import FileIndex, Scope, TreeIndex

DEEPEST = 8
"""Aliases that are followed one after the other."""
FUNCTIONS = frozenset(("function", "method"))
ANNOUNCED = FUNCTIONS | {"declaration"}
"""Kinds of definitions that say at least what a method hands back."""


class Value(NamedTuple):
    """What a value is declared to be, and where that is written."""

    type: str
    path: str
    scope: Scope
    pointer: bool = False
    """It only points to such an object."""


class Types(Protocol):
    """A way to look types up."""

    def look_up_type(self, file: FileIndex, scope: Scope, name: str) -> Link | None:
        """Say which class a name means."""


class Members:
    """Looks for members in the classes that values are of."""

    def __init__(
        self, tree: TreeIndex, names: Names, homes: Homes, aliases: Aliases, includes: Includes, types: Types
    ) -> None:
        self.tree = tree
        self.names = names
        self.homes = homes
        self.aliases = aliases
        self.includes = includes
        self.types = types

    def classes(self, value: Value) -> tuple[Reference, ...]:
        """List the classes of the tree that a value may be of."""
        link = self.types.look_up_type(self.tree.files[value.path], value.scope, value.type)
        return link.references if link else ()

    def field(self, owner: Value, name: str) -> Value | None:
        """Say what a field of a value is declared to be."""
        for found in self.with_bases(owner):
            if variable := self.tree.files[found.path].variables.get((found.index, name)):
                return self.plain(Value(variable.type, found.path, found.index, variable.pointer))
        return None

    def with_bases(self, owner: Value) -> Iterator[Reference]:
        """Yield the classes that a value may be of, and those that they are derived from."""
        classes = self.classes(owner)
        yield from classes
        for base in sorted(self.bases(classes)):
            yield from (each for each in self.tree.by_name.get(base, ()) if self.tree.is_class(each))

    def bases(self, classes: Collection[Reference]) -> frozenset[str]:
        """Name the classes that some are derived from."""
        return frozenset().union(*(self.homes.bases(self.name(found)) for found in classes))

    def name(self, found: Reference) -> str:
        """Give the name of a class by itself."""
        return self.names.last(self.tree.definition(found).name)

    def methods(self, classes: Collection[Reference], name: str, kinds: Collection[str] = FUNCTIONS) -> list[Reference]:
        """List the methods of a name that some classes have or are given, and what stands in for those in others."""
        every = [each for each in self.tree.by_name.get(name, ()) if self.tree.definition(each).kind in kinds]
        owned = [(home[-1], each) for each in every if (home := self.homes.home(each))]
        own, bases = {self.name(found) for found in classes}, self.bases(classes)
        found = self.closest(classes, [each for home, each in owned if home in own])
        return [
            *(found or [each for home, each in owned if home in bases]),
            *(each for home, each in owned if home not in own and not own.isdisjoint(self.homes.bases(home))),
        ]

    def closest(self, classes: Collection[Reference], methods: list[Reference]) -> list[Reference]:
        """Keep the methods that stand in the same namespaces as their classes, where any do."""
        homes = {(*self.homes.home(found), self.name(found)) for found in classes}
        return [each for each in methods if self.homes.home(each) in homes] or methods

    def plain(self, value: Value) -> Value:
        """Undo the aliases of a type, with their arguments."""
        for _ in range(DEEPEST):
            found = self.alias(value)
            if found is None or found.type == value.type:
                break
            value = found
        return value

    def alias(self, value: Value) -> Value | None:
        """Say what the name of a type was declared to stand for, where it is closest."""
        *qualifiers, last = self.names.split(self.names.plain(value.type))
        included = self.includes.of(value.path)
        for path, imported in self.aliases.meant(tuple(qualifiers), last, value.path, value.scope, included):
            return Value(self.applied(imported, value.type), path, imported.inside, value.pointer)
        return None

    def applied(self, imported: Import, type: str) -> str:
        """Give what a name stands for the arguments that are written behind it, where it has none of its own."""
        generic = self.names.plain(imported.target) != imported.target
        return imported.target if generic else imported.target + type.rpartition(imported.name)[2]
