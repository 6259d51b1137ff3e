"""What encloses each construct of a file: definitions, loops, tests and conditions."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from allocscan.extract.quoting import Text
from allocscan.model import Context
from allocscan.syntax import Match, Span


class Surroundings:
    """The enclosing definitions, loops and tests of every match, found in one pass."""

    def __init__(
        self, text: Text, matches: Iterable[Match], conditions: Sequence[tuple[int, str]], in_test: bool
    ) -> None:
        self.text = text
        self.starts = [start for start, _ in conditions]
        self.conditions = [condition for _, condition in conditions]
        self.definitions: list[Match] = []
        self.contexts: dict[Span, Context] = {}
        self.shared: dict[Context, Context] = {}
        self.sweep(matches, Context(in_test=in_test))

    def context(self, match: Match) -> Context:
        """Say what a match stands in."""
        context = self.contexts[match.span]
        condition = self.condition(match.span[0])
        if not condition:
            return context
        found = replace(context, condition=condition)
        return self.shared.setdefault(found, found)

    def condition(self, offset: int) -> str:
        """Say under which condition a byte is compiled."""
        number = bisect_right(self.starts, offset) - 1
        return self.conditions[number] if number >= 0 else ""

    def outside(self, match: Match) -> int:
        """Give the index of the definition that encloses a definition."""
        return self.contexts[match.span].inside

    def sweep(self, matches: Iterable[Match], outermost: Context) -> None:
        """Walk over the matches from first to last with a stack of those that are still open."""
        stack: list[tuple[int, Context]] = []
        for match in matches:
            start, end = match.span
            while stack and stack[-1][0] <= start:
                stack.pop()
            current = stack[-1][1] if stack else outermost
            self.contexts.setdefault(match.span, current)
            inner = self.entered(match, current)
            if inner is not current:
                stack.append((end, inner))

    def entered(self, match: Match, outer: Context) -> Context:
        """Say what stands inside a match."""
        if match.role.startswith("definition."):
            inner = self.defined(match, outer)
        elif match.role == "loop":
            inner = replace(outer, loop_depth=outer.loop_depth + 1)
        elif match.role == "test":
            inner = replace(outer, in_test=True)
        elif match.role == "branch":
            asked = tuple(map(self.text.squeezed, match.parts.get("condition", ())))
            inner = replace(outer, branches=outer.branches + (asked or ("",)))
        else:
            return outer
        return self.shared.setdefault(inner, inner)

    def defined(self, match: Match, outer: Context) -> Context:
        """Count a definition, once however many patterns found it."""
        last = self.definitions[-1] if self.definitions else None
        if last and last.span == match.span:
            self.definitions[-1] = richer(last, match)
            return outer
        if outer.inside >= 0 and self.same_body(self.definitions[outer.inside], match):
            outer = self.contexts[match.span] = self.contexts[self.definitions[outer.inside].span]
        self.definitions.append(match)
        return Context(len(self.definitions) - 1, in_test=outer.in_test)

    def same_body(self, one: Match, other: Match) -> bool:
        """Tell whether two definitions are heads of one body, each for a condition of its own."""
        return one.role == other.role and one.span[1] == other.span[1]


def richer(one: Match, other: Match) -> Match:
    """Join two matches of one construct."""
    keys = dict.fromkeys((*one.parts, *other.parts))
    parts = {key: tuple(dict.fromkeys(one.parts.get(key, ()) + other.parts.get(key, ()))) for key in keys}
    return Match(one.role, one.span, parts)
