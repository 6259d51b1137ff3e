"""`allocscan languages`: what can be read, and which libraries are known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from allocscan.cli.console import columns
from allocscan.cli.options import CATALOGUE, QUERIES
from allocscan.model import TAKES, Action, Resource

if TYPE_CHECKING:
    from allocscan.catalogue import Entry
    from allocscan.languages import Language
    from allocscan.libraries import Library
    from allocscan.rules import Rules

LANGUAGE_HEADINGS = ("language", "title", "suffixes", "patterns", "grammar", "from")
LIBRARY_HEADINGS = ("catalogue", "families", "allocators", "deallocators", "handles", "classes", "library", "from")
EMBEDDED = "embedded"

EXAMPLES = """
\b
Examples:
  allocscan languages
  allocscan languages --queries ./queries --catalogue project.toml
  allocscan scan ./project --language c
"""


@dataclass(frozen=True, slots=True)
class Known:
    """The names that libraries are known by: for memory, for handles, and of classes."""

    families: frozenset[str] = frozenset()
    allocators: frozenset[str] = frozenset()
    deallocators: frozenset[str] = frozenset()
    handles: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()

    def cells(self) -> tuple[str, ...]:
        """Count each."""
        sets = (self.families, self.allocators, self.deallocators, self.handles, self.classes)
        return tuple(f"{len(names):,}" for names in sets)


@click.command("languages", short_help="List the languages and libraries that are known.", epilog=EXAMPLES)
@QUERIES
@CATALOGUE
def command(queries: tuple[str, ...], catalogues: tuple[str, ...]) -> None:
    """List the languages, and the libraries that are known to take memory.

    Beside each stands where it comes from. A reallocator counts as an
    allocator; a name that stands in two catalogues counts once in the total.
    """
    from allocscan.rules import load_rules

    rules = load_rules(queries, catalogues)
    lines = columns([LANGUAGE_HEADINGS, *map(language_row, rules.languages)])
    click.echo("\n".join([*lines, "", *columns([LIBRARY_HEADINGS, *library_rows(rules)])]))


def language_row(language: "Language") -> tuple[str, ...]:
    """Say what a language is read with, and where that comes from."""
    patterns = f"{language.pattern_count:,}"
    suffixes = " ".join(language.suffixes + language.shared)
    return (language.name, language.title, suffixes, patterns, language.grammar, origins(language))


def origins(language: "Language") -> str:
    """Name the folders that say something of a language."""
    from allocscan.data import folder

    places = (origin.parent for origin in language.origins)
    return ", ".join(EMBEDDED if place == folder("queries") else f"--queries {place}" for place in places)


def library_rows(rules: "Rules") -> Iterator[tuple[str, ...]]:
    """Count what is known of each library, and of all."""
    libraries = list(named_libraries(rules))
    known = [count(library) for library, _ in libraries]
    for (library, origin), each in zip(libraries, known, strict=True):
        yield (library.name, *each.cells(), library.title, origin)
    yield ("total", *add_up(known).cells(), "", "")


def named_libraries(rules: "Rules") -> Iterator[tuple["Library", str]]:
    """Read the catalogues that languages list, then those that were named, each with where it comes from."""
    from allocscan.libraries import find_catalogue, load_library

    for name in dict.fromkeys(name for language in rules.languages for name in language.catalogues):
        path = find_catalogue(name, rules.folders)
        root = path.parent.parent
        yield load_library(path), f"--queries {root}" if root in rules.folders else EMBEDDED
    yield from ((library, f"--catalogue {library.path}") for library in rules.given)


def count(library: "Library") -> Known:
    """Collect the names of one library."""
    catalogue = library.catalogue
    memory = [entry for entry in catalogue.entries if entry.resource is not Resource.HANDLE]
    handles = [entry for entry in catalogue.entries if entry.resource is Resource.HANDLE]
    modules = [*catalogue.classes.items(), *catalogue.implicit.items()]
    return Known(
        families=frozenset(entry.family for entry in memory),
        allocators=named(memory, TAKES),
        deallocators=named(memory, frozenset((Action.DEALLOCATE,))),
        handles=named(handles, frozenset(Action)),
        classes=frozenset(f"{module} {name}" for module, names in modules for name in names),
    )


def named(entries: Iterable["Entry"], actions: frozenset[Action]) -> frozenset[str]:
    """Give the names that do one of some actions."""
    return frozenset(entry.name for entry in entries if entry.action in actions)


def add_up(known: Iterable[Known]) -> Known:
    """Join what is known of several libraries."""
    parts = list(known)
    joined = (frozenset().union(*(getattr(part, field) for part in parts)) for field in Known.__slots__)
    return Known(*joined)
