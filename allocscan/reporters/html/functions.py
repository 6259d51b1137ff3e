"""The functions with most sites: what each obtains, and what becomes of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from allocscan.model import Action, Site
from allocscan.reporters.html.links import Link, Links
from allocscan.reporters.html.rows import SiteRow, row
from allocscan.summary import by_action

MOST = 300
"""Functions that have a page."""

Owner = tuple[str, str]
"""A path and the name of a function."""


@dataclass(frozen=True, slots=True)
class FunctionPage:
    """A function and its sites, which is also its row in the list."""

    page: str
    name: str
    place: Link
    actions: Mapping[Action, int]
    in_test: bool
    looped: int
    """Sites in loops."""
    sites: tuple[SiteRow, ...]

    @property
    def total(self) -> int:
        """Count its sites."""
        return len(self.sites)


def busiest(sites: Iterable[Site]) -> dict[Owner, list[Site]]:
    """Choose the functions with most sites."""
    inside: dict[Owner, list[Site]] = {}
    for site in sites:
        if site.function:
            inside.setdefault((site.location.path, site.function), []).append(site)
    ranked = sorted(inside.items(), key=lambda item: (-len(item[1]), item[0]))
    return dict(ranked[:MOST])


def function_pages(chosen: Mapping[Owner, list[Site]], links: Links) -> Iterator[FunctionPage]:
    """Yield the page of each function."""
    for (path, name), sites in chosen.items():
        yield FunctionPage(
            links.functions[path, name],
            name,
            links.line(path, sites[0].location.line),
            by_action(sites),
            all(site.in_test for site in sites),
            sum(site.loop_depth > 0 for site in sites),
            tuple(row(site, links) for site in sites),
        )
