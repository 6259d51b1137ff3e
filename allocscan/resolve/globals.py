"""What a name means where names belong to the whole program, but for those that a file keeps to itself."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from allocscan.languages import Language
from allocscan.model import CLASS_KINDS, UNCALLED_KINDS, Basis, Link, Reference
from allocscan.resolve.aliases import Aliases
from allocscan.resolve.homes import Homes
from allocscan.resolve.index import FileIndex, Scope, TreeIndex
from allocscan.resolve.modules import shared

FUNCTION = "function"
PROTOTYPE = "prototype"
"""The kind of a function that is announced only; it is meant where nothing else is."""
NAME = re.compile(r"~?\w+(?: \w+)*(?:\[\])?")

MACRO = "macro"
"""The kind of a definition that is replaced as text, wherever it is used."""


class GlobalNames:
    """Look names up in their own file, in the files that it includes, then in the whole tree."""

    def __init__(self, tree: TreeIndex, language: Language) -> None:
        self.tree = tree
        self.names = language.names
        self.homes = Homes(tree)
        self.aliases = Aliases(tree)
        self.by_file_name: dict[str, list[str]] = {}
        for path in tree.files:
            self.by_file_name.setdefault(path.rpartition("/")[2], []).append(path)
        self.reached: dict[str, frozenset[str]] = {}
        self.open: dict[str, frozenset[str]] = {}

    def look_up(self, file: FileIndex, scope: Scope, name: str) -> Link | None:
        """Say what a name means; None for a member of a value, and where a parameter or variable hides the name."""
        parts = self.parts(name)
        if not parts:
            return self.method(file, self.names.member(self.names.plain(name)))
        if self.is_variable(file, scope, name):
            return None
        return self.meant(file, scope, parts, lambda kind: kind not in UNCALLED_KINDS)

    @cached_property
    def renamed(self) -> dict[str, list[Reference]]:
        """List, for each name that functions only have once macros have replaced what is written, those functions."""
        found: dict[str, list[Reference]] = {}
        for macro in (Reference(path, number) for path, file in self.tree.files.items() for number in renaming(file)):
            new = self.tree.definition(macro).body
            for other in self.tree.by_name.get(self.tree.definition(macro).name, ()):
                if self.tree.definition(other).kind == FUNCTION and self.replaced(other, macro):
                    found.setdefault(new, []).append(other)
        return found

    def replaced(self, found: Reference, macro: Reference) -> bool:
        """Tell whether a macro stands before a definition."""
        if found.path != macro.path:
            return macro.path in self.included(found.path)
        return self.tree.definition(macro).location.line < self.tree.definition(found).location.line

    def method(self, file: FileIndex, name: str) -> Link | None:
        """Say which methods the member of an unknown value may be."""
        found = tuple(
            found
            for found in self.tree.by_name.get(name, ())
            if self.tree.files[found.path].facts.language == file.facts.language
            and self.tree.definition(found).kind == "function"
            and self.homes.in_class(found)
        )
        basis = Basis.UNIQUE_NAME if len(found) == 1 else Basis.AMBIGUOUS
        return Link(self.names.dot + name, found, basis, member=True) if found else None

    def look_up_type(self, file: FileIndex, scope: Scope, name: str) -> Link | None:
        """Say which class a name means."""
        parts = self.parts(name)
        return self.meant(file, scope, parts, CLASS_KINDS.__contains__) if parts else None

    def parts(self, name: str) -> list[str]:
        """Split a name; empty for what is no mere name."""
        plain = self.names.plain(name)
        parts = [] if self.names.member(plain) else self.names.split(plain)
        return parts if all(NAME.fullmatch(part) for part in parts) else []

    def is_variable(self, file: FileIndex, scope: Scope, name: str) -> bool:
        """Tell whether the enclosing function has a parameter or variable of a name."""
        return scope >= 0 and ((scope, name) in file.flows or name in file.facts.definitions[scope].parameters)

    def meant(self, file: FileIndex, scope: Scope, parts: list[str], wanted: Callable[[str], bool]) -> Link:
        """Find the definitions of a wanted kind that a name may mean."""
        path = file.facts.path
        *qualifiers, last = self.aliases.undone(parts, file, scope, self.included(path), self.names)
        full = self.names.join(*qualifiers, last)
        named = (*self.tree.by_name.get(last, ()), *self.renamed.get(last, ()))
        candidates = [found for found in named if wanted(self.tree.definition(found).kind)]
        nearest = self.homes.nearest(candidates, tuple(qualifiers), path, scope, self.opened(path))
        expanded = scope >= 0 and file.facts.definitions[scope].kind == MACRO
        defined = [found for found in nearest if self.tree.definition(found).kind != PROTOTYPE]
        link = self.among(path, full, defined, expanded)
        return self.among(path, full, nearest, expanded) if nearest and not link.references else link

    def among(self, path: str, name: str, candidates: list[Reference], expanded: bool) -> Link:
        """Find the definitions that a file may mean by a name: its own, or else those of others."""
        here = tuple(sorted((found for found in candidates if found.path == path), key=self.declared))
        if here:
            return Link(name, here, Basis.SAME_FILE)
        return self.elsewhere(path, name, [found for found in candidates if expanded or self.visible(found, path)])

    def opened(self, path: str) -> frozenset[str]:
        """Name the namespaces that a file, or one that it includes, has opened."""
        if path not in self.open:
            places = (path, *self.included(path))
            self.open[path] = frozenset().union(*(self.aliases.opened.get(place, ()) for place in places))
        return self.open[path]

    def elsewhere(self, path: str, name: str, visible: list[Reference]) -> Link:
        """Choose among the definitions in other files: those included come first."""
        included = self.included(path)
        visible.sort(
            key=lambda found: (
                self.declared(found),
                found.path not in included,
                -shared(found.path, path),
                found.path,
                found.index,
            )
        )
        if not visible:
            return Link(name, (), None)
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
        hidden = self.tree.private(found) or self.tree.definition(found).kind == MACRO
        return not hidden or found.path in self.included(path)

    def included(self, path: str) -> frozenset[str]:
        """Find every file that a file includes, directly or not."""
        if path not in self.reached:
            found, pending = {path}, [path]
            while pending:
                current = pending.pop()
                news = [place for place in self.direct(current) if place not in found]
                found.update(news)
                pending += news
            self.reached[path] = frozenset(found - {path})
        return self.reached[path]

    def spelled_out(self, target: str) -> str:
        """Give the file that an include means where it names a macro."""
        macros = map(self.tree.definition, self.tree.by_name.get(target, ()))
        return next((macro.body for macro in macros if macro.body[:1] in ('"', "<")), target)

    def direct(self, path: str) -> Iterable[str]:
        """Find the files that a file names in its own includes."""
        for imported in self.tree.files[path].facts.imports:
            written = self.spelled_out(imported.target).strip('<>"')
            endings = [
                place
                for place in self.by_file_name.get(written.rpartition("/")[2], ())
                if f"/{place}".endswith(f"/{written.lstrip('./')}")
            ]
            if endings:
                yield max(endings, key=lambda place: (shared(place, path), -len(place), place))


def renaming(file: FileIndex) -> Iterator[int]:
    """List the macros of a file that stand for another name."""
    for number, definition in enumerate(file.facts.definitions):
        if definition.kind == MACRO and not definition.parameters and definition.body.isidentifier():
            yield number
