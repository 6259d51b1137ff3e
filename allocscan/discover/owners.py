"""Of which type the object is whose field is filled or called, where a declaration tells."""

from functools import cached_property

from allocscan.discover.units import MEMBER
from allocscan.model import CLASS_KINDS, Definition, Flow, Variable
from allocscan.resolve.index import TOP, VARIABLE, FileIndex, Scope, TreeIndex

STRUCT = "struct"


class Owners:
    """Finds the types of the objects that fields belong to, each under one name."""

    def __init__(self, tree: TreeIndex) -> None:
        self.tree = tree
        self.known: dict[str, str] = {}

    def of(self, file: FileIndex, scope: Scope, place: str) -> str:
        """Name the type whose field a place is; empty where the text does not tell."""
        name, *fields = MEMBER.split(place)
        if len(fields) != 1 or not name.isidentifier():
            return ""
        variable = file.variables.get((scope, name)) or self.lasting(file, scope, name)
        return self.named(variable.type) if variable else ""

    def filled(self, file: FileIndex, flow: Flow) -> str:
        """Name the type whose field takes a value; a field that is named alone is one of the variable around it."""
        table = file.facts.definitions[flow.inside] if flow.inside != TOP and not MEMBER.split(flow.target)[0] else None
        if not table or table.kind != VARIABLE:
            return self.of(file, flow.inside, flow.target)
        variable = file.variables.get((table.inside, table.name))
        known = variable and MEMBER.split(flow.target)[-1] in fields_of(self.tree, variable.type)
        return self.named(variable.type) if variable and known else ""

    def lasting(self, file: FileIndex, scope: Scope, name: str) -> Variable | None:
        """Find a variable of the file that a function does not hide."""
        hidden = scope != TOP and name in file.facts.definitions[scope].parameters
        return None if hidden else file.variables.get((TOP, name))

    def named(self, type: str) -> str:
        """Give the one name of a type that may have several; empty where objects of others may stand in for its own."""
        if type not in self.known:
            name = type.rpartition(" ")[2]
            alias = next((each.body for each in structures(self.tree, type) if each.body), name).rpartition(" ")[2]
            self.known[type] = "" if {name, alias} & self.related else alias
        return self.known[type]

    @cached_property
    def related(self) -> frozenset[str]:
        """The names of all classes that are derived from others, and of those others."""
        found: set[str] = set()
        for path, file in self.tree.files.items():
            last = self.tree.language(path).names.last
            for each in file.facts.definitions:
                if each.bases and each.kind in CLASS_KINDS:
                    found.update(map(last, (each.name, *each.bases)))
        return frozenset(found)


def structures(tree: TreeIndex, type: str) -> list[Definition]:
    """List the structures of a name."""
    name = type.rpartition(" ")[2]
    known = (tree.definition(found) for found in tree.by_name.get(name, ()))
    return [each for each in known if each.kind == STRUCT]


def fields_of(tree: TreeIndex, type: str) -> tuple[str, ...]:
    """List the fields of a structure, by its own name or by one that it was given."""
    known = structures(tree, type)
    known += [found for each in known if each.body for found in structures(tree, each.body)]
    return next((each.parameters for each in known if each.parameters), ())
