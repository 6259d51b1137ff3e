"""Which of their parameters functions hand back, settled for all at once that hand on each other's results."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from allocscan.model import Reference

Positions = frozenset[int]
NOWHERE: Positions = frozenset()
Ask = Callable[[Reference], Positions]


@dataclass(frozen=True, slots=True)
class Returning:
    """What is known of the functions of a program, looked at when somebody asks."""

    look: Callable[[Reference, Ask], Positions]
    """Say what a function hands back, when it is known what others do."""
    settled: dict[Reference, Positions] = field(default_factory=dict)

    def of(self, reference: Reference) -> Positions:
        """Say which of its parameters a function hands back."""
        if reference not in self.settled:
            self.settled.update(self.settle(reference))
        return self.settled[reference]

    def settle(self, reference: Reference) -> dict[Reference, Positions]:
        """Look at a function, at those it depends on, and again at whatever depends on news, until none are left."""
        found = {reference: NOWHERE}
        users: dict[Reference, dict[Reference, None]] = {}
        pending = [reference]

        def ask(user: Reference, other: Reference) -> Positions:
            if other in self.settled:
                return self.settled[other]
            if other not in found:
                found[other] = NOWHERE
                pending.append(other)
            users.setdefault(other, {})[user] = None
            return found[other]

        while pending:
            current = pending.pop()
            # What was found stays: of several meanings another may speak first by now, and nothing would be settled.
            if (positions := found[current] | self.look(current, partial(ask, current))) != found[current]:
                found[current] = positions
                pending += users.get(current, ())
        return found
