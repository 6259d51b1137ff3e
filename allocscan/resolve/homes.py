"""Where definitions belong: namespaces, classes and the classes that those are derived from."""

from collections.abc import Collection

from allocscan.model import CLASS_KINDS, Reference
from allocscan.resolve.index import Scope, TreeIndex

Path = tuple[str, ...]
"""Names of namespaces and classes, the outermost first."""
DEEPEST = 8
"""Bases that are followed one after the other."""


class Homes:
    """Which definitions can be seen from where."""

    def __init__(self, tree: TreeIndex) -> None:
        self.tree = tree
        self.homes: dict[Reference, Path] = {}
        self.paths: dict[tuple[str, Scope], Path] = {}
        self.derived: dict[str, frozenset[str]] = {}

    def nearest(
        self, candidates: list[Reference], qualifiers: Path, path: str, scope: Scope, opened: Collection[str]
    ) -> list[Reference]:
        """Keep the candidates that a name may mean in a scope, of those the ones that stand closest around it."""
        if not qualifiers and not any(map(self.home, candidates)):
            # What stands outside of everything is as close to everything.
            return candidates
        around = self.around(path, scope)
        ranked = [(self.rank(around, self.home(found), qualifiers, opened), found) for found in candidates]
        best = max((rank for rank, _ in ranked if rank is not None), default=None)
        return [found for rank, found in ranked if rank is not None and rank == best]

    def rank(self, around: Path, home: Path, qualifiers: Path, opened: Collection[str]) -> int | None:
        """Say how close a definition stands to where it is named; None when it cannot be meant."""
        outer = home[: len(home) - len(qualifiers)]
        if home[len(outer) :] != qualifiers:
            return None
        if around[: len(outer)] == outer and (qualifiers or around[: len(home)] == home):
            return len(home)
        if not qualifiers and home[-1] in self.bases(around[-1] if around else ""):
            return len(around)
        return -1 if qualifiers or home[-1] in opened else None

    def around(self, path: str, scope: Scope) -> Path:
        """Name what a scope stands in."""
        key = (path, scope)
        if key not in self.paths:
            self.paths[key] = self.tree.scope_path(path, scope)
        return self.paths[key]

    def home(self, reference: Reference) -> Path:
        """Name what a definition belongs to."""
        if reference not in self.homes:
            self.homes[reference] = self.tree.home(reference)
        return self.homes[reference]

    def in_class(self, reference: Reference) -> bool:
        """Tell whether a definition is a member of a class."""
        home = self.home(reference)
        return bool(home) and any(
            self.tree.definition(found).kind in CLASS_KINDS for found in self.tree.by_name.get(home[-1], ())
        )

    def bases(self, name: str) -> frozenset[str]:
        """Name the classes that those of a name are derived from, however indirectly."""
        if name not in self.derived:
            found: set[str] = set()
            news = {name}
            for _ in range(DEEPEST):
                news = {base for derived in news for base in self.direct_bases(derived)} - found
                found |= news
            self.derived[name] = frozenset(found)
        return self.derived[name]

    def direct_bases(self, name: str) -> set[str]:
        """Name the classes that those of a name say to be derived from."""
        return {
            self.tree.language(found.path).names.last(base)
            for found in self.tree.by_name.get(name, ())
            if self.tree.definition(found).kind in CLASS_KINDS
            for base in self.tree.definition(found).bases
        }
