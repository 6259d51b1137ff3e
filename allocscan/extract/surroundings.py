"""What encloses each construct of a file: definitions, loops, tests, conditions."""

from collections.abc import Iterable

from allocscan.model import Context
from allocscan.syntax import Match, Span


class Surroundings:
    """The enclosing definitions, loops and tests of every match, found in one pass."""

    def __init__(self, matches: Iterable[Match], in_test: bool) -> None:
        self.definitions: list[Match] = []
        self.contexts: dict[Span, Context] = {}
        self.shared: dict[Context, Context] = {}
        self.sweep(matches, Context(in_test=in_test))

    def context(self, match: Match) -> Context:
        """Say what a match stands in."""
        return self.contexts[match.span]

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
            inner = Context(outer.inside, outer.loop_depth + 1, outer.in_test, outer.condition)
        elif match.role == "test":
            inner = Context(outer.inside, outer.loop_depth, True, outer.condition)
        else:
            return outer
        return self.shared.setdefault(inner, inner)

    def defined(self, match: Match, outer: Context) -> Context:
        """Count a definition, once however many patterns found it."""
        last = self.definitions[-1] if self.definitions else None
        if last and last.span == match.span:
            self.definitions[-1] = richer(last, match)
            return outer
        self.definitions.append(match)
        return Context(len(self.definitions) - 1, 0, outer.in_test, outer.condition)


def richer(one: Match, other: Match) -> Match:
    """Join two matches of one construct."""
    parts = {key: tuple(dict.fromkeys(one.parts.get(key, ()) + other.parts.get(key, ()))) for key in one.parts | other.parts}
    return Match(one.role, one.span, parts)
