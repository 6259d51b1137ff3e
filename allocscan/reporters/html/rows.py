"""What the tables of several pages show of a site."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from allocscan.model import Site
from allocscan.reporters.html.links import Link, Links

MOST = 2_000
"""Sites that one page lists; the explorer shows them all."""


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site in a list."""

    site: Site
    place: Link
    what: Link
    function: Link | None
    definition: Link | None
    freed: tuple[Link, ...]
    """What gives such memory back."""


@dataclass(frozen=True, slots=True)
class FileRows:
    """The sites of a list that stand in one file."""

    path: str
    rows: tuple[SiteRow, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Sites by file."""

    sites: int
    files: tuple[FileRows, ...]
    hidden: int
    """Sites for which there is no room."""


def listing(sites: Iterable[Site], links: Links) -> Listing:
    """List sites by file."""
    known = sorted(sites, key=lambda site: site.location)
    return Listing(len(known), tuple(by_file(known[:MOST], links)), max(0, len(known) - MOST))


def by_file(sites: list[Site], links: Links) -> Iterator[FileRows]:
    """Yield the files of some sites."""
    for path, group in groupby(sites, lambda site: site.location.path):
        yield FileRows(path, tuple(row(site, links) for site in group))


def row(site: Site, links: Links) -> SiteRow:
    """Describe a site."""
    place = site.location
    return SiteRow(
        site,
        links.line(place.path, place.line),
        links.site(site),
        links.function(place.path, site.function, place.line) if site.function else None,
        links.target(site.resolved),
        links.partners.get((site.allocator, site.resolved), ()),
    )
