"""What the tables of several pages show of a site."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from allocscan.model import Ending, Fate, Life, Site
from allocscan.reporters.html.links import Link, Links

MOST = 2_000
"""Sites that one page lists; the explorer shows them all."""
ENDINGS = 4
"""Statements that say what becomes of one site's memory."""


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
    endings: tuple[Link, ...]
    """What becomes of its memory in the function, and where; likewise `sources`, where that comes from."""
    sources: tuple[Link, ...]
    becomes: str
    looks: tuple[Link, ...]
    """Why it deserves a look."""


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
    typed: bool
    """A type is said of some; likewise `sized`."""
    sized: bool


def listing(sites: Iterable[Site], links: Links) -> Listing:
    """List sites by file."""
    known = sorted(sites, key=lambda site: site.location)
    shown = known[:MOST]
    typed, sized = any(site.type for site in shown), any(site.size for site in shown)
    return Listing(len(known), tuple(by_file(shown, links)), len(known) - len(shown), typed, sized)


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
        links.around(site),
        links.target(site.resolved),
        links.partners.get((site.allocator, site.resolved), ()),
        tuple(endings(site, links)),
        tuple(sources(site, links)),
        becomes(links.references.life_of(site)),
        links.looks.get(site.location, ()),
    )


def endings(site: Site, links: Links) -> Iterator[Link]:
    """Lead to the statements that say what becomes of a site's memory."""
    life = links.references.life_of(site)
    told = telling(life.endings) if life else []
    for ending in told[:ENDINGS]:
        yield links.line(site.location.path, ending.line, f"{ending.statement} ({ending.line})")
    if len(told) > ENDINGS:
        yield Link(f"and {len(told) - ENDINGS} more")


def telling(endings: Iterable[Ending]) -> list[Ending]:
    """Choose the statements that say most: being passed on is told where nothing else is."""
    known = [ending for ending in endings if ending.fate is not Fate.UNSEEN]
    return [ending for ending in known if ending.fate is not Fate.PASSED] or known


def sources(site: Site, links: Links) -> Iterator[Link]:
    """Lead to the sites of the same function whose memory a site gives back."""
    for life in links.references.sources_of(site):
        line = life.location.line
        yield links.line(site.location.path, line, f"line {line}")


def becomes(life: Life | None) -> str:
    """Say in a few words what becomes of memory in its function; passed on is said where nothing better is known."""
    found = {ending.fate for ending in life.endings} if life else set()
    told = found - {Fate.PASSED} or found
    return ", ".join(fate.value for fate in Fate if fate in told)
