"""What encloses each construct of a file: definitions, loops, tests and conditions."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge

from allocscan.extract.quoting import Text
from allocscan.model import Context
from allocscan.queries import REGIONS
from allocscan.syntax import Match, Span

DEFINES = "definition."
LEAVE, REST = "leave", "rest"
OPENING = REGIONS | {"loop", "branch", "test", "inject", REST}
"""Roles beside definitions that surround what stands inside of them."""
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
        self.conditioned: dict[tuple[Context, str], Context] = {}
        self.idle: set[Span] = set()
        self.sweep(matches, Context(in_test=in_test))

    def context(self, match: Match) -> Context:
        """Say what a match stands in."""
        context, condition = self.contexts[match.span], self.condition(match.span[0])
        if not condition:
            return context
        found = self.conditioned.get((context, condition))
        if found is None:
            found = self.conditioned[context, condition] = context._replace(condition=condition)
        return found

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
        for match in innermost_last(with_rests(matches)):
            role, span, _ = match
            while stack and stack[-1][0] <= span[0]:
                stack.pop()
            _, current, region = stack[-1] if stack else (0, outermost, OUTSIDE)
            self.contexts.setdefault(span, current)
            if role in OPENING or role.startswith(DEFINES):
                inner, innermost = self.entered(match, current), narrowed(role, region)
                if inner is not current or innermost != region:
                    stack.append((span[1], inner, innermost))
                region = innermost
            (self.idle.add if region in IDLE else self.idle.discard)(span)

    def entered(self, match: Match, outer: Context) -> Context:
        """Say what stands inside a match."""
        if match.role.startswith(DEFINES):
            inner = self.defined(match, outer)
        elif match.role == "loop":
            inner = outer._replace(loop_depth=outer.loop_depth + 1)
        elif match.role == "test":
            inner = outer._replace(in_test=True)
        elif match.role == "branch":
            asked = tuple(map(self.text.squeezed, match.parts.get("condition", ())))
            inner = outer._replace(branches=outer.branches + (asked or ("",)))
        elif match.role == REST:
            inner = outer._replace(exits=outer.exits + tuple(map(self.text.squeezed, match.parts["condition"])))
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
        apart = self.condition(one.span[0]) != self.condition(other.span[0])
        return apart and one.role == other.role and one.span[1] == other.span[1]


def with_rests(matches: Iterable[Match]) -> Iterator[Match]:
    """Add what only runs where its function was not left before: the rest of each block in which it may be."""
    found = list(matches)
    rests = sorted((rest_of(match) for match in found if match.role == LEAVE), key=by_extent)
    return merge(found, rests, key=by_extent)


def rest_of(leave: Match) -> Match:
    """Give what stands in a block behind the place where its function may be left."""
    return Match(REST, (leave.span[1], leave.parts["body"][0][1]), leave.parts)


def by_extent(match: Match) -> tuple[int, int]:
    """Order matches by where they begin, outer before inner."""
    return match.span[0], -match.span[1]


def innermost_last(matches: Iterable[Match]) -> list[Match]:
    """Put the region that runs behind what else stands in its place; beside that, matches are in order."""
    found = list(matches)
    if any(match.role == RUNS for match in found):
        found.sort(key=lambda match: (match.span[0], -match.span[1], match.role == RUNS))
    return found


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
