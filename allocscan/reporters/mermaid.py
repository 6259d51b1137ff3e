"""Mermaid: the family tree of the allocators, for Markdown that draws."""

import re
from collections.abc import Iterator

from allocscan.model import Role
from allocscan.reporters.drawing import reporter, title, words
from allocscan.reporters.wording import escape
from allocscan.views.graph import Cluster, Graph

SHAPES = {Role.ALLOCATOR: ("[", "]"), Role.REALLOCATOR: ("[/", "/]"), Role.DEALLOCATOR: ("([", "])")}
MEANING = re.compile(r"[^\w .,:/-]")
"""What might mean something to Mermaid or to a browser."""


def lines(name: str, graph: Graph) -> Iterator[str]:
    """Yield the lines of a drawing."""
    yield f"%% {MEANING.sub('', escape(name))}"
    yield "flowchart LR"
    for number, cluster in enumerate(graph.clusters):
        yield from cluster_lines(number, cluster)
    for below, above in graph.wraps:
        yield f"  {below.key} --> {above.key}"
    for giver, taker in graph.frees:
        yield f"  {giver.key} -.-> {taker.key}"


def cluster_lines(number: int, cluster: Cluster) -> Iterator[str]:
    """Yield the lines of one family."""
    yield f"  subgraph f{number}[{quoted(title(cluster))}]"
    for node in cluster.nodes:
        left, right = SHAPES[node.member.allocator.role]
        yield f"    {node.key}{left}{quoted(*words(node))}{right}"
    yield "  end"


def quoted(*texts: str) -> str:
    """Write texts in quotes, one below the other; what may mean something stands as the number of its character."""
    plain = (MEANING.sub(lambda found: f"#{ord(found[0])};", escape(text)) for text in texts)
    return f'"{"<br>".join(plain)}"'


report = reporter(lines)
"""Draw the most used allocators of a report."""
