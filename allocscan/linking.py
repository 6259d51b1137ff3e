"""What files say becomes what is said of all of them together."""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from allocscan.catalogue import Catalogue
from allocscan.complete.program import complete
from allocscan.complete.unmatched import find_unmatched
from allocscan.discover import discover
from allocscan.languages import Language
from allocscan.model import Allocator, FileFacts, Level, Report, Source
from allocscan.resolve import resolve
from allocscan.sources import is_within

T = TypeVar("T")


def link(
    facts: list[FileFacts], languages: tuple[Language, ...], catalogues: Mapping[str, Catalogue], subtree: str
) -> Report:
    """Understand the names of all files together, and report what that says of those in a part of the tree."""
    programs = []
    for links in resolve(facts, {language.name: language for language in languages}):
        within = [path for path in links.tree.files if is_within(path, subtree)]
        programs.append(complete(discover(links, catalogues), within))
    known = sorted(chain.from_iterable(program.allocators for program in programs), key=by_use)
    sites = ordered((program.sites for program in programs), attrgetter("location", "name"))
    lives = ordered((program.lives for program in programs), attrgetter("location"))
    return Report(
        source=Source("", ""),
        sites=sites,
        definitions=ordered((program.definitions for program in programs), attrgetter("location", "name")),
        allocators=tuple(found for found in known if found.level != Level.MAYBE),
        candidates=tuple(found for found in known if found.level == Level.MAYBE),
        lives=lives,
        functions=ordered((program.functions for program in programs), attrgetter("location", "name")),
        unmatched=() if subtree else tuple(find_unmatched(sites, known, lives)),
        problems=tuple(chain.from_iterable(program.problems for program in programs)),
    )


def ordered(parts: Iterable[list[T]], key: Callable[[T], Any]) -> tuple[T, ...]:
    """Join what is said of each program, and put it in order."""
    return tuple(sorted(chain.from_iterable(parts), key=key))


def by_use(allocator: Allocator) -> tuple[int, str, str]:
    """Order allocators by how often they are used, then by name and place."""
    return -allocator.sites, allocator.name, allocator.definition.path if allocator.definition else ""
