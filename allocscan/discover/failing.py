"""How what takes memory fails: what its caller sees when there was none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from allocscan.discover.choosing import (
    ABORT,
    NULL,
    Nothing,
    at,
    is_evidence,
    seen_from,
    settled,
    sources,
)
from allocscan.discover.noreturn import NoReturn
from allocscan.discover.places import pointed
from allocscan.discover.units import RETURN, Step, Unit, bare, parameter_of
from allocscan.discover.values import EffectsOf
from allocscan.model import Call, Effect, FileFacts, Location, Question, Reference

ERRNO, MAP_FAILED = "errno", "map-failed"
WRONG = "==-1"
"""How a condition asks for the code that means that something went wrong."""
BOTH = "&&"
"""What stands between conditions that must all hold."""
ABORTING = frozenset((ABORT, "throw", "panic"))
"""How what never comes back without memory fails."""


class Asked(NamedTuple):
    """What one definition asks, by what that is about."""

    of_places: Mapping[str, Sequence[Question]]
    of_branches: Mapping[str, Sequence[Question]]
    """By the condition."""
    of_calls: Mapping[Location, Sequence[Question]]


NOTHING_ASKED = Asked({}, {}, {})


@dataclass(frozen=True, slots=True)
class Failing:
    """What the functions of a program ask of their memory, and what does not come back."""

    noreturn: NoReturn = field(default_factory=NoReturn)
    facts: Mapping[str, FileFacts] = field(default_factory=dict)
    """By path."""
    asking: Mapping[Reference, Sequence[Question]] = field(default_factory=dict)
    """What each definition asks."""
    asked: dict[Reference, Asked] = field(default_factory=dict)
    """The same, sorted once somebody looks."""
    ends: dict[Reference, tuple[Step, ...]] = field(default_factory=dict)
    """The calls of each function that do not come back, once somebody has looked."""

    def of(self, definition: Reference) -> Asked:
        """Sort what a definition asks by what it is about."""
        if definition not in self.asking:
            return NOTHING_ASKED
        if definition not in self.asked:
            self.asked[definition] = sort_questions(self.asking[definition], self.facts[definition.path].calls)
        return self.asked[definition]

    def questions(self, inside: Reference, call: Call, places: Iterable[str]) -> Iterator[Question]:
        """Yield what is asked of the result of a call, or afterwards of the places that take it."""
        asked = self.of(inside)
        yield from asked.of_calls.get(call.location, ())
        for place in places:
            yield from (each for each in asked.of_places.get(place, ()) if each.line >= call.location.line)

    def guards(self, unit: Unit, call: Call, effect: Effect) -> Iterator[int | None]:
        """Yield for each end of the program on lack of memory which parameter must stand for nothing for it."""
        codes = codes_of(call, effect)
        for question in self.questions(unit.reference, call, taken_by(call, effect) | codes - {""}):
            if question.condition and failed(question, codes):
                branches = before(call, question)
                for depth in range(len(branches), -1, -1):
                    yield from self.ends_behind(unit, question, (*branches[:depth], question.condition))

    def ends_behind(self, unit: Unit, question: Question, branches: tuple[str, ...]) -> Iterator[int | None]:
        """Yield the same for the ends in a branch, or in one inside of it that asks for one parameter more."""
        if unit.reference not in self.ends:
            self.ends[unit.reference] = tuple(filter(self.noreturn.have, unit.steps))
        for step in self.ends[unit.reference]:
            context, line = step.call.context, step.call.location.line
            if context.branches[: len(branches)] == branches and line >= question.line:
                inner = context.branches[len(branches) :]
                asked = list(self.parameters_asked(unit, (question.condition, *inner), question.place))
                yield from asked
                if not (asked or inner):
                    yield None

    def parameters_asked(self, unit: Unit, conditions: tuple[str, ...], place: str) -> Iterator[int]:
        """Yield the parameters that conditions ask to stand for nothing, beside the place that holds the memory."""
        branches = self.of(unit.reference).of_branches
        for question in (each for text in conditions for each in branches.get(text, ())):
            position = parameter_of(unit, question.place)
            if question.lacks and question.place != place and position is not None:
                yield position

    def refined(self, unit: Unit, effect: Effect, effects_of: EffectsOf, nothing: Nothing, held: Step | None) -> Effect:
        """Say how a unit fails that hands on memory: as what it calls, or what filled the object, unless it asks."""
        step = next((step for step in unit.steps if is_evidence(step, effect)), None)
        if step is None and held:
            return replace(effect, fails=next((inner.fails for inner in effects_of(held)), ""))
        inner = next(iter(effects_of(step)), None) if step else None
        if step is None or inner is None:
            return effect
        ways = [(seen_from(unit, *source, nothing), *source) for source in sources(unit, step, effects_of)]
        (fails, lenient), strict = settled(unit, ways)
        fails = NULL if fails == MAP_FAILED and self.turns(unit, step.call, inner, nothing) else fails
        if fails == ERRNO and effect.out is None and not effect.into:
            # What hands out the memory itself has no place for a code.
            fails = NULL if gives_nothing(unit, nothing) else ""
        if fails not in ABORTING:
            found = sorted(self.guards(unit, step.call, inner), key=lambda position: position is not None)
            fails, lenient = (ABORT, found[0]) if found else (fails, lenient)
        return replace(effect, fails=fails, lenient=lenient, strict=strict)

    def turns(self, unit: Unit, call: Call, effect: Effect, nothing: Nothing) -> bool:
        """Tell whether a unit asks if a call has failed, and if that is all it asks, hands out nothing then."""
        places = taken_by(call, effect)
        asked = (question for question in self.questions(unit.reference, call, places) if question.lacks)
        lines = [question.line for question in asked if question.condition and BOTH not in question.condition]
        return any(
            bare(flow.target) in {RETURN, *places} and (flow.source or flow.value) in nothing and flow.line >= lines[0]
            for flow in (unit.flows if lines else ())
        )


def gives_nothing(unit: Unit, nothing: Nothing) -> bool:
    """Tell whether a unit hands out nothing somewhere."""
    return any(flow.target == RETURN and (flow.source or flow.value) in nothing for flow in unit.flows)


def read_failing(files: Iterable[FileFacts], noreturn: NoReturn) -> Failing:
    """Gather what each definition asks."""
    known = {facts.path: facts for facts in files}
    asking: dict[Reference, list[Question]] = {}
    for facts in known.values():
        for inside, questions in groupby(facts.questions, attrgetter("inside")):
            asking.setdefault(Reference(facts.path, inside), []).extend(questions)
    return Failing(noreturn, known, asking)


def sort_questions(questions: Iterable[Question], calls: Sequence[Call]) -> Asked:
    """Sort questions by what they are about."""
    of_places: dict[str, list[Question]] = {}
    of_branches: dict[str, list[Question]] = {}
    of_calls: dict[Location, list[Question]] = {}
    for question in questions:
        of_places.setdefault(question.place, []).append(question)
        of_branches.setdefault(question.condition, []).append(question)
        if question.call >= 0:
            of_calls.setdefault(calls[question.call].location, []).append(question)
    return Asked(of_places, of_branches, of_calls)


def aborts(effect: Effect, call: Call, nothing: Nothing) -> bool:
    """Tell whether a call never comes back without memory."""
    lenient = effect.lenient is not None and bare(at(call.arguments, effect.lenient)) not in nothing
    return effect.fails in ABORTING and not lenient and not call.nullable


def failed(question: Question, codes: frozenset[str]) -> bool:
    """Tell whether a condition is met where there is no memory; a code says so by being there, or by what it is."""
    is_code = question.place in codes
    return question.lacks != is_code or (is_code and WRONG in question.condition)


def codes_of(call: Call, effect: Effect) -> frozenset[str]:
    """Name the places that hold whether a call has failed, where it says so beside the memory; empty for itself."""
    return frozenset({"", bare(call.target)}) if effect.fails == ERRNO else frozenset()


def taken_by(call: Call, effect: Effect) -> frozenset[str]:
    """Name the places that the memory of a call comes to."""
    if effect.into:
        return frozenset({effect.into})
    place = bare(call.target) if effect.out is None else at(call.places, effect.out)
    behind = effect.out is not None and not effect.assigns
    return frozenset({pointed(place) if behind and place else place} - {"", RETURN})


def before(call: Call, question: Question) -> tuple[str, ...]:
    """Give the branches around a call, without the condition that it may stand in itself."""
    branches = call.context.branches
    return branches[:-1] if branches[-1:] == (question.condition,) else branches
