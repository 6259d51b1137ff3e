"""Texts become trees: parsed, repaired where that helps, and parsed again only where they differ."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, partial, reduce
from itertools import accumulate

import tree_sitter

from allocscan.prepare import Span, mend
from allocscan.syntax.machine import DEEPEST, Machine, cursor_of

LONGEST_HEAD = 2000
"""Bytes of a construct before what was not understood, in which the cause is looked for."""
MOST_LOST = 5000
"""Stretches that were not understood, beyond which no repair is tried."""
BOTTOMLESS, BOUNDLESS = 16_000, 16_000
"""Levels of a tree, or parts of one that hang together by nothing, which queries take too long even to get past."""
STEP = 500
"""Nodes of which one is asked how deep it stands."""
NEARBY = 2000
"""Stretches with fewer bytes between them are queried together."""
COARSE, FINE = 4096, 64
"""Bytes that are compared at once when two texts are told apart."""


class Parsed:
    """A text, its tree, and what the grammar did not understand of it."""

    def __init__(self, content: bytes, tree: tree_sitter.Tree, nodes: tuple[tree_sitter.Node, ...]) -> None:
        self.content = content
        self.tree = tree
        self.nodes = nodes
        """What was not understood."""

    @cached_property
    def lost(self) -> tuple[Span, ...]:
        """Give the stretches that were not understood, in order."""
        return tuple(sorted((node.start_byte, node.end_byte) for node in self.nodes))

    @cached_property
    def ruined(self) -> tuple[Span, ...]:
        """Give the same, each from the beginning of the construct that it belongs to."""
        return tuple((beginning(self.tree, node), node.end_byte) for node in self.nodes)

    @cached_property
    def deep(self) -> list[int]:
        """Give the first byte around which queries may not see the innermost constructs, if there is one."""
        return find_too_deep(self.tree, DEEPEST)

    @cached_property
    def is_hopeless(self) -> bool:
        """Tell whether so much was not understood, or so deep down, that to look for causes takes too long."""
        return len(self.nodes) > MOST_LOST or bool(self.nodes and self.deep)

    def is_unwieldy(self) -> bool:
        """Tell whether there is no sense in looking for anything."""
        return is_boundless(self.nodes) or bool(self.deep and find_too_deep(self.tree, BOTTOMLESS))

    @cached_property
    def starts(self) -> list[int]:
        """Say at which byte each line begins."""
        return list(accumulate(map(len, self.content.splitlines(keepends=True)), initial=0))


def parse(machine: Machine, content: bytes, before: Parsed | None = None) -> Parsed:
    """Parse a text, from the tree of one of equal length where there is one."""
    read = machine.parser.parse
    tree = read(content, edited(before, content)) if before else read(content)
    return Parsed(content, tree, tuple(lost_nodes(machine, tree)))


def parse_repaired(machine: Machine, content: bytes, before: Parsed | None = None) -> Parsed:
    """Parse a text; where it does not parse, repair what is known to hide from the grammar, if that helps."""
    best = parse(machine, content, before)
    for repair in machine.repairs:
        if best.lost and not best.is_hopeless:
            best = min(best, repaired(machine, best, repair), key=damage)
    if best.tree.root_node.is_error and not best.is_hopeless:
        # Where nothing holds together, no repair by itself makes a difference.
        best = min(best, reduce(partial(repaired, machine), machine.repairs, best), key=damage)
    return best


def repaired(machine: Machine, parsed: Parsed, repair: re.Pattern[bytes]) -> Parsed:
    """Apply a repair, and parse again if that changes something."""
    content = mend(parsed.content, parsed.ruined, repair)
    return parsed if content == parsed.content else parse(machine, content, parsed)


def lost_nodes(machine: Machine, tree: tree_sitter.Tree) -> list[tree_sitter.Node]:
    """List the nodes that the grammar did not understand, or took for something else."""
    found = [*misfits(tree.root_node)]
    if machine.errors is None or is_boundless(found):
        return found
    return [*cursor_of(machine.errors).captures(tree.root_node).get("lost", []), *found]


def is_boundless(lost: Iterable[tree_sitter.Node]) -> bool:
    """Tell whether what was not understood has so many parts that it takes too long to ask anything about them."""
    return any(node.child_count > BOUNDLESS for node in lost)


def misfits(root: tree_sitter.Node) -> Iterator[tree_sitter.Node]:
    """Yield the nodes that the grammar did not understand, looking only where there are any."""
    pending = [root] if root.has_error else []
    while pending:
        node = pending.pop()
        if node.is_error or node.is_missing:
            yield node
        pending += [child for child in node.children if child.has_error]


def find_too_deep(tree: tree_sitter.Tree, deepest: int) -> list[int]:
    """Give the first byte around which constructs may stand deeper than a limit, if any do."""
    cursor = tree.walk()
    for number in range(0, tree.root_node.descendant_count, STEP):
        cursor.goto_descendant(number)
        if cursor.node and cursor.depth > deepest - STEP:
            return [cursor.node.start_byte]
    return []


def hidden_within(machine: Machine, tree: tree_sitter.Tree, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the comments and strings in some stretches, and a few around them."""
    for span in merged(spans, NEARBY):
        cursor = cursor_of(machine.hidden)
        cursor.set_byte_range(*span)
        for node in cursor.captures(tree.root_node).get("hidden", []):
            yield node.start_byte, node.end_byte


def beginning(tree: tree_sitter.Tree, node: tree_sitter.Node) -> int:
    """Say where the largest construct begins that a node is an early part of."""
    cursor, lowest = tree.walk(), node.start_byte - LONGEST_HEAD
    while cursor.goto_first_child_for_byte(node.start_byte) is not None:
        here = cursor.node
        if here and (here == node or here.start_byte >= lowest):
            return here.start_byte
    return node.start_byte


def damage(parsed: Parsed) -> int:
    """Weigh what was lost: its bytes, and one for each place."""
    return sum(end - start + 1 for start, end in parsed.lost)


def edited(before: Parsed, content: bytes) -> tree_sitter.Tree:
    """Copy a tree and mark in it what is different in another text of equal length."""
    tree = before.tree.copy()
    for start, end in differences(before.content, content):
        first, last = point(before.starts, start), point(before.starts, end)
        tree.edit(start, end, end, first, last, last)
    return tree


def point(starts: list[int], offset: int) -> tuple[int, int]:
    """Give row and column of a byte, from 0, in bytes."""
    row = bisect_right(starts, offset) - 1
    return row, offset - starts[row]


def differences(one: bytes, other: bytes) -> Iterator[Span]:
    """Yield stretches in which two texts of equal length differ, coarsely."""
    for start in range(0, len(one), COARSE):
        if one[start : start + COARSE] != other[start : start + COARSE]:
            for fine in range(start, min(start + COARSE, len(one)), FINE):
                if one[fine : fine + FINE] != other[fine : fine + FINE]:
                    yield fine, min(fine + FINE, len(one))


def merged(spans: Iterable[Span], gap: int = 0) -> tuple[Span, ...]:
    """Join spans that overlap, or have no more than a gap between them."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + gap:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)
