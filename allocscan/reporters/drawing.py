"""What drawings of the family tree have in common: what is drawn, and the words for it."""

from collections.abc import Callable, Iterator
from typing import TextIO

from allocscan.model import Report
from allocscan.reporters import Read, Reporter
from allocscan.reporters.wording import counted
from allocscan.views.families import families
from allocscan.views.graph import Cluster, Graph, Node, graph

MOST = 12
"""Members of each family in a picture."""


Draw = Callable[[str, Graph], Iterator[str]]
"""Yield the lines of a drawing that has a name."""


def reporter(draw: Draw) -> Reporter:
    """Give what draws the most used allocators of a report."""

    def report(report: Report, stream: TextIO, _read: Read) -> None:
        write(draw, report.source.name, picture(report), stream)

    return report


def write(draw: Draw, name: str, graph: Graph, stream: TextIO) -> None:
    """Draw a graph."""
    stream.writelines(f"{line}\n" for line in draw(name, graph))


def picture(report: Report) -> Graph:
    """Arrange the most used allocators of a report."""
    return graph(families(report, MOST))


def title(cluster: Cluster) -> str:
    """Name a family, and say how much of it is not drawn."""
    return f"{cluster.name or 'no family'}{f', {cluster.hidden:,} more' if cluster.hidden else ''}"


def words(node: Node) -> Iterator[str]:
    """Say what a node is: its name, its place and how often it is used."""
    place = node.member.allocator.definition
    yield node.member.allocator.name
    if place:
        yield f"{place.path}:{place.line}"
    yield counted(node.member.sites, "site")
