"""A small picture of what an allocator wraps, and of what wraps it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from allocscan.reporters.html.links import Link

WIDTH, HEIGHT, GAP, SPACE = 170, 30, 36, 10
"""The size of a box, and the room between columns and between rows."""
LETTERS = 22
"""Characters that fit into a box."""


@dataclass(frozen=True, slots=True)
class Node:
    """A box with a name."""

    link: Link
    label: str
    x: int
    y: int
    focus: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow from the right side of a box to the left side of another."""

    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True, slots=True)
class Graph:
    """A picture and its size."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph(above: Sequence[Link], focus: Link, below: Sequence[Link]) -> Graph | None:
    """Draw wrappers on the left, what they call in the middle, and what that wraps to the right."""
    if not (above or below):
        return None
    rows = max(1, len(above))
    middle = ((rows - 1) * (HEIGHT + SPACE)) // 2
    wrappers = [node(link, 0, row * (HEIGHT + SPACE)) for row, link in enumerate(above)]
    first = 1 if above else 0
    line = [node(link, column, middle, column == first) for column, link in enumerate((focus, *below), first)]
    nodes = (*wrappers, *line)
    edges = (*(join(wrapper, line[0]) for wrapper in wrappers), *chain(line))
    return Graph(max(each.x for each in nodes) + WIDTH, rows * (HEIGHT + SPACE) - SPACE, nodes, edges)


def node(link: Link, column: int, y: int, focus: bool = False) -> Node:
    """Place a box."""
    label = link.text if len(link.text) <= LETTERS else f"…{link.text[1 - LETTERS :]}"
    return Node(link, label, column * (WIDTH + GAP), y, focus)


def join(left: Node, right: Node) -> Edge:
    """Draw an arrow."""
    return Edge(left.x + WIDTH, left.y + HEIGHT // 2, right.x, right.y + HEIGHT // 2)


def chain(nodes: Sequence[Node]) -> Iterator[Edge]:
    """Join boxes that stand side by side."""
    for left, right in pairwise(nodes):
        yield join(left, right)
