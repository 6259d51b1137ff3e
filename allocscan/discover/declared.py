"""What declarations say of themselves: names that libraries know, other names, and attributes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from allocscan.catalogue import Entry
from allocscan.discover.attributes import Said, read_attributes
from allocscan.discover.catalogued import Catalogued
from allocscan.discover.described import ROLES, effect_of
from allocscan.languages import Language
from allocscan.model import Definition, Effect, Evidence, Kind, Reference, Resource, Role
from allocscan.resolve import Links
from allocscan.resolve.globals import GlobalNames
from allocscan.resolve.index import MACRO
from allocscan.resolve.nearness import PROTOTYPE

FUNCTION, ALIAS = "function", "alias"
WITHOUT = ("void",)
"""A list of parameters that says that there are none."""

Seeds = dict[Reference, tuple[Effect, ...]]


@dataclass(frozen=True, slots=True)
class Declared:
    """What the declarations of one program say."""

    implements: Seeds = field(default_factory=dict)
    """Functions that are known to catalogues under one of their names."""
    attributes: Seeds = field(default_factory=dict)
    """Functions whose attributes tell what they do."""
    noreturn: set[Reference] = field(default_factory=set)
    """Functions whose attributes tell that they do not come back."""

    def implement(self, reference: Reference, effect: Effect) -> None:
        """Note what a function implements; what was noted first stays."""
        self.implements.setdefault(reference, (effect,))

    def tell(self, reference: Reference, effect: Effect) -> None:
        """Note what the attributes of a function tell, once for each role."""
        known = self.attributes.get(reference, ())
        if effect.role not in {other.role for other in known}:
            self.attributes[reference] = (*known, effect)


class Declarations:
    """The functions of a program whose names belong to all of its files."""

    def __init__(self, links: Links, catalogued: Mapping[str, Catalogued]) -> None:
        self.links = links
        self.tree = links.tree
        self.catalogued = catalogued
        self.read: dict[tuple[str, tuple[str, ...]], Said] = {}
        """What the same attributes say in the same language, which many declarations carry."""
        self.said: dict[Reference, Said] = {}
        for path, file in self.tree.files.items():
            if isinstance(links.names[file.facts.language], GlobalNames):
                for index, definition in enumerate(file.facts.definitions):
                    reference = Reference(path, index)
                    if definition.kind in (FUNCTION, PROTOTYPE, ALIAS) and not self.tree.home(reference):
                        self.said[reference] = self.read_once(definition, self.tree.language(path))

    def read_once(self, definition: Definition, language: Language) -> Said:
        """Read what the attributes of a declaration say."""
        key = (language.name, definition.attributes)
        if key not in self.read:
            self.read[key] = read_attributes(definition.attributes, self.tree, language.attributes)
        return self.read[key]

    def declared(self) -> Declared:
        """Put together what is said."""
        declared = Declared()
        for reference, said in self.said.items():
            self.add_implemented(declared, reference, said.alias)
            if said.noreturn:
                declared.noreturn.update(self.announced(reference))
            for effect in told(self.tree.definition(reference), said):
                self.add_told(declared, reference, effect)
            if said.released_by and (taker := self.function(reference, said.released_by)):
                declared.tell(taker, releaser(self.tree.definition(reference), said))
        return declared

    def add_implemented(self, declared: Declared, reference: Reference, alias: str) -> None:
        """Note what a definition implements, and with it the function that it is another name for."""
        definition = self.tree.definition(reference)
        old = definition.body if definition.kind == ALIAS else alias
        if definition.local or (definition.kind == PROTOTYPE and not old):
            return
        meant = self.function(reference, old)
        shape = self.tree.definition(meant) if meant else definition
        known = self.catalogued[self.language(reference)]
        for name in (*self.names_of(reference, definition), *filter(None, (old,))):
            if entry := implemented(known, name, shape):
                how = f", as another name of {old}" if old else ""
                declared.implement(reference, implementation(definition, entry, how))
                if meant:
                    how = f", through the name {definition.name}"
                    declared.implement(meant, implementation(definition, entry, how))

    def add_told(self, declared: Declared, reference: Reference, effect: Effect) -> None:
        """Note what attributes tell of the functions that a declaration speaks of."""
        for other in self.announced(reference):
            declared.tell(other, effect)

    def announced(self, reference: Reference) -> list[Reference]:
        """List the functions that a declaration announces; itself where it is one, or where there are none."""
        definition = self.tree.definition(reference)
        others = self.functions(reference, definition.name) if definition.kind == PROTOTYPE else ()
        return list(others) or [reference]

    def function(self, reference: Reference, name: str) -> Reference | None:
        """Find the function of a name, in the same file before all others."""
        return min(self.functions(reference, name), key=lambda other: other.path != reference.path, default=None)

    def functions(self, reference: Reference, name: str) -> Iterator[Reference]:
        """List the functions of a name that a file can see."""
        names = self.links.names[self.language(reference)]
        renamed = names.renamed.get(name, ()) if isinstance(names, GlobalNames) else ()
        for other in (*self.tree.by_name.get(name, ()), *renamed) if name else ():
            if self.tree.definition(other).kind == FUNCTION and not self.tree.home(other):
                if other.path == reference.path or not self.tree.private(other):
                    yield other

    def names_of(self, reference: Reference, definition: Definition) -> Iterator[str]:
        """List the names that a definition has before and after the renaming that its file can see."""
        yield definition.name
        names = self.links.names[self.language(reference)]
        assert isinstance(names, GlobalNames)
        renamed = (*self.renames.get(definition.name, ()), *self.renamed_to.get(definition.name, ()))
        if renamed:
            visible = {reference.path, *names.includes.of(reference.path)}
            yield from (name for path, name in renamed if path in visible)

    @cached_property
    def renames(self) -> dict[str, list[tuple[str, str]]]:
        """For each macro that only stands for another name: where, and for which."""
        found: dict[str, list[tuple[str, str]]] = {}
        for path, file in self.tree.files.items():
            for definition in file.facts.definitions:
                if definition.kind == MACRO and not definition.parameters and definition.body.isidentifier():
                    found.setdefault(definition.name, []).append((path, definition.body))
        return found

    @cached_property
    def renamed_to(self) -> dict[str, list[tuple[str, str]]]:
        """For each name that such a macro stands for: where, and by which macro."""
        found: dict[str, list[tuple[str, str]]] = {}
        for name, bodies in self.renames.items():
            for path, body in bodies:
                found.setdefault(body, []).append((path, name))
        return found

    def language(self, reference: Reference) -> str:
        """Name the language that a definition is written in."""
        return self.tree.files[reference.path].facts.language


def read_declared(links: Links, catalogued: Mapping[str, Catalogued]) -> Declared:
    """Read what all declarations of a program say."""
    return Declarations(links, catalogued).declared()


def implemented(known: Catalogued, name: str, definition: Definition) -> Entry | None:
    """Say what a catalogue knows under a name, where a function can be that."""
    parameters = definition.parameters if definition.parameters != WITHOUT else ()
    for entry in known.catalogue.by_name.get(name, ()):
        # No function can hand out a part of the stack.
        raw = entry.kind == Kind.RAW and entry.resource is Resource.MEMORY and entry.action in ROLES
        if raw and not (entry.hint or entry.when or entry.is_own) and takes(entry, len(parameters)):
            return entry
    return None


def takes(entry: Entry, count: int) -> bool:
    """Tell whether a function with so many parameters can be what an entry means."""
    if entry.arity is not None:
        low, high = entry.arity if isinstance(entry.arity, tuple) else (entry.arity, entry.arity)
        return low <= count <= high
    places = (entry.size, entry.count, entry.align, entry.pointer, entry.out, entry.pool, entry.source)
    return count > max((place for place in places if place is not None), default=-1)


def implementation(definition: Definition, entry: Entry, how: str) -> Effect:
    """Describe a function that implements what a catalogue knows."""
    evidence = Evidence(definition.location, f"implements {entry.name} of {entry.library}{how}")
    return replace(effect_of(entry), evidence=(evidence,))


def told(definition: Definition, said: Said) -> Iterator[Effect]:
    """Say in the words of discovery what the attributes of a function tell."""
    if said.allocates or said.sizes:
        grows = not said.allocates and 0 not in (said.size, said.count)
        yield Effect(
            role=Role.REALLOCATOR if grows else Role.ALLOCATOR,
            family="",
            size=said.size,
            count=said.count,
            pointer=0 if grows else None,
            fails="abort" if said.never_null else "",
            evidence=declares(definition, said.allocates, said.sizes),
        )
    if said.frees:
        yield Effect(Role.DEALLOCATOR, "", pointer=said.pointer, evidence=declares(definition, said.frees))


def releaser(definition: Definition, said: Said) -> Effect:
    """Describe the function that an attribute names as the one that takes the memory back."""
    evidence = Evidence(definition.location, f"{definition.name} is declared to be released by it")
    return Effect(Role.DEALLOCATOR, "", pointer=said.released, evidence=(evidence,))


def declares(definition: Definition, *attributes: str) -> tuple[Evidence, ...]:
    """Quote the attributes that speak for an effect."""
    quoted = dict.fromkeys(filter(None, attributes))
    return tuple(Evidence(definition.location, f"is declared {attribute}") for attribute in quoted)
