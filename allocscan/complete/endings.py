"""The statements of a function that say what becomes of the memory that it obtained."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping

from allocscan.discover.places import block_of, outlet, place_of, released, result, sink
from allocscan.discover.units import RETURN, Step, Unit, bare
from allocscan.discover.values import Fresh, Values, spread
from allocscan.languages import Language
from allocscan.model import Effect, Ending, Fate, Role

Position = tuple[int, int]
"""A line and a column."""
BEGINNING = (0, 0)
Told = Iterator[tuple[Fresh, Ending]]
CALL_RESULT = "#"
"""What begins the name of a result that no place takes."""


class Endings:
    """Reads the endings of one function."""

    def __init__(
        self,
        unit: Unit,
        values: Values,
        effects: Mapping[Step, tuple[Effect, ...]],
        returns: Mapping[Step, frozenset[int]],
        language: Language,
    ) -> None:
        self.unit = unit
        self.values = values
        self.effects = effects
        self.returns = returns
        self.called = language.names.called
        self.overwriting: dict[str, list[Position]] = {}
        """Where a place is given a new value whenever the function comes by, in their order."""
        self.obtained = {place: sorted(fresh, key=obtained) for place, fresh in spread(values).items()}
        """What each place may hold of memory, in the order of the calls."""
        for step in sorted(unit.steps, key=ended) if language.tells_branches else ():
            always = not (step.call.context.branches or step.call.context.loop_depth)
            if always and not returns[step]:
                self.overwriting.setdefault(sink(step), []).append(ended(step))

    def all(self) -> Told:
        """Yield each piece of memory with each statement that says what becomes of it."""
        for flow in self.unit.flows:
            source = block_of(self.unit, flow.source)
            for fresh in self.held(source, (flow.line + 1, 0)) if source else ():
                yield from self.moved(fresh, source, bare(flow.target), flow.line)
        for step in self.unit.steps:
            yield from self.handed_back(step)
            for position in range(len(step.call.places)):
                for place, fresh in self.arguments(step, position):
                    yield fresh, self.handed(step, position, place)
            for effect in self.effects[step]:
                if (effect.itself or effect.behind) and (place := released(step, effect)):
                    yield from ((fresh, self.freed(step, effect, place)) for fresh in self.held(place, ended(step)))

    def variables(self) -> dict[Step, list[str]]:
        """List the variables that hold what each call obtained."""
        found: dict[Step, dict[str, None]] = {}
        for place in filter(self.is_variable, self.values.places()):
            for fresh in self.obtained.get(place, ()):
                found.setdefault(fresh.step, {})[place] = None
        return {step: list(places) for step, places in found.items()}

    def is_variable(self, place: str) -> bool:
        """Tell whether a place is a variable that ends with the function."""
        return place.isidentifier() and place != RETURN and place not in self.unit.lasting

    def held(self, place: str, here: Position) -> Iterator[Fresh]:
        """Yield the memory that a place may hold where a statement ends."""
        if place in self.obtained:
            yield from self.obtained_at(place, self.overwritten(place, here), here)

    def obtained_at(self, place: str, since: Position, before: Position) -> list[Fresh]:
        """List the memory that a place may hold of the calls that end in a stretch."""
        all_of_it = self.obtained.get(place, [])
        first = bisect_left(all_of_it, since, key=obtained)
        return all_of_it[first : bisect_left(all_of_it, before, first, key=obtained)]

    def overwritten(self, place: str, here: Position) -> Position:
        """Say where a place was last given a new value for certain."""
        places = self.overwriting.get(place, ())
        number = bisect_left(places, here)
        return places[number - 1] if number else BEGINNING

    def arguments(self, step: Step, position: int) -> Iterator[tuple[str, Fresh]]:
        """Yield the memory that a call is given in one position, with the place that holds it."""
        if place := place_of(step, position):
            yield from ((place, fresh) for fresh in self.held(place, ended(step)) if fresh.step is not step)
        direct = f"{result(step)}/{position}"
        yield from (("", fresh) for fresh in self.obtained.get(direct, ()))

    def handed_back(self, step: Step) -> Told:
        """Yield what becomes of the result of a call: of what it obtained, and of what it hands back."""
        for target in (sink(step), *(outlet(step, effect) for effect in self.effects[step])):
            line, column = ended(step)
            for fresh in self.obtained_at(target, (line, column), (line, column + 1)):
                if fresh.step is step:
                    yield from self.moved(fresh, "", target, step.call.location.line)
        for position in self.returns[step]:
            for place, fresh in self.arguments(step, position):
                yield from self.moved(fresh, place, sink(step), step.call.location.line)

    def moved(self, fresh: Fresh, source: str, target: str, line: int) -> Told:
        """Say what it means for memory that a place takes it."""
        if target == RETURN:
            yield fresh, Ending(Fate.RETURNED, line, f"returns {source or 'it'}")
        elif not self.is_variable(target) and not target.startswith(CALL_RESULT):
            yield fresh, Ending(Fate.STORED, line, f"puts {source or 'it'} into {target}", target)

    def handed(self, step: Step, position: int, place: str) -> Ending:
        """Say what it means for memory that a call is given it."""
        name, line = self.called(step.call.name), step.call.location.line
        for effect in self.effects[step]:
            if effect.role is Role.DEALLOCATOR and effect.pointer == position:
                return self.freed(step, effect, place)
        return Ending(Fate.PASSED, line, f"passes {place or 'it'} to {name}", name)

    def freed(self, step: Step, effect: Effect, place: str) -> Ending:
        """Say that memory is given back."""
        name = self.called(step.call.name)
        return Ending(Fate.FREED, step.call.location.line, f"hands {place or 'it'} to {name}", name, effect.family)


def ended(step: Step) -> Position:
    """Say where a call ends."""
    return step.call.location.end_line, step.call.location.end_column


def obtained(fresh: Fresh) -> Position:
    """Say where the call ends that obtained memory."""
    return ended(fresh.step)
