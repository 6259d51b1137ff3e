"""Everything that the files of a tree define, ready to be looked up."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from allocscan.languages import Language
from allocscan.model import (
    CLASS_KINDS,
    MEMBER_KINDS,
    Call,
    Definition,
    FileFacts,
    Flow,
    Import,
    Reference,
    Target,
    Variable,
)

SCOPES = CLASS_KINDS | {"namespace"}
"""Kinds of definitions whose names qualify what stands inside."""

MODULE = "module"
"""The kind of a definition that gives a file its name."""
VARIABLE = "variable"
"""The kind of a variable that belongs to no function."""
MACRO = "macro"
"""The kind of a definition that is replaced as text, wherever it is used; nothing qualifies its name."""

Scope = int
"""Index of the enclosing definition."""
TOP: Scope = -1
"""The scope of the file itself."""


@dataclass(frozen=True, slots=True)
class FileIndex:
    """What one file defines, imports and assigns, by scope and name."""

    facts: FileFacts
    definitions: dict[tuple[Scope, str], list[int]] = field(default_factory=dict)
    imports: dict[tuple[Scope, str], list[Import]] = field(default_factory=dict)
    flows: dict[tuple[Scope, str], list[Flow]] = field(default_factory=dict)
    results: dict[tuple[Scope, str], list[Call]] = field(default_factory=dict)
    """The calls whose results a place takes."""
    variables: dict[tuple[Scope, str], Variable] = field(default_factory=dict)
    modules: set[str] = field(default_factory=set)
    """All modules that the file imports or takes names from."""

    @classmethod
    def of(cls, facts: FileFacts) -> "FileIndex":
        """Index one file."""
        index = cls(facts)
        for number, definition in enumerate(facts.definitions):
            index.definitions.setdefault((definition.inside, definition.name), []).append(number)
        for imported in facts.imports:
            index.imports.setdefault((imported.inside, imported.name), []).append(imported)
            index.modules.add(imported.module or imported.target)
        for flow in facts.flows:
            index.flows.setdefault((flow.inside, flow.target), []).append(flow)
        for call in facts.calls:
            if call.target:
                key = (call.context.inside, call.target)
                index.flows.setdefault(key, []).append(Flow(call.target, "", key[0], call.location.line, call.name))
                index.results.setdefault(key, []).append(call)
        index.variables.update(((each.inside, each.name), each) for each in facts.variables)
        return index

    def names_module(self, name: str) -> bool:
        """Tell whether an import says that a name is a module's."""
        return name in self.modules

    def references(self, scope: Scope, name: str) -> tuple[Reference, ...]:
        """Find what a scope defines under a name; the last definition first, because it stays."""
        return tuple(Reference(self.facts.path, number) for number in reversed(self.definitions.get((scope, name), ())))


@dataclass(frozen=True, slots=True)
class TreeIndex:
    """The files of one language, or of several that share their names."""

    files: Mapping[str, FileIndex]
    languages: Mapping[str, Language]
    by_name: Mapping[str, tuple[Reference, ...]]
    """All definitions by the last part of their names."""
    full_names: dict[Reference, str] = field(default_factory=dict)
    """Those that were asked for."""

    def definition(self, reference: Reference) -> Definition:
        """Look a definition up."""
        return self.files[reference.path].facts.definitions[reference.index]

    def is_class(self, reference: Reference) -> bool:
        """Tell whether a definition is a class."""
        return self.definition(reference).kind in CLASS_KINDS

    def module(self, path: str) -> str:
        """Give the name of the module that a file says it is; empty when it does not."""
        definitions = self.files[path].facts.definitions
        return next((definition.name for definition in definitions if definition.kind == MODULE), "")

    def language(self, path: str) -> Language:
        """Give the language of a file."""
        return self.languages[self.files[path].facts.language]

    def full_name(self, reference: Reference) -> str:
        """Join a definition's name with those that enclose it; nothing encloses the file itself, nor names it."""
        name = self.full_names.get(reference)
        if name is None:
            facts = self.files[reference.path].facts
            name = self.full_names[reference] = join_scopes(facts, reference.index, self.language(reference.path))
        return name

    def target(self, reference: Reference) -> Target:
        """Say where a definition stands."""
        return Target(reference.path, self.definition(reference).location.line, self.full_name(reference))

    def scope_path(self, path: str, scope: Scope) -> tuple[str, ...]:
        """Name the namespaces and classes that a scope stands in, the outermost first; its qualifiers count."""
        facts, names = self.files[path].facts, self.languages[self.files[path].facts.language].names
        parts: list[str] = []
        while scope != -1:
            definition = facts.definitions[scope]
            written = names.split(names.plain(definition.name))
            parts = [*(written if definition.kind in SCOPES else written[:-1]), *parts]
            scope = definition.inside
        return tuple(filter(None, parts))

    def home(self, reference: Reference) -> tuple[str, ...]:
        """Name the namespaces and classes that a definition belongs to, the outermost first."""
        definition = self.definition(reference)
        if definition.kind == MACRO:
            return ()
        names = self.language(reference.path).names
        outer = self.scope_path(reference.path, definition.inside)
        return (*outer, *filter(None, names.split(names.plain(definition.name))[:-1]))

    def private(self, reference: Reference) -> bool:
        """Tell whether a definition is visible in its own file only."""
        facts, scope = self.files[reference.path].facts, reference.index
        if facts.definitions[scope].local:
            return True
        while (scope := facts.definitions[scope].inside) != -1:
            if facts.definitions[scope].kind == "namespace" and not facts.definitions[scope].name:
                return True
        return False

    def enclosing_class(self, file: FileIndex, scope: Scope) -> Reference | None:
        """Find the class that a scope stands in."""
        while scope != -1 and file.facts.definitions[scope].kind not in MEMBER_KINDS:
            scope = file.facts.definitions[scope].inside
        return Reference(file.facts.path, scope) if scope != -1 else None

    def parts(self, owner: Reference) -> Iterator[int]:
        """Yield a class and what its own file adds to it."""
        yield owner.index
        for found in self.by_name.get(self.definition(owner).name, ()):
            if found.path == owner.path and found != owner and self.definition(found).kind in MEMBER_KINDS:
                yield found.index


def join_scopes(facts: FileFacts, index: int, language: Language) -> str:
    """Join the names of a definition and of all that enclose it; nothing encloses a macro.

    What stands in the declaration of a variable is no part of it.
    """
    names: list[str] = []
    while index >= 0:
        definition = facts.definitions[index]
        if definition.kind != VARIABLE or not names:
            names.append(definition.name)
        index = TOP if definition.kind == MACRO else definition.inside
    return language.names.join(*reversed(names))


def index_tree(files: Iterable[FileFacts], languages: Mapping[str, Language]) -> TreeIndex:
    """Index all files."""
    indexed = {facts.path: FileIndex.of(facts) for facts in files}
    by_name: dict[str, list[Reference]] = {}
    for path, file in indexed.items():
        for number, definition in enumerate(file.facts.definitions):
            name = languages[file.facts.language].names.last(definition.name)
            by_name.setdefault(name, []).append(Reference(path, number))
    return TreeIndex(indexed, languages, {name: tuple(found) for name, found in by_name.items()})
