"""DOT: the family tree of the allocators, for Graphviz."""

from collections.abc import Iterator

from allocscan.model import Level, Role
from allocscan.reporters.drawing import reporter, title, words
from allocscan.reporters.wording import escape
from allocscan.views.graph import Cluster, Graph, Node

NEXT_LINE = "\\n"
SHAPES = {Role.ALLOCATOR: "rect", Role.REALLOCATOR: "cds", Role.DEALLOCATOR: "ellipse"}


def lines(name: str, graph: Graph) -> Iterator[str]:
    """Yield the lines of a drawing."""
    yield f"digraph {quoted(name)} {{"
    yield '  rankdir=LR; node [fontname="Helvetica", fontsize=10]; edge [fontname="Helvetica", fontsize=9];'
    for number, cluster in enumerate(graph.clusters):
        yield from cluster_lines(number, cluster)
    for below, above in graph.wraps:
        yield f"  {below.key} -> {above.key};"
    for giver, taker in graph.frees:
        yield f"  {giver.key} -> {taker.key} [style=dashed, constraint=false, color=gray50];"
    yield "}"


def cluster_lines(number: int, cluster: Cluster) -> Iterator[str]:
    """Yield the lines of one family."""
    yield f"  subgraph cluster_{number} {{"
    yield f"    label={quoted(title(cluster))}; color=gray70;"
    for node in cluster.nodes:
        yield f"    {node.key} [label={quoted(*words(node))}, shape={SHAPES[node.member.allocator.role]}{style(node)}];"
    yield "  }"


def style(node: Node) -> str:
    """Draw what is only likely with a broken line."""
    return "" if node.member.allocator.level is Level.CERTAIN else ', style="dashed"'


def quoted(*texts: str) -> str:
    """Write texts in quotes, one below the other, of which nothing means anything to Graphviz."""
    plain = (escape(text).replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return f'"{NEXT_LINE.join(plain)}"'


report = reporter(lines)
"""Draw the most used allocators of a report."""
