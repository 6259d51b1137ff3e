"""`allocscan languages`: what can be read, and which libraries are known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from allocscan.cli.console import columns
from allocscan.model import TAKES, Action, Resource

if TYPE_CHECKING:
    from allocscan.catalogue import Entry, Library
    from allocscan.languages import Language

LANGUAGE_HEADINGS = ("language", "title", "suffixes", "grammar")
LIBRARY_HEADINGS = ("catalogue", "families", "allocators", "deallocators", "handles", "classes", "library")

EXAMPLES = """
\b
Examples:
  allocscan languages
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
def command() -> None:
    """List the languages, and the libraries that are known to take memory.

    A reallocator counts as an allocator; a name that stands in two catalogues
    counts once in the total.
    """
    from allocscan.languages import load_languages

    languages = load_languages()
    lines = columns([LANGUAGE_HEADINGS, *map(language_row, languages)])
    click.echo("\n".join([*lines, "", *columns([LIBRARY_HEADINGS, *library_rows(languages)])]))


def language_row(language: "Language") -> tuple[str, ...]:
    """Say what a language is read with."""
    return (language.name, language.title, " ".join(language.suffixes + language.shared), language.grammar)


def library_rows(languages: Iterable["Language"]) -> Iterator[tuple[str, ...]]:
    """Count what is known of each library, and of all."""
    names = dict.fromkeys(name for language in languages for name in language.catalogues)
    libraries = [load(name) for name in names]
    known = [count(library) for library in libraries]
    for library, each in zip(libraries, known, strict=True):
        yield (library.name, *each.cells(), library.title)
    yield ("total", *add_up(known).cells(), "")


def load(name: str) -> "Library":
    """Read a catalogue by its name."""
    from allocscan.catalogue import load_library
    from allocscan.data import folder

    return load_library(folder("queries") / "catalogues" / f"{name}.toml")


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
