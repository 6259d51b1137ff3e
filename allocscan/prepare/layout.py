"""The conditionals of a text, and what each branch of them holds."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from allocscan.languages import Preprocessor
from allocscan.prepare.conditions import AND, OR, negation, outermost

DEEPEST = 200
"""Nested conditionals that are told apart."""
LONGEST_CONDITION = 1000
"""Characters of a condition that are kept; what people write is shorter, with all that it stands in."""
NOWHERE = -1
Span = tuple[int, int]
"""Bytes from and up to."""


class Branch(NamedTuple):
    """One branch of a conditional."""

    group: int
    outer: int
    """The branch that the conditional stands in."""
    condition: str
    segments: list[Span]
    rest: bool = False
    """It is taken where no other branch of its conditional is."""


class Layout:
    """The branches of a text, outer before inner; groups hold the branches of one conditional."""

    def __init__(self) -> None:
        self.branches: list[Branch] = []
        self.groups: list[list[int]] = []
        self.plain: list[Span] = []
        """Stretches outside of every conditional."""
        self.directives: list[Span] = []
        self.guards: set[int] = set()
        """Branches that only keep a header from being read twice."""
        self.elsewhere: set[int] = set()
        """Branches that only count where the text is compiled as another language."""
        self.interesting: set[int] = set()
        self.covered: set[int] = set()
        """Branches that a variant has taken."""


@lru_cache
def find_directive(preprocessor: Preprocessor) -> re.Pattern[bytes]:
    """Compile what recognises conditional directives."""
    words = "|".join((*preprocessor.opens, *preprocessor.continues, *preprocessor.closes))
    directive = preprocessor.directive.replace("WORD", f"(?P<word>{words})\\b")
    return re.compile(f"{directive}|{preprocessor.skip}".encode(), re.MULTILINE | re.DOTALL)


def lay_out(content: bytes, preprocessor: Preprocessor) -> Layout:
    """Find the conditionals of a text and what each branch of them holds."""
    layout, position = Layout(), 0
    stack: list[int] = []
    interesting = re.compile(preprocessor.interesting.encode())
    for match in find_directive(preprocessor).finditer(content):
        if match["word"] is None:
            continue
        word, condition = match["word"].decode(), tidy(match["condition"])
        add_segment(content, layout, stack, (position, match.start()), interesting)
        layout.directives.append(match.span())
        position = match.end()
        if word in preprocessor.opens and len(stack) < DEEPEST:
            layout.groups.append([])
            open_branch(layout, stack, len(layout.groups) - 1, preprocessor.opens[word].format(condition))
        elif stack and word in preprocessor.continues:
            last = layout.branches[stack.pop()]
            said = preprocessor.continues[word].format(condition)
            open_branch(layout, stack, last.group, said or negated(layout, last.group), rest=not said)
        elif stack and word in preprocessor.closes:
            stack.pop()
    add_segment(content, layout, stack, (position, len(content)), interesting)
    return layout


def mark_elsewhere(layout: Layout, preprocessor: Preprocessor) -> list[int]:
    """Find the branches that are another language's, and say where those begin that would be of interest."""
    pattern = re.compile(preprocessor.elsewhere or "(?!)")
    for number, branch in enumerate(layout.branches):
        own = OR not in outermost(branch.condition) and pattern.search(branch.condition)
        if own or branch.outer in layout.elsewhere:
            layout.elsewhere.add(number)
    missed = sorted(layout.interesting & layout.elsewhere)
    layout.interesting.difference_update(missed)
    return [layout.branches[number].segments[0][0] for number in missed]


def mark_guards(content: bytes, layout: Layout, preprocessor: Preprocessor) -> None:
    """Find the conditionals that only keep a header from being read twice."""
    for number, branch in enumerate(layout.branches):
        name = re.search(r"\w+(?=\W*$)", branch.condition)
        if name and branch.segments and preprocessor.guard:
            pattern = preprocessor.guard.replace("NAME", name[0]).encode()
            if re.compile(pattern).match(content, *branch.segments[0]):
                layout.guards.add(number)


def tidy(condition: bytes) -> str:
    """Write a condition on one line, without its comments."""
    text = re.sub(rb"/\*.*?(?:\*/|\Z)|//[^\n]*|\\\r?\n", b" ", condition, flags=re.DOTALL)
    return shortened(" ".join(text.decode("utf-8", "replace").split()))


def shortened(condition: str) -> str:
    """Leave out the beginning of a condition that nobody would read."""
    return condition if len(condition) <= LONGEST_CONDITION else f"…{condition[1 - LONGEST_CONDITION :]}"


def add_segment(content: bytes, layout: Layout, stack: list[int], span: Span, interesting: re.Pattern[bytes]) -> None:
    """Note a stretch between two directives."""
    if not stack:
        layout.plain.append(span)
        return
    layout.branches[stack[-1]].segments.append(span)
    if interesting.search(content, *span):
        layout.interesting.add(stack[-1])


def open_branch(layout: Layout, stack: list[int], group: int, condition: str, rest: bool = False) -> None:
    """Begin a branch."""
    layout.groups[group].append(len(layout.branches))
    layout.branches.append(Branch(group, stack[-1] if stack else NOWHERE, condition, [], rest))
    stack.append(len(layout.branches) - 1)


def negated(layout: Layout, group: int) -> str:
    """Say that none of the conditions of a conditional so far holds."""
    said = [branch.condition for number in layout.groups[group] if not (branch := layout.branches[number]).rest]
    return shortened(AND.join(map(negation, said)))


def conditions(layout: Layout) -> Iterator[tuple[int, str]]:
    """Say from where on which condition holds."""
    joined = {NOWHERE: ""}
    for number, branch in enumerate(layout.branches):
        outer = joined[branch.outer]
        joined[number] = outer if number in layout.guards else both(outer, branch.condition)
    spans = [(span, NOWHERE) for span in layout.plain]
    spans += [(span, number) for number, branch in enumerate(layout.branches) for span in branch.segments]
    for (start, _), number in sorted(spans):
        yield start, joined[number]


def both(outer: str, inner: str) -> str:
    """Join two conditions, as far as somebody would read that."""
    said = [each for each in (outer, inner) if each]
    several = len(said) > 1
    return shortened(AND.join(f"({each})" if several and OR in outermost(each) else each for each in said))
