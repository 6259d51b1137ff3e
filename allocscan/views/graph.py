"""The allocators of a tree as a graph: what wraps what, and what gives back whose memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from allocscan.model import Role
from allocscan.summary import grouped
from allocscan.views.families import Family, Member
from allocscan.views.naming import last_part, nearness


@dataclass(frozen=True, slots=True)
class Node:
    """An allocator in a picture."""

    key: str
    member: Member


@dataclass(frozen=True, slots=True)
class Cluster:
    """The nodes of one family."""

    name: str
    nodes: tuple[Node, ...]
    hidden: int
    """Members for which there was no room."""


@dataclass(frozen=True, slots=True)
class Graph:
    """What is to be drawn."""

    clusters: tuple[Cluster, ...]
    wraps: tuple[tuple[Node, Node], ...]
    """What is wrapped, and what wraps it."""
    frees: tuple[tuple[Node, Node], ...]
    """What hands memory out, and what most often takes it back."""


def graph(families: Iterable[Family]) -> Graph:
    """Arrange families as a graph."""
    clusters = tuple(cluster(number, family) for number, family in enumerate(families))
    return Graph(clusters, tuple(wrapped(clusters)), tuple(freed(clusters)))


def cluster(number: int, family: Family) -> Cluster:
    """Number the members of a family."""
    members = (*family.givers, *family.takers)
    nodes = (Node(f"n{number}_{position}", member) for position, member in enumerate(members))
    return Cluster(family.name, tuple(nodes), family.hidden)


def wrapped(clusters: Iterable[Cluster]) -> Iterator[tuple[Node, Node]]:
    """Yield what stands directly below what; a tree is told by its depths."""
    for each in clusters:
        line: list[Node] = []
        for node in each.nodes:
            del line[node.member.depth :]
            if line:
                yield line[-1], node
            line.append(node)


def freed(clusters: tuple[Cluster, ...]) -> Iterator[tuple[Node, Node]]:
    """Yield what hands memory out with what most often takes it back."""
    nodes = [node for each in clusters for node in each.nodes]
    named = grouped(nodes, lambda node: last_part(node.member.allocator.name))
    for node in nodes:
        known = node.member.allocator
        place = known.definition.path if known.definition else ""
        partners = named.get(last_part(known.pairs[0]), []) if known.pairs else []
        takers = [each for each in partners if each.member.allocator.role == Role.DEALLOCATOR]
        if takers and known.role != Role.DEALLOCATOR:
            yield node, max(takers, key=lambda each: nearness(each.member.allocator, place))
