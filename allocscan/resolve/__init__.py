"""Names become definitions: which one a call means, and why that is believed."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from allocscan.languages import Language
from allocscan.model import FileFacts, Link
from allocscan.resolve.globals import GlobalNames
from allocscan.resolve.index import FileIndex, Scope, TreeIndex, index_tree
from allocscan.resolve.scopes import ModuleScopes


class Names(Protocol):
    """A way to look names up."""

    def look_up(self, file: FileIndex, scope: Scope, name: str) -> Link | None:
        """Say what a name written in a scope means."""


SCHEMES: Mapping[str, type[ModuleScopes] | type[GlobalNames]] = {"module": ModuleScopes, "global": GlobalNames}


def resolvers(files: Iterable[FileFacts], languages: Mapping[str, Language]) -> dict[str, tuple[TreeIndex, Names]]:
    """Index the files of each language and give the way to look names up in it."""
    by_language: dict[str, list[FileFacts]] = {}
    for facts in files:
        by_language.setdefault(facts.language, []).append(facts)
    return {name: resolver(found, languages, name) for name, found in by_language.items()}


def resolver(files: list[FileFacts], languages: Mapping[str, Language], name: str) -> tuple[TreeIndex, Names]:
    """Index the files of one language."""
    tree = index_tree(files, languages)
    return tree, SCHEMES[languages[name].scope](tree, languages[name])


__all__ = ["Names", "TreeIndex", "resolvers"]
