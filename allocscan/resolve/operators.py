"""What an operator does: what the language says of it, or a class of its own objects."""

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
        self.methods = language.receivers.operators
        homes = Homes(tree)
        self.members = Members(tree, language.names, homes, Aliases(tree, homes), Includes(tree), names)
        self.values = Values(tree, language, homes, self.members, names)

    def meant(self, file: FileIndex, call: Call) -> Link | None:
        """Say which methods an operator means; None where the text does not tell that its operand has any."""
        value = self.values.operand(file.facts.path, call.context.inside, call)
        classes = self.members.classes(value) if value else ()
        found = [each for name in self.methods[call.name] for each in self.members.methods(classes, name)]
        return Link(call.name, tuple(found), Basis.UNIQUE_NAME, member=True) if found else None
