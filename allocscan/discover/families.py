"""Families of a tree's own: memory that only the tree's own release can take back, because both keep books of it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from allocscan.discover.discovery import RELEASING, Discovery
from allocscan.discover.places import place_of, sink
from allocscan.discover.units import Step, Unit, bare, stem
from allocscan.discover.values import Fresh, Origin, acts
from allocscan.model import Effect, Evidence, Kind, Level, Reference, Resource, Role

FEW = 20
"""One in so many blocks may be released in another way, by mistake, and the family is one all the same."""
Books = dict[Reference, Evidence]
"""The functions that do more with a block than the library's they call, and what."""
Chains = dict[Reference, tuple[Reference, ...]]
"""For each function it and those below it, whose memory it hands on or gives back."""


def settle_families(discovery: Discovery) -> None:
    """Give memory a family of its own whose allocators and releases stand together and keep books of it."""
    roots = {reference: chain[-1] for reference, chain in read_chains(discovery).items()}
    makers, takers = read_books(discovery, obtains_raw), read_books(discovery, releases_raw)
    homes = {stem(found) for found in makers} & {stem(found) for found in takers}
    released = count_releases(discovery, roots, makers, takers) if homes else Counter()
    for home in sorted(homes):
        if released[home, True] and FEW * released[home, False] <= released[home, True]:
            members = {found: said for found, said in (makers | takers).items() if stem(found) == home}
            belonging = [reference for reference, found in roots.items() if found in members]
            rename(discovery, belonging, members, name_of(discovery, roots, members))


def obtains_raw(effect: Effect) -> bool:
    """Tell whether an effect obtains raw memory of a size."""
    sized = effect.size is not None or effect.count is not None
    return effect.role != Role.DEALLOCATOR and effect.kind == Kind.RAW and effect.out is None and sized


def releases_raw(effect: Effect) -> bool:
    """Tell whether an effect releases raw memory."""
    return effect.role == Role.DEALLOCATOR and effect.kind == Kind.RAW


def read_chains(discovery: Discovery) -> Chains:
    """Follow for each function that does something to memory what stands below it, down to what calls the library's."""
    under = below(discovery)
    chains: Chains = {}
    for reference in discovery.effects:
        chain, last = {reference: None}, reference
        while (found := under.get(last)) and found not in chain:
            chain[found], last = None, found
        chains[reference] = tuple(chain)
    return chains


def below(discovery: Discovery) -> dict[Reference, Reference]:
    """Say for each function that does something to memory which other function of the tree does it."""
    found: dict[Reference, Reference] = {}
    for reference in discovery.effects:
        step = evident(discovery, reference)
        other = next((each for each in step.references if each in discovery.effects), None) if step else None
        if other and step and discovery.told(step) is None:
            found[reference] = other
    return found


def evident(discovery: Discovery, reference: Reference) -> Step | None:
    """Find the call that shows what a function does to memory, if it is said to do anything."""
    unit, effects = discovery.units.get(reference), discovery.effects[reference]
    places = [evidence.location for effect in effects[:1] for evidence in effect.evidence]
    steps = {step.call.location: step for step in reversed(unit.steps)} if unit else {}
    return next((steps[place] for place in places if place in steps), None)


def read_books(discovery: Discovery, wanted: Callable[[Effect], bool]) -> Books:
    """Find the functions that call the library's and do more with the block."""
    found: Books = {}
    for reference, effect in discovery.first_effects():
        sure = effect.level != Level.MAYBE and effect.resource == Resource.MEMORY
        step = evident(discovery, reference) if sure and wanted(effect) else None
        if step and discovery.told(step) and reference not in discovery.implemented:
            for said in kept_books(discovery, discovery.units[reference], step, effect):
                found.setdefault(reference, said)
    return found


def kept_books(discovery: Discovery, unit: Unit, step: Step, effect: Effect) -> Iterator[Evidence]:
    """Yield what else a unit does with the block of a call."""
    block = sink(step) if effect.role != Role.DEALLOCATOR else place_of(step, effect.pointer)
    if not unit.is_macro and block:
        names = {block, *(flow.target for flow in unit.flows if flow.source == block and flow.target.isidentifier())}
        for other in unit.steps:
            given = {bare(place).lstrip("&*") for place in other.call.places}
            if other is not step and not names.isdisjoint(given) and is_book(discovery, unit, other):
                yield Evidence(other.call.location, f"keeps books of {block}: hands it to {other.call.name} as well")


def is_book(discovery: Discovery, unit: Unit, step: Step) -> bool:
    """Tell whether a call may note down a block: what fills it, and what a variable holds, does not."""
    through_variable = step.call.name in unit.lasting
    return not (through_variable or discovery.effects_of(step) or discovery.returns_of(step))


def count_releases(
    discovery: Discovery, roots: dict[Reference, Reference], makers: Books, takers: Books
) -> Counter[tuple[str, bool]]:
    """Count how often the memory of each file's allocators comes to its own release, and to others."""
    found: Counter[tuple[str, bool]] = Counter()
    for _, step, origins in released(discovery):
        for maker in made_by(origins, roots, makers):
            own = any(roots.get(other) in takers for other in step.references)
            found[stem(maker), own] += 1
    return found


def released(discovery: Discovery) -> Iterator[tuple[Unit, Step, Iterable[Origin]]]:
    """Yield every call that releases something, the unit that it stands in, and where that may come from."""
    for unit in discovery.in_order(RELEASING):
        values = discovery.trace(unit)
        for step, effect in acts(values):
            if effect.role == Role.DEALLOCATOR:
                yield unit, step, values.at(place_of(step, effect.pointer))


def made_by(origins: Iterable[object], roots: dict[Reference, Reference], makers: Books) -> Iterator[Reference]:
    """Yield the allocators with books that memory comes from."""
    for origin in origins:
        for reference in origin.step.references if isinstance(origin, Fresh) else ():
            if roots.get(reference) in makers:
                yield roots[reference]


def name_of(discovery: Discovery, roots: dict[Reference, Reference], members: Books) -> str:
    """Name a family after that of its allocators that is called in most functions."""
    uses: dict[str, int] = defaultdict(int)
    for reference, found in roots.items():
        if found in members and stem(reference) == stem(found) and obtains_raw(discovery.effects[reference][0]):
            uses[discovery.links.tree.full_name(reference)] += len(discovery.called_by.of(reference))
    return max(sorted(uses), key=uses.__getitem__)


def rename(discovery: Discovery, belonging: Iterable[Reference], members: Books, name: str) -> None:
    """Put all into a family whose memory is that of its members."""
    for reference in belonging:
        if reference not in discovery.implemented:
            said = (members[reference],) if reference in members else ()
            discovery.effects[reference] = tuple(
                replace(effect, family=name, evidence=(*effect.evidence, *said))
                for effect in discovery.effects[reference]
            )
