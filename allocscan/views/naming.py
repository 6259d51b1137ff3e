"""Names that are only known by their last part, and what stands behind them."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from allocscan.model import Allocator, Site


def last_part(name: str) -> str:
    """Give the name without what it belongs to."""
    return re.split(r"\W+", name.rstrip(" *&>)]"))[-1] or name


def sites_of(allocator: Allocator, sites: Iterable[Site], others: Sequence[Allocator]) -> tuple[Site, ...]:
    """Give the sites that mean an allocator, and no other of its name; the rest is a library's."""
    named = [site for site in sites if site.allocator == allocator.name]
    meant = tuple(site for site in named if site.resolved == allocator.definition)
    taken = {other.definition for other in others if other.name == allocator.name and other != allocator}
    if allocator.definition and (meant or None in taken):
        return meant
    return tuple(site for site in named if site.resolved not in taken)


def wrapped(wraps: Sequence[str], found: Iterable[Allocator], path: str) -> Allocator | None:
    """Choose among allocators of one name the one that is wrapped from a file: what it wraps itself decides first."""
    below = tuple(map(last_part, wraps[1:]))
    return max(
        found,
        key=lambda other: (
            tuple(map(last_part, other.wraps)) == below,
            nearness(other, path),
            other.sites,
        ),
        default=None,
    )


def nearness(allocator: Allocator, path: str) -> int:
    """Say how near to a file an allocator is defined."""
    return shared_folders(allocator.definition.path, path) if allocator.definition else 0


def shared_folders(one: str, other: str) -> int:
    """Say how near two files are: how many folders they share, and the name of the file itself."""
    parts = zip(one.split("/"), other.split("/"), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], parts))
