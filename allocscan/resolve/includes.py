"""Which files a file includes."""

from collections.abc import Iterator
from functools import cached_property

from allocscan.resolve.index import TreeIndex
from allocscan.resolve.modules import shared


def folder(path: str) -> str:
    """Give the folder that a file stands in, with the separator behind it; empty at the top."""
    return path[: path.rfind("/") + 1]


class Includes:
    """The files of a tree, by what names them in others."""

    def __init__(self, tree: TreeIndex) -> None:
        self.tree = tree
        self.by_file_name: dict[str, list[str]] = {}
        for path in tree.files:
            self.by_file_name.setdefault(path.rpartition("/")[2], []).append(path)
        self.named: dict[str, tuple[str, ...]] = {}
        self.unknown: dict[str, bool] = {}
        self.reached: dict[str, frozenset[str]] = {}
        self.met: dict[str, frozenset[str]] = {}

    def of(self, path: str) -> frozenset[str]:
        """Find every file that a file includes, directly or not."""
        if path not in self.reached:
            found, pending = {path}, [path]
            while pending:
                news = [place for place in self.direct(pending.pop()) if place not in found]
                found.update(news)
                pending += news
            self.reached[path] = frozenset(found - {path})
        return self.reached[path]

    def around(self, path: str) -> frozenset[str]:
        """Find the files that a file sees besides because whoever includes it includes them, or is the only one."""
        if path not in self.met:
            roots = self.including(path)
            only = roots if len(roots) == 1 else frozenset()
            self.met[path] = only.union(*map(self.of, roots))
        return self.met[path]

    def including(self, path: str) -> frozenset[str]:
        """Find the files that include a file, directly or not, and that no others include."""
        found, pending = {path}, [path]
        while pending:
            news = self.users.get(pending.pop(), frozenset()) - found
            found |= news
            pending += news
        return frozenset(user for user in found - {path} if user not in self.users)

    @cached_property
    def users(self) -> dict[str, frozenset[str]]:
        """Say of each file that others include by which it is named."""
        users: dict[str, set[str]] = {}
        for path in self.tree.files:
            for place in self.direct(path):
                users.setdefault(place, set()).add(path)
        return {place: frozenset(paths) for place, paths in users.items()}

    def is_partial(self, path: str) -> bool:
        """Tell whether a file includes, directly or not, what only those know who build it."""
        if path not in self.unknown:
            self.unknown[path] = any(self.leaves_open(place) for place in (path, *self.of(path)))
        return self.unknown[path]

    def leaves_open(self, path: str) -> bool:
        """Tell whether an include of a file names a macro that no file of the tree is known by."""
        named = (each.target for each in self.tree.files[path].facts.imports if each.name == each.target)
        return any(target.isidentifier() and not self.endings(target) for target in named)

    def endings(self, target: str) -> list[str]:
        """List the files that an include may mean; folders above the tree, as where it is installed, may come first."""
        written = self.spelled_out(target).strip('<>"').lstrip("./")
        named = self.by_file_name.get(written.rpartition("/")[2], ())
        while not (found := [place for place in named if f"/{place}".endswith(f"/{written}")]):
            written = written.partition("/")[2]
            if "/" not in written:
                break
        return found

    def direct(self, path: str) -> tuple[str, ...]:
        """List the files that a file names in its own includes."""
        if path not in self.named:
            self.named[path] = tuple(self.read(path))
        return self.named[path]

    def read(self, path: str) -> Iterator[str]:
        """Find the files that a file names, of several the one that stands closest.

        What a build generates brings the headers that nothing else includes, as far as they stand beside or above.
        """
        for imported in self.tree.files[path].facts.imports:
            if endings := self.endings(imported.target):
                yield max(endings, key=lambda place: (shared(place, path), -len(place), place))
            elif imported.target.startswith('"'):
                yield from (place for place in self.left if path.startswith(folder(place)))

    @cached_property
    def left(self) -> list[str]:
        """List the headers that no file of the tree includes by name."""
        files = self.tree.files.values()
        named = {target: None for file in files for target in (each.target for each in file.facts.imports)}
        included = {place for target in named for place in self.endings(target)}
        return [path for path in self.tree.files if path not in included and self.is_header(path)]

    def is_header(self, path: str) -> bool:
        """Tell whether a file is one for others to include."""
        return path.endswith(self.tree.language(path).shared)

    def spelled_out(self, target: str) -> str:
        """Give the file that an include means where it names a macro."""
        macros = map(self.tree.definition, self.tree.by_name.get(target, ()))
        return next((macro.body for macro in macros if macro.body[:1] in ('"', "<")), target)
