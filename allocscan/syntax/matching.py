"""Nodes become plain values: what a query has captured, as stretches of the text."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple

import tree_sitter

from allocscan.languages import Names
from allocscan.prepare import Span
from allocscan.queries import DETAILS
from allocscan.syntax.machine import Machine, cursor_of

LISTS = frozenset(("arguments", "parameters", "bases"))
"""Details that stand for their children, one by one."""
span_of: Callable[[tree_sitter.Node], Span] = attrgetter("byte_range")
"""Say where a node stands in what was parsed."""
SEPARATORS = frozenset((",", ";"))


class Match(NamedTuple):
    """A construct that a query found, and its parts; a plain tuple, for there are very many."""

    role: str
    span: Span
    parts: Mapping[str, tuple[Span, ...]]

    @property
    def key(self) -> Hashable:
        """Tell apart what one pattern finds several times in the same place."""
        return self.role, self.span, *self.parts.values()


def find_matches(
    machine: Machine, tree: tree_sitter.Tree, offset: int = 0, within: Span | None = None
) -> Iterator[Match]:
    """Run the language's queries over a tree, or over what touches a stretch of it."""
    cursor = cursor_of(machine.query)
    if within:
        cursor.set_byte_range(*within)
    roles, names = machine.roles, machine.names
    for _, captures in cursor.matches(tree.root_node):
        handed_on = (*captures.get("source", ()), *captures.get("value", ()))
        if handed_on and any(node.is_extra for node in handed_on):
            # A comment may stand wherever an expression can.
            continue
        for name in captures:
            if name in roles:
                match = make_match(name, captures, names)
                yield shifted(match, offset) if offset else match


def make_match(role: str, captures: dict[str, list[tree_sitter.Node]], names: Names) -> Match:
    """Turn the nodes of one match into spans."""
    parts: dict[str, tuple[Span, ...]] = {}
    declares = role.startswith("definition.")
    for name, nodes in captures.items():
        if name in LISTS:
            parts[name] = tuple(chain.from_iterable([listed(node, name, names) for node in nodes]))
        elif name == "variable" or (declares and name == "name"):
            leaf, parameters = innermost(nodes[0], names)
            parts[name] = (leaf.byte_range,)
            if parameters and declares and "parameters" not in captures:
                parts["parameters"] = tuple(listed(parameters, "parameters", names))
        elif name in DETAILS:
            parts[name] = (nodes[0].byte_range,) if len(nodes) == 1 else tuple(map(span_of, nodes))
    return Match(role, captures[role][0].byte_range, parts)


def listed(node: tree_sitter.Node, name: str, names: Names) -> Iterable[Span]:
    """Give what a list holds, one after the other; a name by itself is a list of one."""
    if not node.child_count:
        return [node.byte_range]
    if name == "parameters":
        return [
            innermost(leaf, names)[0].byte_range for child in members(node, names) for leaf in listed_in(child, names)
        ]
    if name == "arguments" and (node.has_error or (names.tokens and node.type in names.tokens)):
        return separated(node)
    return map(span_of, members(node, names))


def listed_in(node: tree_sitter.Node, names: Names) -> list[tree_sitter.Node]:
    """Give what one declaration declares: itself, or its parts where they are several."""
    several = [found for field in names.fields if len(found := node.children_by_field_name(field)) > 1]
    return several[0] if several else [node]


def members(node: tree_sitter.Node, names: Names) -> list[tree_sitter.Node]:
    """Give the nodes that a list holds."""
    held = [child for child in node.named_children if not child.is_extra]
    return [child for child in held if child.type not in names.skip] if names.skip else held


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
    """Follow a declaration down to the name it declares, and to its parameters if it has any.

    No function hands back a function: one that seems to do so is named by what a macro makes of the last name it gets.
    """
    parameters = None
    while node.named_child_count and node.type not in names.stop:
        found, inner = node.child_by_field_name("parameters"), declared(node, names) or node.named_children[0]
        if found and inner.type == node.type and (made := inner.child_by_field_name("parameters")):
            return innermost(made.named_children[-1] if made.named_children else made, names)[0], found
        parameters, node = found or parameters, inner
    return node, parameters


def declared(node: tree_sitter.Node, names: Names) -> tree_sitter.Node | None:
    """Take one step from a declaration towards the name it declares."""
    inner = next(filter(None, map(node.child_by_field_name, names.fields)), None)
    return inner or next((child for child in node.named_children if child.type in names.kinds), None)


def shifted(match: Match, offset: int) -> Match:
    """Move a match."""
    parts = {name: tuple([(low + offset, high + offset) for low, high in spans]) for name, spans in match.parts.items()}
    return Match(match.role, (match.span[0] + offset, match.span[1] + offset), parts)
