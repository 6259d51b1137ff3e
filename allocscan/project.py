"""What a scanned tree says of its own names, which may add to what is known and change nothing of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from allocscan.catalogue import Catalogue
from allocscan.errors import CatalogueError
from allocscan.given import extended
from allocscan.libraries import Library, check_languages, read_library
from allocscan.model import Problem
from allocscan.sources import CONFIGURATION, SourceTree
from allocscan.tables import check_keys, parse_toml
from allocscan.text import decode

LARGEST = 256 * 2**10
"""Bytes that such a file may have."""
LONGEST = 300
"""Characters of a reason that are shown."""
KEYS = ["library", "source", "languages", "family", "classes"]
"""What it may say: the rest could take something back."""
WITHHELD = ("when", "receiver")
"""What an entry may not say: a pattern that never comes to an end could be written there."""


@dataclass(frozen=True, slots=True)
class Project:
    """What a tree says, and how that went."""

    names: Catalogue = field(default_factory=Catalogue)
    languages: tuple[str, ...] = ()
    """Those whose files it speaks of; all when empty."""
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def added(self, catalogues: Mapping[str, Catalogue]) -> Mapping[str, Catalogue]:
        """Add the tree's own names to what is known for each language."""
        heard = self.languages or tuple(catalogues)
        return {name: extended(known, self.names) if name in heard else known for name, known in catalogues.items()}


def read_project(tree: SourceTree, known: Collection[str], *, heard: bool) -> Project:
    """Read what a tree says, if it says anything and is `heard`; what makes no sense becomes a problem.

    It may name the languages that it speaks of, of those that are `known`.
    """
    unread = tuple(problem for problem in tree.problems if problem.path == CONFIGURATION)
    if not heard or CONFIGURATION not in tree.by_path:
        ignored = (f"{CONFIGURATION} of the tree is ignored",) if CONFIGURATION in tree.by_path else ()
        return Project(notes=ignored, problems=unread)
    if tree.by_path[CONFIGURATION].size > LARGEST:
        return refused(f"not read: {tree.by_path[CONFIGURATION].size} bytes, the limit is {LARGEST}")
    try:
        library = read_names(tree.content(CONFIGURATION), known)
    except (CatalogueError, ValueError) as reason:
        return refused(str(reason))
    names = library.catalogue
    count = len({entry.name for entry in names.entries}) + sum(map(len, names.classes.values()))
    note = f"{CONFIGURATION} of the tree names {count:,} allocators, deallocators or classes"
    return Project(names, library.languages, (note,))


def read_names(content: bytes, known: Collection[str]) -> Library:
    """Read the names in a configuration."""
    table = parse_toml(decode(content), CONFIGURATION, CatalogueError)
    check_keys(table, KEYS, CONFIGURATION, CatalogueError)
    library = read_library(table, CONFIGURATION, CONFIGURATION)
    check_languages(library, CONFIGURATION, known)
    for entry in library.catalogue.entries:
        for key in WITHHELD:
            if getattr(entry, key):
                raise CatalogueError(f"{CONFIGURATION}: {entry.name}: unknown key {key!r}")
    return library


def refused(message: str) -> Project:
    """Say that what a tree says is not believed, and why."""
    problem = Problem(CONFIGURATION, 1, "configuration", message[:LONGEST])
    return Project(
        notes=(f"{CONFIGURATION} of the tree is not used, for a reason among the problems",), problems=(problem,)
    )
