"""What a search in the text finds of a name, held against what is true."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from allocscan.extract.mentions import COMMENT, STRING, Mention
from allocscan.model import CLASS_KINDS, Form, Location, Report, ReportDefinition, Role, Site, Target
from allocscan.summary import grouped
from allocscan.views.naming import last_part

DEFINITION, MACRO, CALL = "definition.", "macro", "call"
ANNOUNCED = ("prototype", "declaration")
"""Kinds of definitions that only say that there is one."""


class Reason(StrEnum):
    """Why a hit of a search is no site of the name."""

    LONGER = "part of a longer name"
    COMMENT = "comment"
    STRING = "text in quotes"
    CLASS = "class statement"
    MACRO = "macro definition"
    DECLARATION = "declaration"
    DEFINITION = "definition"
    OTHER = "another of that name"
    CALL = "call of something else"
    UNKNOWN = "neither a call nor a definition"
    CODE = "code that is no site"
    """What is said of a name that no site is of, without a closer look."""


class Way(StrEnum):
    """How a site escapes the search."""

    NAME = "under another name"
    SPACE = "no parenthesis right behind the name"
    TYPE = "known by its type"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the search stops."""

    path: str
    mention: Mention
    site: Site | None = None
    """Set where the search is right."""
    reason: Reason | None = None
    meant: Target | None = None
    """The definition that another thing of the name means."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A site of the name that the search does not find."""

    site: Site
    way: Way


@dataclass(frozen=True, slots=True)
class Reached:
    """A wrapper through which the name is reached, at sites where it is not to be seen."""

    name: str
    definition: Target | None
    form: Form
    sites: int
    chain: tuple[str, ...]
    """From the wrapper down to the name."""
    subclass: bool = False
    """It is a class that is derived from the one of the name."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both answers, side by side."""

    name: str
    files: int
    hits: tuple[Hit, ...]
    misses: tuple[Miss, ...]
    reached: tuple[Reached, ...]
    sites: int

    @property
    def lines(self) -> int:
        """Count the lines that the search prints."""
        return len({(hit.path, hit.mention.line) for hit in self.hits})

    @property
    def right(self) -> tuple[Hit, ...]:
        """Give the hits that are sites of the name."""
        return tuple(hit for hit in self.hits if hit.site)

    @property
    def wrong(self) -> tuple[Hit, ...]:
        """Give the hits that are not."""
        return tuple(hit for hit in self.hits if not hit.site)


class Ground:
    """A report, with what comparisons look up in it."""

    def __init__(self, report: Report) -> None:
        self.files = len(report.files)
        self.written = grouped(report.sites, lambda site: (site.location.path, last_part(site.name)))
        self.made = grouped((site for site in report.sites if site.resolved), lambda site: place_of(site.resolved))
        self.above: dict[str, list[Site]] = {}
        """Sites by the names below what they call."""
        for site in report.sites:
            for name in dict.fromkeys(map(last_part, site.via)):
                self.above.setdefault(name, []).append(site)
        self.derived: dict[str, list[ReportDefinition]] = {}
        """Classes by what they are derived from."""
        for each in report.definitions:
            for base in dict.fromkeys(map(last_part, each.bases)) if each.role is Role.CLASS else ():
                self.derived.setdefault(base, []).append(each)


def compare(
    wanted: str, sites: Iterable[Site], ground: Ground, mentions: Mapping[str, tuple[Mention, ...]]
) -> Comparison:
    """Hold what a search finds in each file against the sites of a name."""
    name = last_part(wanted)
    known = tuple(sites)
    claimed, left = claim(name, known, mentions)
    hits = tuple(
        Hit(path, mention, site) if (site := claimed.get((path, mention))) else explained(name, path, mention, ground)
        for path, found in mentions.items()
        for mention in found
    )
    misses = tuple(Miss(site, way(name, site)) for site in left)
    return Comparison(name, ground.files, hits, misses, tuple(reached(name, known, ground)), len(known))


