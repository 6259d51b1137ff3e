"""What can be seen from where, in a language whose names belong to the whole program."""

from dataclasses import dataclass, field

from allocscan.model import Link
from allocscan.resolve.aliases import Aliases
from allocscan.resolve.homes import Homes, Path
from allocscan.resolve.includes import Includes, folder
from allocscan.resolve.index import MACRO, FileIndex, Scope

Corner = tuple[str, bool, bool]
"""A folder, whether only those know what a file includes who build it, and whether a macro is looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What scopes of a file see that have the same surroundings, and what names were found to mean there."""

    path: str
    included: frozenset[str]
    expanded: bool
    """It is what a macro stands for, which is seen where the macro is used."""
    corner: Corner
    """What tells it apart from others where neither its file nor what that includes defines a name."""
    known: dict[tuple[str, bool], Link] = field(default_factory=dict)
    """By the name, and whether it is called."""


class Views:
    """The views from all scopes of a tree, one for those that see the same."""

    def __init__(self, homes: Homes, aliases: Aliases, includes: Includes) -> None:
        self.homes = homes
        self.aliases = aliases
        self.includes = includes
        self.by_scope: dict[tuple[str, Scope], View] = {}
        self.alike: dict[tuple[str, Path, bool, Scope | None], View] = {}

    def of(self, file: FileIndex, scope: Scope) -> View:
        """Give the view from a scope."""
        key = (file.facts.path, scope)
        view = self.by_scope.get(key)
        if view is None:
            view = self.by_scope[key] = self.shared(file, scope)
        return view

    def shared(self, file: FileIndex, scope: Scope) -> View:
        """Give the view of all scopes with the surroundings of one; where a file declares aliases, each has its own."""
        path, expanded = file.facts.path, is_macro(file, scope)
        own = scope if path in self.aliases.paths else None
        key = (path, self.homes.around(path, scope), expanded, own)
        if key not in self.alike:
            corner = (folder(path), self.includes.is_partial(path), expanded)
            self.alike[key] = View(path, self.includes.of(path), expanded, corner)
        return self.alike[key]


def is_macro(file: FileIndex, scope: Scope) -> bool:
    """Tell whether a scope is a macro's body, or lies in one."""
    while scope >= 0 and file.facts.definitions[scope].kind != MACRO:
        scope = file.facts.definitions[scope].inside
    return scope >= 0
