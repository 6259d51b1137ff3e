"""Which file a module's name means."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from allocscan.languages import Language


class ModuleTable:
    """The modules of a tree, by the names under which they can be imported."""

    def __init__(self, paths: Iterable[str], language: Language, declared: Mapping[str, str] | None = None) -> None:
        self.language = language
        self.separator = language.names.separators[0]
        self.paths = frozenset(paths)
        self.by_name: dict[str, list[str]] = {}
        said = declared or {}
        for path in sorted(self.paths):
            for name in dict.fromkeys((said.get(path, ""), self.name(path, self.root(path)), self.name(path, ""))):
                self.by_name.setdefault(name, []).append(path)

    def root(self, path: str) -> str:
        """Find the folder from which a file's package is imported."""
        folder = PurePosixPath(path).parent
        while str(folder) != "." and str(folder / self.language.modules.marker) in self.paths:
            folder = folder.parent
        return "" if str(folder) == "." else f"{folder}/"

    def name(self, path: str, root: str) -> str:
        """Name a module as seen from a folder."""
        stem = path[len(root) :]
        for suffix in sorted(self.language.modules.suffixes, key=len, reverse=True):
            if stem.endswith(suffix):
                return stem[: -len(suffix)].replace("/", self.separator)
        return stem.replace("/", self.separator)

    def find(self, name: str, importer: str) -> str:
        """Find the module that a file means by a name; empty when the tree has none."""
        relative = self.language.modules.relative
        if relative and name.startswith(relative):
            return self.find_relative(name, importer)
        found = [path for path in self.by_name.get(name, ()) if path != importer]
        return max(found, key=lambda path: (shared(path, importer), path), default="")

    def find_relative(self, name: str, importer: str) -> str:
        """Find a module that is named from where the importing file stands."""
        bare = name.lstrip(self.language.modules.relative)
        folder = PurePosixPath(importer).parent
        for _ in range(len(name) - len(bare) - 1):
            folder = folder.parent
        stem = "/".join([part for part in (*folder.parts, *bare.split(self.separator)) if part])
        candidates = (stem + suffix for suffix in self.language.modules.suffixes)
        return next((path for path in candidates if path in self.paths), "")


def shared(one: str, other: str) -> int:
    """Count the folders that two paths have in common."""
    pairs = zip(one.split("/")[:-1], other.split("/")[:-1], strict=False)
    count = 0
    for left, right in pairs:
        if left != right:
            break
        count += 1
    return count
