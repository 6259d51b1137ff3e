"""What encloses each construct of a file: definitions, loops, tests and conditions."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from allocscan.extract.quoting import Text
from allocscan.model import Context
from allocscan.syntax import Match, Span

IDLE = ("unevaluated", "constant")
"""Regions in which the program does nothing."""
RUNS = "deferred"
OUTSIDE = ""


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
        self.idle: set[Span] = set()
        self.sweep(matches, Context(in_test=in_test))

    def context(self, match: Match) -> Context:
        """Say what a match stands in."""
        context = self.contexts[match.span]
        condition = self.condition(match.span[0])
        if not condition:
            return context
        found = replace(context, condition=condition)
        return self.shared.setdefault(found, found)

    def runs(self, match: Match) -> bool:
        """Tell whether a match is ever run by the program."""
        return match.span not in self.idle

    def condition(self, offset: int) -> str:
        """Say under which condition a byte is compiled."""
        number = bisect_right(self.starts, offset) - 1
        return self.conditions[number] if number >= 0 else ""

    def scopes(self, match: Match) -> Iterator[int]:
        """Yield the definitions that a match stands in, innermost first, and -1 for the file."""
        index = self.contexts[match.span].inside
        while index >= 0:
            yield index
            index = self.contexts[self.definitions[index].span].inside
        yield index

    def outside(self, match: Match) -> int:
        """Give the index of the definition that encloses a definition."""
        return self.contexts[match.span].inside

    def sweep(self, matches: Iterable[Match], outermost: Context) -> None:
        """Walk over the matches from first to last with a stack of those that are still open."""
        stack: list[tuple[int, Context, str]] = []
        # Of what stands in one place, the region that runs is the innermost.
        for match in sorted(matches, key=lambda match: (match.span[0], -match.span[1], match.role == RUNS)):
            start, end = match.span
            while stack and stack[-1][0] <= start:
                stack.pop()
            current, region = stack[-1][1:] if stack else (outermost, OUTSIDE)
            self.contexts.setdefault(match.span, current)
            inner, innermost = self.entered(match, current), narrowed(match.role, region)
            (self.idle.add if innermost in IDLE else self.idle.discard)(match.span)
            if inner is not current or innermost != region:
                stack.append((end, inner, innermost))

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


def narrowed(role: str, region: str) -> str:
    """Say what keeps the inside of a construct from running, if anything does."""
    if "unevaluated" in (role, region):
        return "unevaluated"
    if role in (RUNS, "inject"):
        return RUNS
    if role == "initial":
        return "constant" if region == OUTSIDE else region
    return role if role == "constant" else region


def richer(one: Match, other: Match) -> Match:
    """Join two matches of one construct."""
    keys = dict.fromkeys((*one.parts, *other.parts))
    parts = {key: tuple(dict.fromkeys(one.parts.get(key, ()) + other.parts.get(key, ()))) for key in keys}
    return Match(one.role, one.span, parts)
