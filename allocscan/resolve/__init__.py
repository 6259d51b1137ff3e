"""Names become definitions: which one each call means, and why that is believed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from allocscan.languages import Language
from allocscan.model import FileFacts, Link
from allocscan.resolve.globals import GlobalNames
from allocscan.resolve.index import FileIndex, Scope, TreeIndex, index_tree
from allocscan.resolve.scopes import ModuleScopes


class Names(Protocol):
    """A way to look names up."""

    def look_up(self, file: FileIndex, scope: Scope, name: str) -> Link | None:
        """Say what a name written in a scope means; None when only a run of the program could tell."""


SCHEMES: Mapping[str, type[ModuleScopes] | type[GlobalNames]] = {"module": ModuleScopes, "global": GlobalNames}


@dataclass(frozen=True, slots=True)
class Links:
    """What the names of one language's files mean."""

    language: Language
    tree: TreeIndex
    names: Names
    calls: Mapping[str, tuple[Link | None, ...]]
    """For each file what the names of its calls mean, in their order."""


def resolve(facts: Iterable[FileFacts], languages: Mapping[str, Language]) -> tuple[Links, ...]:
    """Say what the name of every call means, one language after the other."""
    by_language: dict[str, list[FileFacts]] = {}
    for file in facts:
        by_language.setdefault(file.language, []).append(file)
    return tuple(link(files, languages[name]) for name, files in by_language.items())


def link(facts: list[FileFacts], language: Language) -> Links:
    """Say what the calls of one language's files mean."""
    tree = index_tree(facts, language)
    names = SCHEMES[language.scope](tree, language)
    return Links(language, tree, names, {path: tuple(link_calls(file, names)) for path, file in tree.files.items()})


def link_calls(file: FileIndex, names: Names) -> Iterable[Link | None]:
    """Look up the calls of one file, each name once in each scope."""
    known: dict[tuple[Scope, str], Link | None] = {}
    for call in file.facts.calls:
        key = (call.context.inside, call.name)
        if key not in known:
            known[key] = None if call.action else names.look_up(file, *key)
        yield known[key]


__all__ = ["Links", "Names", "TreeIndex", "resolve"]
