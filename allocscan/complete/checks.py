"""Whether anyone asks if there was any memory, as far as the text of one function tells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from allocscan.discover import Discovery
from allocscan.discover.failing import ERRNO, aborts, codes_of, taken_by
from allocscan.discover.places import place_of
from allocscan.discover.units import Unit
from allocscan.languages import Language
from allocscan.model import Call, Check, Effect, Reference

REACHES = re.compile(r"->|\[")
"""What follows a pointer whose block is used; `*` stands before it."""


@dataclass(frozen=True, slots=True)
class Checks:
    """The functions of one language, ready to be asked what becomes of their memory."""

    discovery: Discovery
    language: Language
    used: dict[Reference, dict[str, int]] = field(default_factory=dict)
    """For each function that was looked at, the places whose blocks it uses, and on which line last."""

    def check(self, call: Call, effect: Effect) -> Check:
        """Say what becomes of the question whether a call obtained any memory."""
        if aborts(effect, call, self.language.nothing):
            return Check.ABORTS
        unit = self.discovery.units.get(Reference(call.location.path, call.context.inside))
        return self.check_inside(unit, call, effect) if unit else Check.UNKNOWN

    def check_inside(self, unit: Unit, call: Call, effect: Effect) -> Check:
        """Say the same by what the function around a call does afterwards."""
        failing, places = self.discovery.failing, taken_by(call, effect)
        if None in failing.guards(unit, call, effect):
            return Check.ABORTS
        if any(failing.questions(unit.reference, call, places | codes_of(call, effect) - {""})):
            return Check.CHECKED
        if not effect.fails:
            return Check.UNKNOWN
        dropped = call.dropped and (effect.out is None or effect.fails == ERRNO)
        return Check.IGNORED if dropped or self.uses(unit, call, places) else Check.UNKNOWN

    def uses(self, unit: Unit, call: Call, places: frozenset[str]) -> bool:
        """Tell whether the block of one of some places is used behind a call."""
        if unit.reference not in self.used:
            self.used[unit.reference] = last_uses(self.touched(unit))
        used = self.used[unit.reference]
        return any(used.get(place, 0) >= call.location.line for place in places)

    def touched(self, unit: Unit) -> Iterator[tuple[str, int]]:
        """Yield the places that a function reads or writes, the blocks that calls write to among them, and where."""
        for flow in unit.flows:
            yield from ((flow.target, flow.line), (flow.source, flow.line))
        for step in unit.steps:
            behind = (f"*{place_of(step, position)}" for position in self.discovery.overwrites(step))
            yield from ((place, step.call.location.line) for place in (*step.call.places, *behind))


def last_uses(touched: Iterator[tuple[str, int]]) -> dict[str, int]:
    """Find the pointers whose blocks are reached, and the last line on which each is."""
    last: dict[str, int] = {}
    for text, line in touched:
        for place in pointers(text):
            last[place] = max(line, last.get(place, 0))
    return last


def pointers(text: str) -> Iterator[str]:
    """Yield the pointers that a place goes through."""
    if text.startswith("*"):
        yield text[1:]
    yield from (text[: found.start()] for found in REACHES.finditer(text))
