"""Names become definitions: which one each call means, and why that is believed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from allocscan.languages import Language
from allocscan.model import FileFacts, Link
from allocscan.resolve.globals import GlobalNames
from allocscan.resolve.index import FileIndex, Scope, TreeIndex, index_tree
from allocscan.resolve.operators import Operators
from allocscan.resolve.scopes import ModuleScopes
from allocscan.resolve.values import Values


class Names(Protocol):
    """A way to look names up."""

    def look_up(self, file: FileIndex, scope: Scope, name: str) -> Link | None:
        """Say what a name written in a scope means; None when only a run of the program could tell."""

    def look_up_type(self, file: FileIndex, scope: Scope, name: str) -> Link | None:
        """Say what the name of a type written in a scope means."""

    @property
    def values(self) -> Values:
        """Give what follows values to what they are declared to be."""


SCHEMES: Mapping[str, type[ModuleScopes] | type[GlobalNames]] = {"module": ModuleScopes, "global": GlobalNames}


@dataclass(frozen=True, slots=True)
class Links:
    """What the names of one program mean, in all of its languages."""

    tree: TreeIndex
    names: Mapping[str, Names]
    """The way to look names up, by language."""
    calls: Mapping[str, tuple[Link | None, ...]]
    """For each file what the names of its calls mean, in their order."""


def resolve(facts: Iterable[FileFacts], languages: Mapping[str, Language]) -> tuple[Links, ...]:
    """Say what the name of every call means, one program after the other."""
    programs: dict[str, list[FileFacts]] = {}
    for file in facts:
        programs.setdefault(languages[file.language].program or file.language, []).append(file)
    return tuple(link(files, languages) for files in programs.values())


def link(facts: list[FileFacts], languages: Mapping[str, Language]) -> Links:
    """Say what the calls of files mean whose names belong together."""
    tree = index_tree(facts, languages)
    used = sorted({file.language for file in facts})
    names: dict[str, Names] = {name: SCHEMES[languages[name].scope](tree, languages[name]) for name in used}
    operators = {name: Operators(tree, languages[name], names[name]) for name in used}
    calls = {
        path: tuple(link_calls(file, names[file.facts.language], operators[file.facts.language]))
        for path, file in tree.files.items()
    }
    return Links(tree, names, calls)


def link_calls(file: FileIndex, names: Names, operators: Operators) -> Iterator[Link | None]:
    """Look up the calls of one file, each name once in each scope; constructs by the type they make."""
    known: dict[tuple[Scope, str, bool], Link | None] = {}
    for call in file.facts.calls:
        if operators.decide(call):
            yield operators.meant(file, call)
            continue
        look_up = names.look_up_type if call.action else names.look_up
        key = (call.context.inside, call.type if call.action else call.name, bool(call.action))
        if key not in known:
            known[key] = look_up(file, *key[:2]) if key[1] else None
        yield known[key]


__all__ = ["Links", "Names", "TreeIndex", "resolve"]
