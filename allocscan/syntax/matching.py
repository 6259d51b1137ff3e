"""Nodes become plain values: what a query has captured, as stretches of the text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import tree_sitter

from allocscan.languages import DETAILS, Names
from allocscan.prepare import Span
from allocscan.syntax.machine import Machine, cursor_of

LISTS = frozenset(("arguments", "parameters", "bases"))
"""Details that stand for their children, one by one."""
SEPARATORS = frozenset((",", ";"))


@dataclass(frozen=True, slots=True)
class Match:
    """A construct that a query found, and its parts."""

    role: str
    span: Span
    parts: Mapping[str, tuple[Span, ...]]

    @property
    def key(self) -> tuple[str, Span, tuple[Span, ...]]:
        """Tell apart what one pattern finds several times in the same place."""
        return self.role, self.span, tuple(span for spans in self.parts.values() for span in spans)


def find_matches(
    machine: Machine, tree: tree_sitter.Tree, offset: int = 0, within: Span | None = None
) -> Iterator[Match]:
    """Run the language's queries over a tree, or over what touches a stretch of it."""
    cursor = cursor_of(machine.query)
    if within:
        cursor.set_byte_range(*within)
    for _, captures in cursor.matches(tree.root_node):
        for name, nodes in captures.items():
            if name not in DETAILS and name[0] != "_":
                yield make_match(name, nodes[0], captures, machine.names, offset)


def make_match(
    role: str, node: tree_sitter.Node, captures: dict[str, list[tree_sitter.Node]], names: Names, offset: int
) -> Match:
    """Turn the nodes of one match into spans."""
    parts: dict[str, tuple[Span, ...]] = {}
    declares = role.startswith("definition.")
    typed = "type" in captures
    for name, nodes in captures.items():
        if name in LISTS:
            parts[name] = tuple(shifted(span, offset) for node in nodes for span in listed(node, name, names))
        elif name == "variable" or (name == "name" and declares) or (name == "alias" and typed):
            leaf, parameters = innermost(nodes[0], names)
            parts[name] = (shifted(span_of(leaf), offset),)
            if typed:
                parts["around"] = tuple(shifted(span, offset) for span in around(nodes[0], leaf))
            if parameters and declares and "parameters" not in captures:
                parts["parameters"] = tuple(shifted(span, offset) for span in listed(parameters, "parameters", names))
                if typed:
                    parts["declared"] = tuple(shifted(span_of(child), offset) for child in members(parameters, names))
        elif name in DETAILS:
            parts[name] = tuple(shifted(span_of(node), offset) for node in nodes)
    return Match(role, shifted(span_of(node), offset), parts)


def listed(node: tree_sitter.Node, name: str, names: Names) -> Iterator[Span]:
    """Yield what a list holds, one after the other; a name by itself is a list of one."""
    if not node.child_count:
        yield span_of(node)
    elif name == "arguments":
        whole = not node.has_error and node.type not in names.tokens
        yield from map(span_of, members(node, names)) if whole else separated(node)
    else:
        for child in members(node, names):
            yield span_of(innermost(child, names)[0] if name == "parameters" else child)


def members(node: tree_sitter.Node, names: Names) -> list[tree_sitter.Node]:
    """Give the nodes that a list holds."""
    return [child for child in node.named_children if not child.is_extra and child.type not in names.skip]


def separated(node: tree_sitter.Node) -> Iterator[Span]:
    """Yield what stands between the separators of a list, however many nodes that is."""
    children = [child for child in node.children if not child.is_extra]
    low = 0 if not children or children[0].is_named else 1
    high = len(children) if not children or children[-1].is_named else len(children) - 1
    for separates, group in groupby(children[low:high], lambda child: child.type in SEPARATORS):
        if not separates:
            nodes = list(group)
            yield nodes[0].start_byte, nodes[-1].end_byte


def innermost(node: tree_sitter.Node, names: Names) -> tuple[tree_sitter.Node, tree_sitter.Node | None]:
    """Follow a declaration down to the name it declares, and to its parameters if it has any."""
    parameters = None
    while node.type not in names.stop and node.named_child_count:
        parameters = node.child_by_field_name("parameters") or parameters
        node = declared(node, names) or node.named_children[0]
    return node, parameters


def around(node: tree_sitter.Node, leaf: tree_sitter.Node) -> tuple[Span, Span]:
    """Say what of a declaration stands before the name that it declares, and what behind it."""
    return (node.start_byte, leaf.start_byte), (leaf.end_byte, node.end_byte)


def declared(node: tree_sitter.Node, names: Names) -> tree_sitter.Node | None:
    """Take one step from a declaration towards the name it declares."""
    inner = next(filter(None, map(node.child_by_field_name, names.fields)), None)
    return inner or next((child for child in node.named_children if child.type in names.kinds), None)


def span_of(node: tree_sitter.Node) -> Span:
    """Say where a node stands in what was parsed."""
    return node.start_byte, node.end_byte


def shifted(span: Span, offset: int) -> Span:
    """Move a stretch."""
    return (span[0] + offset, span[1] + offset)
