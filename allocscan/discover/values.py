"""Where the values of a unit come from: fresh memory, a parameter, or neither."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from allocscan.discover.places import argument_of, block_of, handed_back, outlet, place_of, sink
from allocscan.discover.units import Step, Unit, bare
from allocscan.model import Effect, Role


@dataclass(frozen=True, slots=True, eq=False)
class Fresh:
    """Memory that a call inside the unit obtained."""

    effect: Effect
    name: str
    """Of the call, as written."""
    line: int
    pointer: str
    """The place whose memory was reallocated; empty when none was."""
    step: Step


OTHER = "other"
Origin = Fresh | int | str
"""A fresh value, the position of a parameter, or anything else."""
EffectsOf = Callable[[Step], tuple[Effect, ...]]
ReturnsOf = Callable[[Step], frozenset[int]]
Barren = Callable[[Step], bool]
"""Tells whether a call hands back nothing, whatever happens."""
Filled = Callable[[str], bool]
"""Tells whether another unit may put something into a place."""


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """How values move inside a unit, whatever its calls do; order is not looked at."""

    moves: Mapping[str, list[str]]
    """For each place those whose values it takes."""
    results: Mapping[str, list[Step]]
    """For each place the calls whose results it takes."""
    others: frozenset[str]
    """Places that take values from elsewhere."""


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """The origins of the places of a unit, looked for when they are asked for."""

    graph: Graph
    seeds: Mapping[str, list[Origin]]
    """What places hold to begin with: parameters and what calls obtain."""
    acts: Mapping[Step, tuple[Effect, ...]]
    """The calls that do something to memory, in their order, with what that is."""
    silent: frozenset[Step]
    """Calls whose results are their memory."""
    returns_of: ReturnsOf
    filled: Filled
    is_barren: Barren
    known: dict[str, tuple[Origin, ...]] = field(default_factory=dict)

    def places(self) -> Iterator[str]:
        """List the places that take something."""
        yield from dict.fromkeys((*self.seeds, *self.graph.moves, *self.graph.results))

    def takes(self, place: str) -> bool:
        """Tell whether a place may hold anything else than what it is given as a parameter."""
        if place in self.graph.moves or place in self.graph.results:
            return True
        return any(isinstance(origin, Fresh) for origin in self.seeds.get(place, ()))

    def at(self, place: str) -> Iterable[Origin]:
        """List where the value of a place may come from, the closest first."""
        if place not in self.known:
            self.known[place] = tuple(dict.fromkeys(self.search(place)))
        return self.known[place]

    def search(self, place: str) -> Iterator[Origin]:
        """Follow the moves to a place back to where they begin."""
        for current, elsewhere in self.walk(place):
            yield from self.seeds.get(current, ())
            if elsewhere:
                yield OTHER
        if not place.isidentifier() and self.filled(place):
            yield OTHER

    def walk(self, place: str) -> Iterator[tuple[str, bool]]:
        """Yield a place and those whose values it may hold; tell of each whether it takes any from elsewhere."""
        moves, results, others = self.graph.moves, self.graph.results, self.graph.others
        pending, seen = [place], {place}
        for current in pending:
            elsewhere, sources = current in others, moves.get(current, [])
            if current in results:
                handed, unknown = self.handed(results[current])
                elsewhere, sources = elsewhere or unknown, sources + handed
            yield current, elsewhere
            if sources:
                pending += [source for source in dict.fromkeys(sources) if source not in seen]
                seen.update(sources)

    def handed(self, steps: Iterable[Step]) -> tuple[list[str], bool]:
        """List the places whose values some calls hand back, and tell whether one hands back anything else."""
        handed: list[str] = []
        unknown = False
        for step in steps:
            returned = self.returns_of(step)
            handed += handed_back(step, returned)
            unknown = unknown or not (returned or step in self.silent or self.is_barren(step))
        return handed, unknown


def trace(
    unit: Unit,
    graph: Graph,
    effects_of: EffectsOf,
    returns_of: ReturnsOf,
    steps: Iterable[Step] | None = None,
    filled: Filled = lambda _: False,
    is_barren: Barren = lambda _: False,
) -> Values:
    """Find where the values of a unit may come from, given the calls that may obtain something; all where not given."""
    seeds: dict[str, list[Origin]] = {}
    acts: dict[Step, tuple[Effect, ...]] = {}
    silent: set[Step] = set()
    for position, parameter in enumerate(unit.definition.parameters):
        seeds.setdefault(parameter, []).append(position)
    for step in unit.steps if steps is None else steps:
        effects = effects_of(step)
        if effects:
            acts[step] = effects
        for effect in effects:
            if effect.role != Role.DEALLOCATOR:
                if place := outlet(step, effect):
                    pointer = place_of(step, effect.pointer)
                    fresh = Fresh(effect, step.call.name, step.call.location.line, pointer, step)
                    seeds.setdefault(place, []).append(fresh)
                if effect.out is None and not effect.into:
                    silent.add(step)
    return Values(graph, seeds, acts, frozenset(silent), returns_of, filled, is_barren)


def spread(values: Values) -> dict[str, list[Fresh]]:
    """List, for each place, the memory of the unit's calls that it may hold."""
    holders: dict[str, list[Fresh]] = {}
    onward = takers(values)
    for origin, seeds in values.seeds.items():
        fresh = [seed for seed in seeds if isinstance(seed, Fresh)]
        for place in reachable(origin, onward) if fresh else ():
            holders.setdefault(place, []).extend(fresh)
    return holders


