"""A project's own allocators: found by what functions do with memory, to a fixpoint."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from allocscan.catalogue import Catalogue
from allocscan.discover.adopted import adopt_families, opens
from allocscan.discover.applied import Applied, apply
from allocscan.discover.believed import believe, explain, uncontradicted
from allocscan.discover.catalogued import Catalogued
from allocscan.discover.cleared import settle_cleared
from allocscan.discover.counted import settle_counted
from allocscan.discover.declared import Declared, Seeds, read_declared
from allocscan.discover.discovery import OBTAINING, RELEASING, Discovery
from allocscan.discover.expanded import read_expanded
from allocscan.discover.failing import read_failing
from allocscan.discover.families import settle_families
from allocscan.discover.hooks import Hooks, read_hooks
from allocscan.discover.kept import settle_kept
from allocscan.discover.learnt import Learnt
from allocscan.discover.making import read_makers
from allocscan.discover.named import Named, contradicted, read_named
from allocscan.discover.noreturn import read_noreturn
from allocscan.discover.offsets import settle_offsets
from allocscan.discover.releasing import frees
from allocscan.discover.returning import NOWHERE
from allocscan.discover.settling import hand_over, settle, settle_fails
from allocscan.discover.summary import obtains
from allocscan.discover.units import Unit, read_units
from allocscan.discover.variants import settle_variants
from allocscan.model import Effect, Reference
from allocscan.resolve import Links

__all__ = ["Discovery", "discover"]


def discover(links: Links, catalogues: Mapping[str, Catalogue]) -> Discovery:
    """Find what every function and macro does to memory.

    Where whoever scans says otherwise, it is found again, with that settled, until nothing is said otherwise.
    """
    tree, units, hooks = links.tree, read_units(links), read_hooks(links)
    applied = apply(links, units)
    catalogued = {name: Catalogued(tree.languages[name], catalogues[name], tree) for name in links.names}
    named, settled = read_named(links, catalogued), Seeds()
    while True:
        understood = frozenset(tree.full_name(found) for found in named.given.keys() - settled.keys())
        known = {
            name: replace(each, settled=frozenset(settled), understood=understood) for name, each in catalogued.items()
        }
        discovery = understand(links, known, hooks, units, applied, replace(named, given=settled))
        wrong = contradicted(named, discovery.all_effects, tree)
        if wrong.keys() <= settled.keys():
            return discovery
        settled = settled | wrong


def understand(
    links: Links,
    catalogued: Mapping[str, Catalogued],
    hooks: Hooks,
    units: dict[Reference, Unit],
    applied: Applied,
    named: Named,
) -> Discovery:
    """Find what every function and macro does to memory, by what those do that it calls.

    What they obtain comes first: whether a unit frees its parameter depends on what else the freed place may hold.
    """
    declared = read_declared(links, catalogued)
    known = declared.implements | named.given
    noreturn = read_noreturn(links, catalogued, units, declared.noreturn)
    failing = read_failing((file.facts for file in links.tree.files.values()), noreturn)
    implemented = frozenset(known)
    discovery = Discovery(
        links, catalogued, hooks, units, Learnt(known), applied=applied, failing=failing, implemented=implemented
    )
    attributes = learn(discovery, declared, named)
    settle_fails(discovery)
    explain(discovery.effects, known | attributes, lambda found: shown(discovery, units[found]))
    refine(discovery)
    return discovery


def learn(discovery: Discovery, declared: Declared, named: Named) -> Seeds:
    """Find what obtains memory and what frees it; give what attributes were believed."""
    settle(discovery, obtains, OBTAINING)
    open_to_doubt = ((found, said) for found, said in declared.attributes.items() if found not in named.given)
    attributes = {found: said for found, said in open_to_doubt if not opens(discovery, found)}
    believe(discovery.effects, attributes, discovery.returning.of)
    hand_over(discovery)
    settle(discovery, obtains, OBTAINING)
    settle(discovery, frees, RELEASING)
    if told := uncontradicted(named.told, discovery.effects):
        believe(discovery.effects, told, lambda _: NOWHERE)
        settle(discovery, obtains, OBTAINING)
        settle(discovery, frees, RELEASING)
    settle_variants(discovery)
    return attributes


def refine(discovery: Discovery) -> None:
    """Tell families, what is cleared, what is counted, and what pools and containers keep."""
    adopt_families(discovery)
    settle_families(discovery)
    settle_offsets(discovery)
    settle_cleared(discovery)
    discovery.counted.update(settle_counted(discovery))
    settle_kept(discovery)
    discovery.expanded.update(read_expanded(discovery))
    discovery.made.update(read_makers(discovery))
    forget_pasted(discovery)
    # Nobody follows values as they were seen here any more, and they take room.
    discovery.traces.clear()


def forget_pasted(discovery: Discovery) -> None:
    """Leave out what nobody can call under its name, for that is put together anew in each use of a macro."""
    for found, unit in discovery.units.items():
        pasted = discovery.language(unit).names.pasted
        if pasted and pasted in unit.definition.name:
            discovery.effects.pop(found, None)
            discovery.kept.pop(found, None)


def shown(discovery: Discovery, unit: Unit) -> Iterator[Effect]:
    """Say what the code of a unit shows that it does."""
    values, language = discovery.trace(unit), discovery.language(unit)
    for summarise in (obtains, frees):
        yield from summarise(unit, values, discovery.effects_of, language)
