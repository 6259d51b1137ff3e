"""Names that were declared to stand for other names."""

from collections.abc import Collection

from allocscan.languages import Names
from allocscan.model import Import
from allocscan.resolve.index import FileIndex, Scope, TreeIndex

DEEPEST = 8
"""Aliases that are followed one after the other."""


class Aliases:
    """The aliases of a tree, by name and file, and the namespaces that files open."""

    def __init__(self, tree: TreeIndex) -> None:
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

    def undone(
        self, parts: list[str], file: FileIndex, scope: Scope, included: Collection[str], names: Names
    ) -> list[str]:
        """Replace the first part of a name as long as it is an alias."""
        for _ in range(DEEPEST if parts[0] in self.by_name else 0):
            target = self.target(parts[0], file, scope, included, names)
            if not target or target[-1] == parts[0] == target[0]:
                break
            parts = [*target, *parts[1:]]
        return parts

    def target(self, name: str, file: FileIndex, scope: Scope, included: Collection[str], names: Names) -> list[str]:
        """Say what a name was declared to stand for; empty where nothing or different things are said."""
        by_file = self.by_name.get(name, {})
        own = by_file.get(file.facts.path, [])
        around = [imported for imported in own if encloses(file, imported.inside, scope)]
        others = [imported for path, found in by_file.items() if path in included for imported in found]
        for found in (around, own, others):
            targets = {names.plain(imported.target) for imported in found}
            if targets:
                return names.split(targets.pop()) if len(targets) == 1 else []
        return []


def encloses(file: FileIndex, outer: Scope, scope: Scope) -> bool:
    """Tell whether a scope is another one or stands inside it."""
    while scope != outer and scope != -1:
        scope = file.facts.definitions[scope].inside
    return scope == outer
