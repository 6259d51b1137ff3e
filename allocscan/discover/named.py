"""What catalogues that speak of the tree itself say of the functions and macros that it defines."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from allocscan.catalogue import Entry, Standing
from allocscan.discover.catalogued import Catalogued
from allocscan.discover.declared import Seeds
from allocscan.discover.described import ROLES, effect_of
from allocscan.model import UNCALLED_KINDS, Definition, Effect, Evidence, Level, Reference
from allocscan.resolve import Links, TreeIndex
from allocscan.resolve.index import MACRO
from allocscan.resolve.nearness import PROTOTYPE

ANNOUNCED = frozenset((PROTOTYPE, "declaration"))
"""Kinds of what is defined elsewhere."""


@dataclass(frozen=True, slots=True)
class Named:
    """The definitions of a program that catalogues name."""

    given: Seeds = field(default_factory=dict)
    """What whoever scans says of them, whatever their code shows; nothing, of what is neither."""
    told: Seeds = field(default_factory=dict)
    """What the tree says of them."""


def read_named(links: Links, catalogued: Mapping[str, Catalogued]) -> Named:
    """Find the definitions that catalogues name."""
    named = Named()
    for path, file in links.tree.files.items():
        known = catalogued[file.facts.language]
        if not (known.catalogue.own or known.catalogue.denied):
            continue
        for index, definition in enumerate(file.facts.definitions):
            if definition.kind not in UNCALLED_KINDS | ANNOUNCED:
                add(named, Reference(path, index), definition, known)
    return named


def add(named: Named, reference: Reference, definition: Definition, known: Catalogued) -> None:
    """Note what is said of one definition."""
    names = tuple(known.language.names.endings(known.tree.full_name(reference)))
    said = tuple(entry for entry in entries_of(names, known) if not entry.file or entry.file == reference.path)
    effects = tuple(effect(entry, definition) for entry in said if entry.action in ROLES)
    if any(entry.standing is Standing.GIVEN for entry in said) or not known.catalogue.denied.isdisjoint(names):
        if not effects or not essences(effects) <= of_libraries(names, known):
            named.given[reference] = effects
    elif effects:
        named.told[reference] = effects


def of_libraries(names: Iterable[str], known: Catalogued) -> frozenset[Effect]:
    """Say what libraries do under some names, which is believed of the tree's own definitions, too."""
    entries = (entry for name in names for entry in known.catalogue.by_name.get(name, ()))
    return essences(effect_of(each) for each in entries if each.action in ROLES and not (each.is_own or each.hint))


def entries_of(names: tuple[str, ...], known: Catalogued) -> Iterator[Entry]:
    """Yield the entries under the first of some names that has any."""
    yield from next((known.catalogue.own[name] for name in names if name in known.catalogue.own), ())


def effect(entry: Entry, definition: Definition) -> Effect:
    """Say in the words of discovery what a catalogue says of a definition."""
    said = Evidence(definition.location, f"is named by the catalogue {entry.library}")
    # What a macro is given is replaced as text, so that it assigns to it.
    assigns = definition.kind == MACRO and entry.out is not None
    return replace(effect_of(entry), assigns=assigns, evidence=(said,))


def contradicted(named: Named, found: Seeds, tree: TreeIndex) -> Seeds:
    """Keep what whoever scans says of definitions that were understood in another way.

    Of several definitions of one name, it is enough that one is understood as said.
    """
    groups: dict[tuple[str, frozenset[Effect]], list[Reference]] = {}
    for reference, effects in named.given.items():
        groups.setdefault((tree.full_name(reference), essences(effects)), []).append(reference)
    wrong: Seeds = {}
    for (_, said), references in groups.items():
        shown = essences(effect for reference in references for effect in found.get(reference, ())[:1])
        if not said <= shown or (shown and not said):
            wrong |= {reference: named.given[reference] for reference in references}
    return wrong


def essences(effects: Iterable[Effect]) -> frozenset[Effect]:
    """Give what catalogues can say of some effects."""
    return frozenset(map(essence, effects))


def essence(effect: Effect) -> Effect:
    """Give what a catalogue can say of an effect, and whether it is believed."""
    return replace(
        effect,
        level=Level.MAYBE if effect.level == Level.MAYBE else Level.CERTAIN,
        assigns=False,
        into="",
        via=(),
        evidence=(),
    )