def claim(
    name: str, sites: Iterable[Site], mentions: Mapping[str, tuple[Mention, ...]]
) -> tuple[dict[tuple[str, Mention], Site], list[Site]]:
    """Give each site the first mention inside of it that no other has, and list the sites for which there is none."""
    claimed: dict[tuple[str, Mention], Site] = {}
    left = []
    for site in sites:
        path = site.location.path
        inside = (mention for mention in mentions.get(path, ()) if is_written(name, site, mention))
        mention = next((each for each in inside if (path, each) not in claimed), None)
        if mention:
            claimed[path, mention] = site
        else:
            left.append(site)
    return claimed, left


def is_written(name: str, site: Site, mention: Mention) -> bool:
    """Tell whether a mention may be what a site is written with."""
    place, here = site.location, (mention.line, mention.column)
    within = (place.line, place.column) <= here < (place.end_line, place.end_column)
    return within and mention.word == name == last_part(site.name) and mention.role not in (COMMENT, STRING)


def explained(name: str, path: str, mention: Mention, ground: Ground) -> Hit:
    """Say why a hit is no site of the name."""
    others = ground.written.get((path, name), ())
    meant = next((site for site in others if is_written(name, site, mention)), None)
    return Hit(path, mention, None, reason(name, mention, meant), meant.resolved if meant else None)


def reason(name: str, mention: Mention, meant: Site | None) -> Reason:
    """Say what a hit is instead."""
    if mention.role in (COMMENT, STRING):
        return Reason.COMMENT if mention.role == COMMENT else Reason.STRING
    if mention.word != name:
        return Reason.LONGER
    if mention.role.startswith(DEFINITION):
        return defined(mention.role.removeprefix(DEFINITION))
    if meant:
        return Reason.OTHER
    return Reason.CALL if mention.role == CALL else Reason.UNKNOWN


def defined(kind: str) -> Reason:
    """Say what kind of definition a hit begins."""
    if kind in CLASS_KINDS:
        return Reason.CLASS
    return Reason.MACRO if kind == MACRO else Reason.DECLARATION if kind in ANNOUNCED else Reason.DEFINITION


def way(name: str, site: Site) -> Way:
    """Say how a site escapes the search."""
    if last_part(site.name) == name:
        return Way.SPACE
    resolved = last_part(site.resolved.name) if site.resolved else ""
    return Way.NAME if name in (last_part(site.allocator), resolved) else Way.TYPE


def reached(name: str, sites: tuple[Site, ...], ground: Ground) -> Iterator[Reached]:
    """Yield what stands above the name, the most used first."""
    known = set(sites)
    above = grouped((site for site in ground.above.get(name, ()) if site not in known), wrapper_key)
    found = [wrapper(name, group) for group in above.values()] + list(derived(name, known, ground))
    yield from sorted(found, key=lambda each: (-each.sites, each.name, str(each.definition)))


def wrapper_key(site: Site) -> str:
    """Tell wrappers apart, those of one name as well."""
    return f"{site.allocator or site.name} {site.resolved}"


def wrapper(name: str, sites: list[Site]) -> Reached:
    """Describe a wrapper by its sites."""
    first = sites[0]
    depth = [last_part(each) for each in first.via].index(name)
    chain = (first.allocator or first.name, *first.via[: depth + 1])
    return Reached(chain[0], first.resolved, first.form, len(sites), chain)


def derived(name: str, known: Set[Site], ground: Ground) -> Iterator[Reached]:
    """Yield the classes that are derived from one of the name, where objects of them are created."""
    places = {place_of(each.location): each for each in ground.derived.get(name, ())}
    for place, definition in places.items():
        if group := [site for site in ground.made.get(place, ()) if site not in known]:
            yield Reached(definition.name, group[0].resolved, group[0].form, len(group), (definition.name, name), True)


def place_of(where: Location | Target | None) -> tuple[str, int]:
    """Give the path and line of something."""
    return (where.path, where.line) if where else ("", 0)
