"""Definitions that matter to memory: types, and functions and macros that take it or give it back."""

from collections.abc import Iterable, Iterator

from allocscan.discover import Discovery
from allocscan.discover.described import ROLES
from allocscan.discover.settling import SURER
from allocscan.languages import Language
from allocscan.model import (
    CLASS_KINDS,
    MEMBER_KINDS,
    Definition,
    Effect,
    FileFacts,
    Kind,
    Level,
    Reference,
    ReportDefinition,
    Role,
)


def list_definitions(discovery: Discovery, facts: FileFacts) -> Iterator[ReportDefinition]:
    """Yield what a file defines that matters to memory."""
    yield from classes(discovery, facts)
    yield from allocators(discovery, facts)
    yield from implementations(discovery, facts)


def classes(discovery: Discovery, facts: FileFacts) -> Iterator[ReportDefinition]:
    """Yield the types that a file defines, and what makes one of them an allocator or an owner of memory."""
    index = discovery.links.tree
    language = index.languages[facts.language]
    for number, definition in enumerate(facts.definitions):
        role = role_of(definition, language)
        if role:
            name = index.full_name(Reference(facts.path, number))
            yield ReportDefinition(
                definition.location, name, role, facts.language, definition.kind, bases=definition.bases
            )


def role_of(definition: Definition, language: Language) -> Role | None:
    """Say what a definition is to memory, by its kind and by what it is derived from."""
    said = {language.names.split(language.names.plain(name))[-1] for name in definition.bases + definition.attributes}
    if said.intersection(language.classes.allocators):
        return Role.ALLOCATOR
    owns = definition.kind in MEMBER_KINDS and said.intersection(language.classes.owners)
    return Role.CLASS if definition.kind in CLASS_KINDS or owns else None


def allocators(discovery: Discovery, facts: FileFacts) -> Iterator[ReportDefinition]:
    """Yield the allocators and deallocators that a file defines."""
    offers = discovery.links.tree.languages[facts.language].allocators.offers
    for number, definition in enumerate(facts.definitions):
        if definition.name in offers:
            # It is told of with the class that offers it.
            continue
        for effect in surest(discovery.effects.get(Reference(facts.path, number), ())):
            yield ReportDefinition(
                location=definition.location,
                name=definition.name,
                role=effect.role,
                language=facts.language,
                kind=effect.kind,
                level=effect.level,
                wraps=effect.via,
            )


def surest(effects: Iterable[Effect]) -> Iterable[Effect]:
    """Choose one of several effects of each role: a definition is one of something, in however many ways."""
    found: dict[Role, Effect] = {}
    for effect in sorted(effects, key=lambda effect: SURER.index(effect.level)):
        if effect.level != Level.MAYBE:
            found.setdefault(effect.role, effect)
    return found.values()


def implementations(discovery: Discovery, facts: FileFacts) -> Iterator[ReportDefinition]:
    """Yield the functions that implement, for some class or for all, what a catalogue knows under their name."""
    index = discovery.links.tree
    names, catalogue = index.languages[facts.language].names, discovery.catalogued[facts.language].catalogue
    for number, definition in enumerate(facts.definitions):
        reference = Reference(facts.path, number)
        found = catalogue.by_name.get(names.separators[0] + names.last(definition.name)) if names.members else None
        role = ROLES.get(found[0].action) if found and definition.kind == "function" else None
        told = (effect for effect in discovery.effects.get(reference, ()) if effect.level != Level.MAYBE)
        if role and role not in {effect.role for effect in told}:
            name = index.full_name(reference)
            yield ReportDefinition(definition.location, name, role, facts.language, Kind.RAW)
