"""What an operator does: what the language says of it, or a class of its own objects."""

from functools import cached_property
from typing import Protocol

from allocscan.languages import Language
from allocscan.model import Basis, Call, Link
from allocscan.resolve.aliases import Aliases
from allocscan.resolve.homes import Homes
from allocscan.resolve.includes import Includes
from allocscan.resolve.index import FileIndex, TreeIndex
from allocscan.resolve.members import Members, Types
from allocscan.resolve.values import Names, Values


class LookUp(Names, Types, Protocol):
    """A way to look up names and types."""


class Operators:
    """Finds the methods by which classes of the tree say what operators do."""

    def __init__(self, tree: TreeIndex, language: Language, names: LookUp) -> None:
        self.tree = tree
        self.language = language
        self.names = names
        self.methods = language.receivers.operators

    @cached_property
    def members(self) -> Members:
        """Make ready to look for methods."""
        homes = Homes(self.tree)
        return Members(
            self.tree, self.language.names, homes, Aliases(self.tree, homes), Includes(self.tree), self.names
        )

    @cached_property
    def values(self) -> Values:
        """Make ready to follow operands."""
        return Values(self.tree, self.language, self.members.homes, self.members, self.names)

    def meant(self, file: FileIndex, call: Call) -> Link | None:
        """Say which methods an operator means; None where the text does not tell that its operand has any."""
        value = self.values.operand(file.facts.path, call.context.inside, call)
        classes = self.members.classes(value) if value else ()
        found = [each for name in self.methods[call.name] for each in self.members.methods(classes, name)]
        return Link(call.name, tuple(found), Basis.UNIQUE_NAME, member=True) if found else None
