"""The allocators of a tree: what is known and what was found, with what frees what and how often each is used."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from allocscan.complete.functions import count_calls
from allocscan.discover import Discovery
from allocscan.discover.described import effect_of
from allocscan.discover.handing import sources
from allocscan.discover.named import ANNOUNCED
from allocscan.discover.units import RETURN, stem
from allocscan.model import Allocator, Effect, Fate, Form, Kind, Level, Life, Reference, Role, Site, Target
from allocscan.resolve.index import MACRO, VARIABLE

ELSEWHERE = frozenset((*ANNOUNCED, MACRO))
"""Kinds of definitions of a library's names that do not say what those are."""
ROLE_OF = {"allocate": Role.ALLOCATOR, "reallocate": Role.REALLOCATOR, "deallocate": Role.DEALLOCATOR}
CONSTRUCTS = frozenset((Form.NEW, Form.DELETE))
"""Forms that name no function, although one of the tree may do what they stand for."""
MOST_PAIRS = 5
"""Partners that are named, the most frequent first."""

Meaning = tuple[str, Target | None]
"""The canonical name of what is called, and its definition."""
Uses = Counter[Meaning]
Partners = Mapping[Meaning, tuple[str, ...]]
"""What is at the other end of the memory's life, the most frequent first."""


def list_allocators(discovery: Discovery, sites: Iterable[Site], lives: Iterable[Life]) -> list[Allocator]:
    """List what the tree defines and what it uses of libraries, candidates included."""
    known = list(sites)
    uses: Uses = Counter((site.allocator, site.resolved) for site in known)
    tree = discovery.links.tree
    names = {(tree.full_name(found), tree.target(found)) for found in discovery.all_effects}
    partners = read_partners(known, lives, names)
    defined = list(defined_allocators(discovery, uses, partners))
    used = list(library_allocators(discovery, known, uses, partners, names))
    return [*defined, *used, *held_allocators(discovery, {each.name for each in (*defined, *used)})]


def defined_allocators(discovery: Discovery, uses: Uses, partners: Partners) -> Iterator[Allocator]:
    """Describe what the tree itself defines."""
    tree, agreed = discovery.links.tree, read_agreed(discovery)
    for reference, effects in discovery.all_effects.items():
        name, target = tree.full_name(reference), tree.target(reference)
        for effect in effects[:1]:
            pairs = (*partners.get((name, target), ()), *agreed.get(reference, ()))
            found = describe(name, effect, target, uses[name, target], tuple(dict.fromkeys(pairs))[:MOST_PAIRS])
            yield replace(found, shared=len(set(namesakes(discovery, reference))) > 1)
    calls = count_calls(discovery, discovery.made)
    for reference, effect in discovery.made.items():
        yield describe(tree.full_name(reference), effect, tree.target(reference), calls[reference], ())


def read_agreed(discovery: Discovery) -> Mapping[Reference, list[str]]:
    """Name what gives back the counted objects that something hands out, or its whole pool, and the other way round."""
    found: defaultdict[Reference, list[str]] = defaultdict(list)
    for maker, release in (*discovery.counted.items(), *pooling(discovery), *alike(discovery)):
        found[maker].append(discovery.links.tree.full_name(release))
        found[release].append(discovery.links.tree.full_name(maker))
    return found


def alike(discovery: Discovery) -> Iterator[tuple[Reference, Reference]]:
    """Yield what makes objects of a type, with what takes such objects apart in the same file or beside it."""
    releases: defaultdict[tuple[str, str, str], list[Reference]] = defaultdict(list)
    for reference, effect in discovery.first_effects():
        unit = discovery.units.get(reference)
        if unit and effect.role is Role.DEALLOCATOR and effect.kind is Kind.CONSTRUCTOR:
            releases[stem(reference), effect.family, discovery.type_of(unit, effect.pointer)].append(reference)
    for maker, effect in discovery.first_effects() if releases else ():
        if effect.role is Role.ALLOCATOR and effect.kind is Kind.CONSTRUCTOR:
            for type in set(made_types(discovery, maker)) - {""}:
                yield from ((maker, release) for release in releases.get((stem(maker), effect.family, type), ()))


def made_types(discovery: Discovery, maker: Reference) -> Iterator[str]:
    """Yield what a function is said to hand out, and what the variable is that holds it first."""
    for unit, _, place in sources(discovery, maker):
        yield discovery.declared_type(unit, RETURN)
        yield discovery.declared_type(unit, place.lstrip("*"))


def pooling(discovery: Discovery) -> Iterator[tuple[Reference, Reference]]:
    """Yield what hands out of a pool, with what gives back all of that pool's memory."""
    for maker, effect in discovery.kept.items():
        if effect.kind is Kind.POOL and effect.role is Role.ALLOCATOR:
            yield from ((maker, release) for release, family in discovery.bulk.items() if family == effect.family)


