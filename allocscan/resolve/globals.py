"""What a name means where names belong to the whole program, but for those that a file keeps to itself."""

import re
from collections.abc import Callable, Iterable

from allocscan.languages import Language
from allocscan.model import CLASS_KINDS, UNCALLED_KINDS, Basis, Link, Reference
from allocscan.resolve.aliases import Aliases
from allocscan.resolve.homes import Homes
from allocscan.resolve.index import FileIndex, Scope, TreeIndex
from allocscan.resolve.modules import shared

NAME = re.compile(r"~?\w+(?: \w+)*(?:\[\])?")


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

    def look_up(self, file: FileIndex, scope: Scope, name: str) -> Link | None:
        """Say what a name means; None for a member of a value, and where a parameter or variable hides the name."""
        parts = self.parts(name)
        if not parts or self.is_variable(file, scope, name):
            return None
        return self.meant(file, scope, parts, lambda kind: kind not in UNCALLED_KINDS)

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
        candidates = [found for found in self.tree.by_name.get(last, ()) if wanted(self.tree.definition(found).kind)]
        nearest = self.homes.nearest(candidates, tuple(qualifiers), path, scope)
        here = tuple(sorted((found for found in nearest if found.path == path), key=self.declared))
        return Link(full, here, Basis.SAME_FILE) if here else self.elsewhere(path, full, nearest)

    def elsewhere(self, path: str, name: str, candidates: Iterable[Reference]) -> Link:
        """Look for a name in other files: those included, then all."""
        included = self.included(path)
        visible = [found for found in candidates if found.path in included or not self.hidden(found)]
        visible.sort(
            key=lambda found: (
                self.declared(found), found.path not in included, -shared(found.path, path), found.path, found.index,
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

    def hidden(self, found: Reference) -> bool:
        """Tell whether a definition is invisible outside of its file, unless that is included."""
        return self.tree.private(found) or self.tree.definition(found).kind == "macro"

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

    def direct(self, path: str) -> Iterable[str]:
        """Find the files that a file names in its own includes."""
        for imported in self.tree.files[path].facts.imports:
            written = imported.target.strip('<>"')
            endings = [
                place
                for place in self.by_file_name.get(written.rpartition("/")[2], ())
                if f"/{place}".endswith(f"/{written.lstrip('./')}")
            ]
            if endings:
                yield max(endings, key=lambda place: (shared(place, path), -len(place), place))
