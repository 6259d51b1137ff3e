"""Functions that a file defines anew under each of several conditions: of which condition they are looked at."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from allocscan.discover.discovery import OBTAINING, RELEASING, Discovery
from allocscan.discover.families import read_chains
from allocscan.discover.releasing import frees
from allocscan.discover.settling import settle
from allocscan.discover.summary import obtains
from allocscan.model import Level, Reference, Resource


class Place(NamedTuple):
    """Where a name is defined under several conditions."""

    path: str
    inside: int
    conditions: tuple[str, ...]
    """In the order of the definitions."""


Variants = Mapping[Place, list[tuple[Reference, ...]]]
"""The definitions of the names that are defined under the same conditions."""


def settle_variants(discovery: Discovery) -> None:
    """Look at what a file defines under the same conditions as under one of them, and again at who calls that."""
    chosen = {
        variant: best for found in read_variants(discovery).items() for variant, best in choose(discovery, *found)
    }
    if not chosen:
        return
    stale = [found for found, chain in read_chains(discovery).items() if not chosen.keys().isdisjoint(chain[1:])]
    discovery.chosen.update(chosen)
    discovery.effects.news += chosen
    for found in stale:
        if found not in discovery.implemented:
            discovery.effects.forget(found)
    settle(discovery, obtains, OBTAINING)
    settle(discovery, frees, RELEASING)


def read_variants(discovery: Discovery) -> Variants:
    """Gather what is known to do something to memory and defined anew in its file, each time under a condition."""
    tree = discovery.links.tree
    found: defaultdict[Place, dict[str, tuple[Reference, ...]]] = defaultdict(dict)
    for reference in discovery.effects:
        definition, file = tree.definition(reference), tree.files[reference.path]
        numbers = file.definitions[definition.inside, definition.name] if definition.condition else ()
        conditions = tuple(file.facts.definitions[number].condition for number in numbers)
        if len(numbers) > 1 and all(conditions) and len({*conditions}) == len(conditions):
            variants = tuple(Reference(reference.path, number) for number in numbers)
            found[Place(reference.path, definition.inside, conditions)][definition.name] = variants
    return {place: list(names.values()) for place, names in found.items()}


def choose(
    discovery: Discovery, place: Place, names: list[tuple[Reference, ...]]
) -> Iterator[tuple[Reference, Reference]]:
    """Yield for each variant the one that it is looked at as: that of the condition under which most are understood."""
    known = [[is_sure(discovery, variant) for variant in variants] for variants in names]
    count = Counter(number for each in known for number, sure in enumerate(each) if sure)
    for variants, sure in zip(names, known, strict=True):
        first, *others = [number for number, each in enumerate(sure) if each] or [0]
        best = max(others, key=lambda number: count[number], default=first)
        if count[best] > count[first] and must_be_released(discovery, variants[first]):
            yield from ((variant, variants[best]) for variant in variants)


def must_be_released(discovery: Discovery, reference: Reference) -> bool:
    """Tell whether anybody has to give back what a definition hands out; else nothing is missing beside it."""
    return all(effect.resource is not Resource.STACK for effect in discovery.effects.get(reference, ()))


def is_sure(discovery: Discovery, reference: Reference) -> bool:
    """Tell whether it is known what a definition does to memory."""
    return any(effect.level is not Level.MAYBE for effect in discovery.effects.get(reference, ()))
