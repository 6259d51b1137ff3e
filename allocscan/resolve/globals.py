"""What a name means where names belong to the whole program, but for those that a file keeps to itself."""

from collections.abc import Iterable

from allocscan.languages import Language
from allocscan.model import CLASS_KINDS, Basis, Link, Reference
from allocscan.resolve.index import FileIndex, Scope, TreeIndex
from allocscan.resolve.modules import shared


class GlobalNames:
    """Look names up in their own file, in the files that it includes, then in the whole tree."""

    def __init__(self, tree: TreeIndex, language: Language) -> None:
        self.tree = tree
        self.language = language
        self.by_file_name: dict[str, list[str]] = {}
        for path in tree.files:
            self.by_file_name.setdefault(path.rpartition("/")[2], []).append(path)
        self.reached: dict[str, frozenset[str]] = {}

    def look_up(self, file: FileIndex, scope: Scope, name: str) -> Link | None:
        """Say what a name means; None when a parameter or variable of the function hides it."""
        if not name.isidentifier():
            return None
        if scope >= 0 and ((scope, name) in file.flows or name in file.facts.definitions[scope].parameters):
            return None
        candidates = [found for found in self.tree.by_name.get(name, ()) if self.callable(found)]
        here = tuple(found for found in candidates if found.path == file.facts.path)
        if here:
            return Link(name, here, Basis.SAME_FILE)
        return self.elsewhere(file.facts.path, name, candidates)

    def elsewhere(self, path: str, name: str, candidates: Iterable[Reference]) -> Link:
        """Look for a name in other files: those included, then all."""
        included = self.included(path)
        visible = [found for found in candidates if found.path in included or not self.hidden(found)]
        visible.sort(key=lambda found: (found.path not in included, -shared(found.path, path), found.path, found.index))
        if not visible:
            return Link(name, (), None)
        if visible[0].path in included:
            basis = Basis.IMPORT
        else:
            basis = Basis.UNIQUE_NAME if len(visible) == 1 else Basis.AMBIGUOUS
        return Link(name, tuple(visible), basis)

    def callable(self, found: Reference) -> bool:
        """Tell whether a definition can be called."""
        return self.tree.definition(found).kind not in CLASS_KINDS

    def hidden(self, found: Reference) -> bool:
        """Tell whether a definition is invisible outside of its file, unless that is included."""
        definition = self.tree.definition(found)
        return definition.local or definition.kind == "macro"

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
