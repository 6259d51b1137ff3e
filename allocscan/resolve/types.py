"""What type a place has, as far as the declarations of a tree tell."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from allocscan.languages import Language
from allocscan.model import MEMBER_KINDS, Definition, Reference
from allocscan.resolve.index import TreeIndex

STEP = re.compile(r"(?:->|\.|::)\s*(\w+)|\[[^\[\]]*\]")
WORD = re.compile(r"\s*([A-Za-z_]\w*)")
DEEPEST = 20
"""How many names of types may stand for one another."""
FARTHEST = 200
"""Characters of the longest place that is looked at."""

Scope = tuple[str, int]
"""A file, and the index of a definition in it; -1 for the file itself."""


@dataclass(frozen=True, slots=True)
class Types:
    """The types that the declarations of one program give to names."""

    tree: TreeIndex
    names: Mapping[Scope, Mapping[str, str]] = field(default_factory=dict)
    """The variables of each function, and the fields of each class."""
    anywhere: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The types that fields and lasting variables of a name have, wherever they are."""
    aliases: Mapping[str, str] = field(default_factory=dict)

    def of(self, scope: Scope, place: str) -> str:
        """Give the type of a place; empty when it is not known."""
        place = place.strip()
        if len(place) > FARTHEST:
            return ""
        pointed = 0
        while place[:1] in ("*", "&"):
            pointed += 1 if place[0] == "*" else -1
            place = place[1:].strip()
        found = self.of_steps(scope, place)
        for _ in range(pointed):
            found = self.pointee(found, self.language(scope))
        return found + " *" if found and pointed < 0 else found

    def of_steps(self, scope: Scope, place: str) -> str:
        """Give the type of a name, or of something in parentheses, and what is reached from there."""
        if place.startswith("("):
            end = closing(place)
            found, rest = self.of(scope, place[1:end]), place[end + 1 :]
        else:
            name = WORD.match(place)
            found, rest = (self.of_name(scope, name[1]), place[name.end() :]) if name else ("", "")
        for step in steps(rest):
            if step is None:
                return ""
            found = self.member(scope, found, step) if step else self.pointee(found, self.language(scope))
        return found

    def of_name(self, scope: Scope, name: str) -> str:
        """Give the type of a variable, as the innermost scope that declares it says."""
        path, index = scope
        definitions = self.tree.files[path].facts.definitions
        while index >= 0:
            found = parameter_type(definitions[index], name) or self.names.get((path, index), {}).get(name, "")
            if found:
                return found
            index = definitions[index].inside
        return self.names.get((path, -1), {}).get(name, "") or self.only(name)

    def member(self, scope: Scope, owner: str, name: str) -> str:
        """Give the type of a field; where the owner's is not known, the one that all fields of that name have."""
        for place in self.classes(owner, self.language(scope)):
            if found := self.names.get(place, {}).get(name):
                return found
        return self.names.get((scope[0], -1), {}).get(name, "") or self.only(name)

    def only(self, name: str) -> str:
        """Give the type that everything of a name has."""
        found = self.anywhere.get(name, ())
        return next(iter(found)) if len(found) == 1 else ""

    def classes(self, written: str, language: Language) -> Iterator[Scope]:
        """Yield the classes that a type may name."""
        for name in self.stands_for(written, language):
            for reference in self.tree.by_name.get(name, ()):
                if self.tree.definition(reference).kind in MEMBER_KINDS:
                    yield reference.path, reference.index

    def stands_for(self, written: str, language: Language) -> Iterator[str]:
        """Yield the bare names that a type goes by."""
        for _ in range(DEEPEST):
            name = bare_name(written, language)
            yield name
            written = self.aliases.get(name, "")
            if not written:
                return

    def pointee(self, written: str, language: Language) -> str:
        """Give what a type points to, through its other names."""
        for _ in range(DEEPEST):
            found = language.types.pointee and re.search(language.types.pointee, written)
            if found:
                return written[: found.start()].strip()
            written = self.aliases.get(bare_name(written, language), "")
            if not written:
                break
        return ""

    def language(self, scope: Scope) -> Language:
        """Give the language that a scope is written in."""
        return self.tree.language(scope[0])


def bare_name(written: str, language: Language) -> str:
    """Strip a type to its name."""
    words = re.findall(r"\w+", re.sub(language.types.words or r"(?!)", "", language.names.plain(written)))
    return words[-1] if words else ""


def parameter_type(definition: Definition, name: str) -> str:
    """Give the type of a parameter of that name."""
    return dict(zip(definition.parameters, definition.types, strict=False)).get(name, "")


def closing(text: str) -> int:
    """Find the parenthesis that closes the one which a text begins with."""
    depth = 0
    for position, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if not depth:
            return position
    return len(text)


def steps(text: str) -> Iterator[str | None]:
    """Yield the fields that are reached, empty for an element; None where the text goes on otherwise."""
    position = 0
    while position < len(text):
        found = STEP.match(text, position)
        if not found:
            yield None
            return
        yield found[1] or ""
        position = found.end()


def read_types(tree: TreeIndex) -> Types:
    """Gather what the declarations of a program say."""
    names: dict[Scope, dict[str, str]] = {}
    anywhere: dict[str, set[str]] = {}
    aliases: dict[str, str] = {}
    for path, file in tree.files.items():
        for typed in file.facts.typed:
            if typed.alias:
                aliases.setdefault(typed.name, typed.type)
                continue
            names.setdefault((path, typed.inside), {}).setdefault(typed.name, typed.type)
            if typed.inside < 0 or tree.definition(Reference(path, typed.inside)).kind in MEMBER_KINDS:
                anywhere.setdefault(typed.name, set()).add(typed.type)
    return Types(tree, names, {name: frozenset(found) for name, found in anywhere.items()}, aliases)