def takers(values: Values) -> dict[str, list[str]]:
    """List, for each place, those that take its value."""
    onward: dict[str, list[str]] = {}
    for target, sources in values.graph.moves.items():
        for source in sources:
            onward.setdefault(source, []).append(target)
    for target, steps in values.graph.results.items():
        for source in values.handed(steps)[0]:
            onward.setdefault(source, []).append(target)
    return onward


def reachable(origin: str, onward: Mapping[str, list[str]]) -> Iterable[str]:
    """List a place and all that its value comes to."""
    seen = {origin: None}
    pending = [origin]
    for place in pending:
        fresh = [taker for taker in onward.get(place, ()) if taker not in seen]
        pending += fresh
        seen.update(dict.fromkeys(fresh))
    return seen


def acts(values: Values) -> Iterator[tuple[Step, Effect]]:
    """Yield what the calls of a unit do to memory, one after the other."""
    return ((step, effect) for step, effects in values.acts.items() for effect in effects)


def read_graph(unit: Unit, nothing: tuple[str, ...]) -> Graph:
    """Gather how values move inside a unit."""
    moves: dict[str, list[str]] = {}
    results: dict[str, list[Step]] = {}
    others: set[str] = set()
    for flow in unit.flows:
        if flow.source not in nothing:
            source, target = block_of(unit, flow.source), bare(flow.target)
            if source:
                moves.setdefault(target, []).append(source)
            elif flow.value not in nothing:
                others.add(target)
    for step in unit.steps:
        results.setdefault(sink(step), []).append(step)
        if step.outer is not None:
            moves.setdefault(argument_of(step.outer, step.call.position), []).append(sink(step))
    for target, behind in pointing_alike(unit, moves, results, others):
        moves.setdefault(target, []).append(behind)
    return Graph(moves, results, frozenset(others))


def pointing_alike(
    unit: Unit, moves: Mapping[str, list[str]], results: Mapping[str, list[Step]], others: set[str]
) -> list[tuple[str, str]]:
    """List what variables point to that only stand for a parameter, each with what that points to."""
    given = {name: sources[0] for name, sources in moves.items() if len(sources) == 1}
    alike = {name: source for name, source in given.items() if source in unit.definition.parameters}
    alike = {name: source for name, source in alike.items() if name not in results and name not in others}
    if not alike:
        return []
    pointed = {place[1:] for step in unit.steps for place in step.call.places if place.startswith("*")}
    pointed |= {place[1:] for flow in unit.flows for place in (flow.target, flow.source) if place.startswith("*")}
    return [(f"*{name}", f"*{source}") for name, source in sorted(alike.items()) if name in pointed]
