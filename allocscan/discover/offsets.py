"""Memory that is handed out from its middle: only what knows where the block begins can take it back."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from allocscan.discover.arguments import argument, compiled
from allocscan.discover.discovery import Discovery
from allocscan.discover.families import FEW, Chains, evident, read_chains, released, releases_raw, rename
from allocscan.discover.places import place_of
from allocscan.discover.units import Unit, parameter_of, stem
from allocscan.discover.values import Fresh
from allocscan.model import Effect, Evidence, Kind, Level, Reference, Role

Parts = dict[Reference, Evidence]
"""What hands out the middle of a block or takes it back, and why that is believed."""


def settle_offsets(discovery: Discovery) -> None:
    """Give memory a family of its own that is freed from a place before what was handed out."""
    takers = dict(read_takers(discovery))
    chains = read_chains(discovery) if takers else {}
    makers = read_makers(discovery, chains, takers) if takers else {}
    allocating = {found for found in makers if discovery.effects[found][0].role is Role.ALLOCATOR}
    for home in sorted({stem(found) for found in allocating}):
        members = {found: said for found, said in (makers | takers).items() if stem(found) == home}
        belonging = [found for found, chain in chains.items() if not members.keys().isdisjoint(chain)]
        rename(discovery, belonging, members, name_of(discovery, chains, members))
        beside = (found for found in belonging if stem(found) == home or is_other_name(discovery, found))
        forget_objects(discovery, (found for found in beside if found not in discovery.implemented))


def read_takers(discovery: Discovery) -> Iterator[tuple[Reference, Evidence]]:
    """Yield what frees a place before what it is given."""
    for reference, effect in discovery.first_effects():
        if releases_raw(effect) and effect.level != Level.MAYBE and (step := evident(discovery, reference)):
            unit = discovery.units[reference]
            for inner in discovery.effects_of(step)[:1]:
                place, text = place_of(step, inner.pointer), argument(step, inner.pointer)
                if not unit.is_macro and parameter_of(unit, place) is not None and moved(discovery, unit, text):
                    yield reference, Evidence(step.call.location, f"frees a block that begins before {place}")


def moved(discovery: Discovery, unit: Unit, text: str) -> bool:
    """Tell whether an expression is a place some way off from the one that it names."""
    return bool(compiled(discovery.language(unit).sizes.sum).search(text))


def read_makers(discovery: Discovery, chains: Chains, takers: Parts) -> Parts:
    """Find what stands beside such a release, and whose memory hardly ever comes to another one."""
    homes = {stem(found): found for found in takers}
    seen: set[tuple[Unit, Reference, bool]] = set()
    for unit, step, origins in released(discovery):
        own = any(not takers.keys().isdisjoint(chains.get(other, ())) for other in step.references)
        for origin in origins:
            seen.update((unit, maker, own) for maker in made_by(origin, chains, homes))
    # In how many functions, for one of them may do so in a hundred places.
    counted = Counter((maker, own) for _, maker, own in seen)
    return {
        maker: Evidence(takers[homes[stem(maker)]].location, "is freed from a place before what is handed out")
        for maker, own in counted
        if own and FEW * counted[maker, False] <= counted[maker, True]
    }


def made_by(origin: object, chains: Chains, homes: dict[str, Reference]) -> Iterator[Reference]:
    """Yield what stands lowest of the functions beside a release that memory comes from."""
    for reference in origin.step.references if isinstance(origin, Fresh) else ():
        inside = [found for found in chains.get(reference, ()) if stem(found) in homes]
        yield from inside[-1:]


def name_of(discovery: Discovery, chains: Chains, members: Parts) -> str:
    """Name a family as catalogues do, or after that of its allocators beside the release that most functions call."""
    uses: dict[Reference, int] = defaultdict(int)
    for reference, chain in chains.items():
        if stem(reference) == stem(next(iter(members))) and not members.keys().isdisjoint(chain):
            if discovery.effects[reference][0].role is Role.ALLOCATOR:
                uses[reference] = len(discovery.called_by.of(reference))
    most = max(sorted(uses, key=lambda found: found.index), key=uses.__getitem__)
    name, language = discovery.links.tree.full_name(most), discovery.language(discovery.units[most])
    known = discovery.catalogued[language.name].catalogue.by_name.get(name, ())
    return known[0].family if known else name


def is_other_name(discovery: Discovery, reference: Reference) -> bool:
    """Tell whether a macro or the like stands for what does something to memory, and does nothing itself."""
    unit = discovery.units.get(reference)
    return unit is not None and unit.is_alias


def forget_objects(discovery: Discovery, beside: Iterable[Reference]) -> None:
    """Make raw what only writes before the memory that it hands out: that makes no object of it."""
    for reference in beside:
        effects = discovery.effects[reference]
        discovery.effects[reference] = tuple(
            replace(each, kind=Kind.RAW) if is_object(each) else each for each in effects
        )


def is_object(effect: Effect) -> bool:
    """Tell whether something hands out an object."""
    return effect.kind is Kind.CONSTRUCTOR and effect.role is not Role.DEALLOCATOR