def namesakes(discovery: Discovery, reference: Reference) -> Iterator[str]:
    """Yield the files that define something of the same name."""
    tree, name = discovery.links.tree, discovery.links.tree.full_name(reference)
    for other in tree.by_name[tree.language(reference.path).names.last(name)]:
        if tree.definition(other).kind not in ANNOUNCED and tree.full_name(other) == name:
            yield other.path


def describe(name: str, effect: Effect, target: Target | None, sites: int, pairs: tuple[str, ...]) -> Allocator:
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
        pairs=pairs,
        sites=sites,
        evidence=effect.evidence,
        out=effect.out,
        type=effect.type,
        pool=effect.pool,
        resource=effect.resource,
        itself=effect.itself,
        behind=effect.behind,
    )


def library_allocators(
    discovery: Discovery,
    sites: Iterable[Site],
    uses: Uses,
    partners: Partners,
    defined: Collection[Meaning],
) -> Iterator[Allocator]:
    """Describe what is used of libraries."""
    seen: set[str] = set()
    implemented = implementations(discovery, sites)
    for site in sites:
        role = ROLE_OF.get(site.action)
        listed = site.allocator in seen or (site.allocator, site.resolved) in defined
        own = site.via and site.form not in CONSTRUCTS
        if role is None or listed or not site.family or own or not site.explicit:
            continue
        seen.add(site.allocator)
        total = sum(count for each, count in uses.items() if each[0] == site.allocator and each not in defined)
        target = site.resolved if site.resolved in implemented else None
        pairs = partners.get((site.allocator, None), ())
        effect = replace(library_effect(discovery, site, role), via=site.via if site.type == site.allocator else ())
        yield describe(site.allocator, effect, target, total, pairs)


def held_allocators(discovery: Discovery, listed: Collection[str]) -> Iterator[Allocator]:
    """Describe what a library puts into variables that the tree declares, and that nobody calls."""
    seen = {*listed}
    for file in discovery.links.tree.files.values():
        catalogue = discovery.catalogued[file.facts.language].catalogue
        for held in file.facts.definitions:
            entry = catalogue.by_name.get(held.name, (None,))[0] if held.kind == VARIABLE and held.parameters else None
            if entry and entry.action in ROLE_OF and entry.explicit and held.name not in seen:
                seen.add(held.name)
                yield describe(held.name, effect_of(entry), None, 0, ())


def implementations(discovery: Discovery, sites: Iterable[Site]) -> set[Target]:
    """Give what some sites resolve to and is more than an announcement, or a macro that takes the name away."""
    tree = discovery.links.tree
    names = {tree.language(site.location.path).names.last(site.resolved.name) for site in sites if site.resolved}
    found = (reference for name in names for reference in tree.by_name.get(name, ()))
    return {tree.target(each) for each in found if tree.definition(each).kind not in ELSEWHERE}


def library_effect(discovery: Discovery, site: Site, role: Role) -> Effect:
    """Say what the catalogue knows of a library's function beside what its sites say."""
    entry = discovery.catalogued[site.language].catalogue.by_name.get(site.allocator, (None,))[0]
    known = effect_of(entry) if entry and entry.action in ROLE_OF else None
    return known or Effect(role, site.family, Kind.RAW, Level.CERTAIN, resource=site.resource)


def read_partners(sites: Iterable[Site], lives: Iterable[Life], defined: Collection[Meaning]) -> Partners:
    """Find what frees what: which deallocators are given which allocators' memory in one function.

    What the tree only announces is a library's, and known by its name alone.
    """

    def meaning(site: Site) -> Meaning:
        known = (site.allocator, site.resolved) in defined
        return site.allocator, site.resolved if known else None

    by_place = {site.location: site for site in sites}
    by_line = {(site.location.path, site.location.line, site.name): site for site in by_place.values()}
    together: defaultdict[Meaning, Counter[str]] = defaultdict(Counter)
    others: defaultdict[Meaning, Counter[str]] = defaultdict(Counter)
    for life in lives:
        source = by_place[life.location]
        for ending in life.endings:
            release = by_line.get((life.location.path, ending.line, ending.name))
            if ending.fate is Fate.FREED and release:
                found = together if source.family == release.family else others
                found[meaning(source)][release.allocator] += 1
                found[meaning(release)][source.allocator] += 1
    # A variable may hold memory of another family as well, which is no partner where one of the own family is.
    chosen = {**others, **together}
    return {each: tuple(other for other, _ in found.most_common(MOST_PAIRS)) for each, found in chosen.items()}
