"""The allocators of a tree: what is known and what was found, with what frees what and how often each is used."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from allocscan.discover import Discovery
from allocscan.discover.catalogued import effect_of
from allocscan.discover.named import ANNOUNCED
from allocscan.model import Allocator, Effect, Kind, Level, Reference, Role, Site, Target

ROLE_OF = {"allocate": Role.ALLOCATOR, "reallocate": Role.REALLOCATOR, "deallocate": Role.DEALLOCATOR}
MOST_PAIRS = 5
"""Partners that are named, the most frequent first."""

Uses = Counter[tuple[str, Target | None]]
"""Sites by the canonical name of what they call, and its definition."""


def list_allocators(discovery: Discovery, sites: Iterable[Site]) -> list[Allocator]:
    """List what the tree defines and what it uses of libraries, candidates included."""
    known = list(sites)
    uses: Uses = Counter((site.allocator, site.resolved) for site in known)
    partners = read_partners(discovery)
    defined = list(defined_allocators(discovery, uses, partners))
    names = {(found.name, found.definition) for found in defined}
    return defined + list(library_allocators(discovery, known, uses, partners, names))


def defined_allocators(
    discovery: Discovery, uses: Uses, partners: Mapping[str, tuple[str, ...]]
) -> Iterator[Allocator]:
    """Describe what the tree itself defines."""
    tree = discovery.links.tree
    for reference, effects in discovery.effects.items():
        name, target = tree.full_name(reference), target_of(discovery, reference)
        for effect in effects[:1]:
            found = describe(name, effect, target, uses[name, target], partners)
            yield replace(found, shared=len(set(namesakes(discovery, reference))) > 1)


def namesakes(discovery: Discovery, reference: Reference) -> Iterator[str]:
    """Yield the files that define something of the same name."""
    tree, name = discovery.links.tree, discovery.links.tree.full_name(reference)
    for other in tree.by_name[tree.language(reference.path).names.last(name)]:
        if tree.definition(other).kind not in ANNOUNCED and tree.full_name(other) == name:
            yield other.path


def describe(
    name: str, effect: Effect, target: Target | None, sites: int, partners: Mapping[str, tuple[str, ...]]
) -> Allocator:
    """Put the description of one allocator together."""
    return Allocator(
        name=name,
        role=effect.role,
        kind=effect.kind,
        level=effect.level,
        family=effect.family,
        definition=target,
        size=effect.size,
        count=effect.count,
        pointer=effect.pointer,
        fails=effect.fails,
        zeroed=effect.zeroed,
        wraps=effect.via,
        pairs=partners.get(name, ()),
        sites=sites,
        evidence=effect.evidence,
        out=effect.out,
        type=effect.type,
        resource=effect.resource,
    )


def library_allocators(
    discovery: Discovery,
    sites: Iterable[Site],
    uses: Uses,
    partners: Mapping[str, tuple[str, ...]],
    defined: set[tuple[str, Target | None]],
) -> Iterator[Allocator]:
    """Describe what is used of libraries."""
    seen: set[str] = set()
    for site in sites:
        role = ROLE_OF.get(site.action)
        listed = site.allocator in seen or (site.allocator, site.resolved) in defined
        if role is None or listed or not site.family or site.via or not site.explicit:
            continue
        seen.add(site.allocator)
        total = sum(count for (name, _), count in uses.items() if name == site.allocator)
        yield describe(site.allocator, library_effect(discovery, site, role), site.resolved, total, partners)


def library_effect(discovery: Discovery, site: Site, role: Role) -> Effect:
    """Say what the catalogue knows of a library's function beside what its sites say."""
    entry = discovery.catalogued[site.language].catalogue.by_name.get(site.allocator, (None,))[0]
    known = effect_of(entry) if entry and entry.action in ROLE_OF else None
    return known or Effect(role, site.family, Kind.RAW, Level.CERTAIN, resource=site.resource)


def target_of(discovery: Discovery, reference: Reference) -> Target:
    """Say where a definition stands."""
    tree = discovery.links.tree
    return Target(reference.path, tree.definition(reference).location.line, tree.full_name(reference))


def read_partners(discovery: Discovery) -> dict[str, tuple[str, ...]]:
    """Find what frees what: which deallocators are given which allocators' memory in one function."""
    together: dict[str, Counter[str]] = defaultdict(Counter)
    for allocator, deallocator in discovery.pairs():
        together[allocator][deallocator] += 1
        together[deallocator][allocator] += 1
    return {name: tuple(other for other, _ in found.most_common(MOST_PAIRS)) for name, found in together.items()}
