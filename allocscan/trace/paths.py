"""The file of the scanned tree that a path in a log means, wherever the program was built."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from posixpath import normpath

Parts = tuple[str, ...]


class SourcePaths:
    """Finds files of a tree by what the paths of one log end in."""

    def __init__(self, files: Iterable[str], seen: Iterable[str], home: str) -> None:
        self.by_name: defaultdict[str, list[Parts]] = defaultdict(list)
        for file in files:
            parts = tuple(file.split("/"))
            self.by_name[parts[-1]].append(parts)
        self.root = self.find_root(seen, split(home))
        self.known: dict[str, tuple[str, ...]] = {}

    def find_root(self, seen: Iterable[str], home: Parts) -> Parts | None:
        """Find the folder that the tree was built in: where it lies now, or else what fits most of its files."""
        files: defaultdict[Parts, set[Parts]] = defaultdict(set)
        for path in seen:
            for root, file in self.whole(split(path)):
                files[root].add(file)
        return max(files, key=lambda root: (root == home, len(files[root]), -len(root)), default=None)

    def whole(self, parts: Parts) -> Iterator[tuple[Parts, Parts]]:
        """Yield the files whose whole path ends a path, each with the folder that it would lie in."""
        for file in self.by_name.get(parts[-1], ()) if parts else ():
            if parts[-len(file) :] == file:
                yield parts[: -len(file)], file

    def find(self, path: str) -> tuple[str, ...]:
        """List the files that a path may mean; none when it lies elsewhere."""
        if path not in self.known:
            self.known[path] = tuple("/".join(file) for file in self.meant(split(path)))
        return self.known[path]

    def meant(self, parts: Parts) -> Iterator[Parts]:
        """Yield the file below the root, or else, for part of a path, all that end in it."""
        below = [file for root, file in self.whole(parts) if root == self.root]
        if below or not parts or parts[0] == "/":
            yield from below
        else:
            yield from (file for file in self.by_name.get(parts[-1], ()) if file[-len(parts) :] == parts)


def split(path: str) -> Parts:
    """Take a path apart; the first part of an absolute one is `/`, steps out of a folder of builds are left out."""
    if not path:
        return ()
    clean = normpath(path)
    root: Parts = ("/",) if clean.startswith("/") else ()
    return (*root, *(part for part in clean.split("/") if part not in ("", ".", "..")))
