"""Names that were declared to stand for other names."""

from collections.abc import Collection, Iterator

from allocscan.model import Import
from allocscan.resolve.homes import Homes, Path
from allocscan.resolve.index import SCOPES, Scope, TreeIndex

DEEPEST = 8
"""Aliases that are followed one after the other."""


class Aliases:
    """The aliases of a tree, by name and file, and the namespaces that files open."""

    def __init__(self, tree: TreeIndex, homes: Homes) -> None:
        self.tree = tree
        self.homes = homes
        self.by_name: dict[str, dict[str, list[Import]]] = {}
        self.opened: dict[str, set[str]] = {}
        """The last names of the namespaces that a file need not name, by path."""
        self.paths: set[str] = set()
        """The files that declare aliases."""
        for path, file in tree.files.items():
            for imported in file.facts.imports:
                if not imported.module:
                    self.by_name.setdefault(imported.name, {}).setdefault(path, []).append(imported)
                    if imported.name.isidentifier():
                        self.paths.add(path)
                elif imported.name == tree.language(path).modules.everything:
                    self.opened.setdefault(path, set()).add(tree.language(path).names.last(imported.module))

    def undone(self, parts: list[str], path: str, scope: Scope, included: Collection[str]) -> list[str]:
        """Replace the first part of a name as long as it is an alias."""
        names = self.tree.language(path).names
        for _ in range(DEEPEST if parts[0] in self.by_name else 0):
            found = self.meant((), parts[0], path, scope, included)
            targets = {names.plain(imported.target) for _, imported in found}
            target = names.split(targets.pop()) if len(targets) == 1 else []
            if not target or target[-1] == parts[0] == target[0]:
                break
            parts = [*target, *parts[1:]]
        return parts

    def meant(
        self, qualifiers: Path, name: str, path: str, scope: Scope, included: Collection[str]
    ) -> list[tuple[str, Import]]:
        """List the aliases that a name may mean in a scope, of those that can be seen the closest."""
        ranked = [
            (rank, place, imported)
            for place, found in self.by_name.get(name, {}).items()
            if place == path or place in included
            for imported in found
            if (rank := self.rank(imported, place, qualifiers, path, scope)) is not None
        ]
        best = max((rank for rank, *_ in ranked), default=None)
        return [(place, imported) for rank, place, imported in ranked if rank == best]

    def rank(
        self, imported: Import, place: str, qualifiers: Path, path: str, scope: Scope
    ) -> tuple[bool, int, bool] | None:
        """Say how close an alias stands to where it is named; None where it cannot be seen."""
        local = not self.is_scope(place, imported.inside)
        if local and (place != path or imported.inside not in self.enclosing(path, scope)):
            return None
        home, around = self.homes.around(place, imported.inside), self.homes.around(path, scope)
        outer = home[: len(home) - len(qualifiers)]
        fits = home[len(outer) :] == qualifiers and (around[: len(outer)] == outer or bool(qualifiers))
        return (local, len(outer), place == path) if fits else None

    def is_scope(self, path: str, scope: Scope) -> bool:
        """Tell whether a scope is a file, a namespace or a class."""
        return scope == -1 or self.tree.files[path].facts.definitions[scope].kind in SCOPES

    def enclosing(self, path: str, scope: Scope) -> Iterator[Scope]:
        """Yield a scope and those around it."""
        while scope != -1:
            yield scope
            scope = self.tree.files[path].facts.definitions[scope].inside
