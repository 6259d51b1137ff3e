"""What a scanned tree says of its own names, which may add to what is known and change nothing of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from allocscan.catalogue import Catalogue
from allocscan.errors import CatalogueError
from allocscan.given import extended
from allocscan.libraries import read_library
from allocscan.model import Problem
from allocscan.sources import CONFIGURATION, SourceTree
from allocscan.tables import check_keys, parse_toml
from allocscan.text import decode

LARGEST = 256 * 2**10
"""Bytes that such a file may have."""
LONGEST = 300
"""Characters of a reason that are shown."""
KEYS = ["library", "source", "family", "classes"]
"""What it may say: the rest could take something back."""
WITHHELD = "when"
"""What an entry may not say: a pattern that never comes to an end could be written there."""


@dataclass(frozen=True, slots=True)
class Project:
    """What a tree says, and how that went."""

    names: Catalogue = field(default_factory=Catalogue)
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def added(self, catalogues: Mapping[str, Catalogue]) -> Mapping[str, Catalogue]:
        """Add the tree's own names to what is known for each language."""
        return {language: extended(known, self.names) for language, known in catalogues.items()}


def read_project(tree: SourceTree, *, heard: bool) -> Project:
    """Read what a tree says, if it says anything and is `heard`; what makes no sense becomes a problem."""
    unread = tuple(problem for problem in tree.problems if problem.path == CONFIGURATION)
    if not heard or CONFIGURATION not in tree.by_path:
        ignored = (f"{CONFIGURATION} of the tree is ignored",) if CONFIGURATION in tree.by_path else ()
        return Project(notes=ignored, problems=unread)
    if tree.by_path[CONFIGURATION].size > LARGEST:
        return refused(f"not read: {tree.by_path[CONFIGURATION].size} bytes, the limit is {LARGEST}")
    try:
        names = read_names(tree.content(CONFIGURATION))
    except (CatalogueError, ValueError) as reason:
        return refused(str(reason))
    count = len({entry.name for entry in names.entries}) + sum(map(len, names.classes.values()))
    return Project(names, (f"{CONFIGURATION} of the tree names {count:,} allocators, deallocators or classes",))


def read_names(content: bytes) -> Catalogue:
    """Read the names in a configuration."""
    table = parse_toml(decode(content), CONFIGURATION, CatalogueError)
    check_keys(table, KEYS, CONFIGURATION, CatalogueError)
    catalogue = read_library(table, CONFIGURATION, CONFIGURATION).catalogue
    for entry in catalogue.entries:
        if entry.when:
            raise CatalogueError(f"{CONFIGURATION}: {entry.name}: unknown key {WITHHELD!r}")
    return catalogue


def refused(message: str) -> Project:
    """Say that what a tree says is not believed, and why."""
    problem = Problem(CONFIGURATION, 1, "configuration", message[:LONGEST])
    return Project(
        notes=(f"{CONFIGURATION} of the tree is not used, for a reason among the problems",), problems=(problem,)
    )
