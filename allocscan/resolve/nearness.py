"""Which of the definitions of a name a file means, where names belong to the whole program."""

from collections.abc import Iterator

from allocscan.model import Basis, Link, Reference
from allocscan.resolve.includes import Includes
from allocscan.resolve.index import MACRO, TreeIndex
from allocscan.resolve.modules import shared

PROTOTYPE = "prototype"
"""The kind of a function that is announced only; it is meant where nothing else is."""
UNSEEN = (MACRO, PROTOTYPE)
"""Kinds of definitions that say nothing to a file which does not include them."""


class Nearness:
    """Chooses what a file means: its own, what it includes, or what all files see, the nearest first."""

    def __init__(self, tree: TreeIndex, includes: Includes) -> None:
        self.tree = tree
        self.includes = includes

    def closest(self, path: str, name: str, candidates: list[Reference], expanded: bool) -> Link:
        """Find the definitions that a file may mean; what is only announced is meant where nothing else is."""
        defined = [found for found in candidates if self.tree.definition(found).kind != PROTOTYPE]
        link = self.among(path, name, defined, expanded)
        return self.among(path, name, candidates, expanded) if candidates and not link.references else link

    def among(self, path: str, name: str, candidates: list[Reference], expanded: bool) -> Link:
        """Find the definitions that a file may mean by a name: its own, or else those of others.

        What a file only announces is what others define.
        """
        here = tuple(sorted((found for found in candidates if found.path == path), key=self.declared))
        seen = [found for found in candidates if expanded or self.visible(found, path)]
        if here and (not self.declared(here[0]) or all(map(self.declared, seen))):
            return Link(name, (*here, *self.instead(here, seen)), Basis.SAME_FILE)
        return self.elsewhere(path, name, seen or self.guessed(path, candidates))

    def instead(self, here: tuple[Reference, ...], seen: list[Reference]) -> Iterator[Reference]:
        """Yield the macros of others that stand for a name where the conditions do not hold of a file's definitions."""
        open_to_others = all(self.tree.definition(found).condition for found in here)
        macros = (found for found in seen if self.tree.definition(found).kind == MACRO)
        yield from (found for found in macros if found not in here) if open_to_others else ()

    def beside(self, path: str, name: str, candidates: list[Reference]) -> Link:
        """Find the definitions that a file may mean which whoever includes it brings."""
        around = self.includes.around(path)
        return self.elsewhere(path, name, [found for found in candidates if found.path in around])

    def guessed(self, path: str, candidates: list[Reference]) -> list[Reference]:
        """Give the only macro that is meant where nobody but who builds a file knows what it includes."""
        macros = [found for found in candidates if self.tree.definition(found).kind == MACRO]
        return macros if len(macros) == 1 and self.includes.is_partial(path) else []

    def elsewhere(self, path: str, name: str, visible: list[Reference]) -> Link:
        """Choose among the definitions in other files: those included come first, then those that all can see.

        Of several that stand equally near, those come first that stand under no condition.
        """
        if not visible:
            return Link(name, (), None)
        included = self.includes.of(path)
        visible.sort(
            key=lambda found: (
                self.declared(found),
                found.path not in included,
                self.tree.private(found),
                -shared(found.path, path),
                bool(self.tree.definition(found).condition),
                found.path,
                found.index,
            )
        )
        if visible[0].path in included:
            basis = Basis.IMPORT
        else:
            basis = Basis.UNIQUE_NAME if len(visible) == 1 else Basis.AMBIGUOUS
        return Link(name, tuple(visible), basis)

    def declared(self, found: Reference) -> bool:
        """Tell whether a definition is only announced; what it really is stands elsewhere."""
        return self.tree.definition(found).kind == "declaration"

    def visible(self, found: Reference, path: str) -> bool:
        """Tell whether a file can see a definition; what a macro names is seen where the macro is used."""
        hidden = self.tree.private(found) or self.tree.definition(found).kind in UNSEEN
        return not hidden or found.path in self.includes.of(path)
