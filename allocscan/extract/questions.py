"""What conditions ask of places and results: whether they hold anything at all."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from allocscan.extract.quoting import Text
from allocscan.extract.surroundings import Surroundings
from allocscan.model import Question
from allocscan.syntax import Match, Span

HOLDS, LACKS, BRANCH = "holds", "lacks", "branch"


def read_questions(
    text: Text,
    roles: Mapping[str, list[Match]],
    surroundings: Surroundings,
    calls: Mapping[Span, int],
    asserting: Iterable[Match],
    named: Callable[[Span], Mapping[Span, str]],
) -> Iterator[Question]:
    """Yield what is asked of places, and of the results of calls; `named` follows a value to the places it is in."""
    branches = {match.span for match in roles.get(BRANCH, ())}
    for match in (*roles.get(HOLDS, ()), *asserting, *roles.get(LACKS, ())):
        context = surroundings.context(match)
        value = match.parts["value"][0]
        around = text.squeezed(value) if match.span in branches else "".join(context.branches[-1:])
        for leaf, place in named(value).items():
            call = calls.get(leaf, -1)
            if place or call >= 0:
                condition = around if text.squeezed(leaf) in around else ""
                line = text.line(match.span[0])
                yield Question(context.inside, line, place, call, match.role == LACKS, condition)


def read_asserting(acting: Iterable[tuple[str, Match]], pattern: str) -> Iterator[Match]:
    """Yield each value that is given to a function whose name says that it asks of what it is given."""
    search = re.compile(pattern or "(?!)").search
    for name, match in acting:
        if name.isidentifier() and search(name):
            for span in match.parts.get("arguments", ()):
                yield Match(HOLDS, match.span, {"value": (span,)})
