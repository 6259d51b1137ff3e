"""Which file a module's name means."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import takewhile
from pathlib import PurePosixPath

from allocscan.languages import Language

REMEMBERED = 2**16
"""Pairs of folders that are not compared again."""


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
            if path.endswith(tuple(f"/{root}" for root in language.modules.roots)):
                package = path.removesuffix("/" + path.rpartition("/")[2]).removesuffix(language.modules.sources)
                self.by_name.setdefault(package.rpartition("/")[2].replace("-", "_"), []).append(path)

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

    def find(self, name: str, importer: str, within: int = 0) -> str:
        """Find the module that a file means by a name, from `within` modules inside it; empty when there is none."""
        if self.language.modules.anchors:
            return self.find_anchored(name, importer, within) or self.find_named(name, importer)
        relative = self.language.modules.relative
        if relative and name.startswith(relative):
            return self.find_relative(name, importer)
        return self.find_named(name, importer)

    def find_named(self, name: str, importer: str) -> str:
        """Find a module by its full name, the one closest to where it is named."""
        found = [path for path in self.by_name.get(name, ()) if path != importer]
        return max(found, key=lambda path: (shared(path, importer), -self.rank(path), path), default="")

    def rank(self, path: str) -> int:
        """Say which in the order of endings a file's own is, the longest that fits."""
        return max(
            (len(suffix), rank)
            for rank, suffix in enumerate(("", *self.language.modules.suffixes))
            if path.endswith(suffix)
        )[1]

    def find_relative(self, name: str, importer: str) -> str:
        """Find a module that is named from where the importing file stands."""
        bare = name.lstrip(self.language.modules.relative)
        folder = PurePosixPath(importer).parent
        for _ in range(len(name) - len(bare) - 1):
            folder = folder.parent
        stem = "/".join([part for part in (*folder.parts, *bare.split(self.separator)) if part])
        candidates = (stem + suffix for suffix in self.language.modules.suffixes)
        return next((path for path in candidates if path in self.paths), "")

    def find_anchored(self, name: str, importer: str, within: int) -> str:
        """Find a module that is named from the root of its package or from where the importing file stands."""
        parts = self.language.names.split(name)
        anchors = [self.language.modules.anchors.get(part, "") for part in parts]
        depth = next((number for number, anchor in enumerate(anchors) if not anchor), len(parts))
        up = anchors[:depth].count("up") - within
        if depth and "root" not in anchors and (up < 0 or (up == 0 and within)):
            return importer
        folder = self.root_folder(importer) if "root" in anchors[:depth] else self.own_folder(importer)
        for _ in range(up if "root" not in anchors[:depth] else 0):
            folder = folder.parent
        stem = "/".join((*folder.parts, *parts[depth:]))
        candidates = (f"{stem}{suffix}".lstrip("/") for suffix in self.language.modules.suffixes)
        return next((path for path in candidates if path in self.paths), "")

    def root_folder(self, path: str) -> PurePosixPath:
        """Find the root of a file's package; its own folder when no file makes one."""
        for folder in PurePosixPath(path).parents:
            if any(str(folder / root) in self.paths for root in self.language.modules.roots):
                return folder
        return PurePosixPath(path).parent

    def own_folder(self, path: str) -> PurePosixPath:
        """Find the folder that holds the modules inside a file's own."""
        file = PurePosixPath(path)
        ends = (f"/{file.name}", file.name)
        whole = any(end in self.language.modules.suffixes for end in ends) or file.name in self.language.modules.roots
        return file.parent if whole else file.with_suffix("")


def shared(one: str, other: str) -> int:
    """Count the folders that two paths have in common."""
    return common(one.rpartition("/")[0], other.rpartition("/")[0])


@lru_cache(REMEMBERED)
def common(one: str, other: str) -> int:
    """Count the folders that two folders lie in, themselves included."""
    pairs = zip(filter(None, one.split("/")), filter(None, other.split("/")), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
