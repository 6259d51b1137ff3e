"""Names become definitions: which one a call means, and why that is believed."""

from collections.abc import Iterable, Iterator, Mapping
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

    def look_up_type(self, file: FileIndex, scope: Scope, name: str) -> Link | None:
        """Say what the name of a type written in a scope means."""


SCHEMES: Mapping[str, type[ModuleScopes] | type[GlobalNames]] = {"module": ModuleScopes, "global": GlobalNames}


def resolvers(files: Iterable[FileFacts], languages: Mapping[str, Language]) -> dict[str, tuple[TreeIndex, Names]]:
    """Index the files of each program and give the way to look names up in it, by language."""
    programs: dict[str, list[FileFacts]] = {}
    for facts in files:
        programs.setdefault(languages[facts.language].program or facts.language, []).append(facts)
    return {name: found for program in programs.values() for name, found in of_program(program, languages)}


def of_program(
    files: list[FileFacts], languages: Mapping[str, Language]
) -> Iterator[tuple[str, tuple[TreeIndex, Names]]]:
    """Index files whose names belong together; each of their languages looks them up in its own way."""
    tree = index_tree(files, languages)
    for name in sorted({facts.language for facts in files}):
        yield name, (tree, SCHEMES[languages[name].scope](tree, languages[name]))


__all__ = ["Names", "TreeIndex", "resolvers"]
