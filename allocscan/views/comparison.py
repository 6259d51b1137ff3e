"""What a search in the text finds of a name, held against what is true."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from allocscan.extract.mentions import COMMENT, STRING, Mention
from allocscan.model import CLASS_KINDS, Form, Report, ReportDefinition, Role, Site, Target
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


def compare(
    wanted: str, sites: Iterable[Site], report: Report, mentions: Mapping[str, tuple[Mention, ...]]
) -> Comparison:
    """Hold what a search finds in each file against the sites of a name."""
    name = last_part(wanted)
    known = tuple(sites)
    claimed, left = claim(name, known, mentions)
    others = grouped(report.sites, lambda site: site.location.path)
    hits = tuple(
        Hit(path, mention, site) if (site := claimed.get((path, mention))) else explained(name, path, mention, others)
        for path, found in mentions.items()
        for mention in found
    )
    misses = tuple(Miss(site, way(name, site)) for site in left)
    return Comparison(name, len(report.files), hits, misses, tuple(reached(name, known, report)), len(known))


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


def explained(name: str, path: str, mention: Mention, others: Mapping[str, list[Site]]) -> Hit:
    """Say why a hit is no site of the name."""
    meant = next((site for site in others.get(path, ()) if is_written(name, site, mention)), None)
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


def reached(name: str, sites: tuple[Site, ...], report: Report) -> Iterator[Reached]:
    """Yield what stands above the name, the most used first."""
    known = set(sites)
    above = grouped(
        (site for site in report.sites if site not in known and name in map(last_part, site.via)), wrapper_key
    )
    found = [wrapper(name, group) for group in above.values()] + list(derived(name, sites, report))
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


def derived(name: str, sites: tuple[Site, ...], report: Report) -> Iterator[Reached]:
    """Yield the classes that are derived from one of the name, where objects of them are created."""
    known = set(sites)
    places = {(each.location.path, each.location.line): each for each in report.definitions if is_derived(name, each)}
    made = [site for site in report.sites if site not in known and site.resolved]
    by_place = grouped(made, lambda site: f"{site.resolved.path}:{site.resolved.line}" if site.resolved else "")
    for (path, line), definition in places.items():
        if group := by_place.get(f"{path}:{line}"):
            yield Reached(definition.name, group[0].resolved, group[0].form, len(group), (definition.name, name), True)


def is_derived(name: str, definition: ReportDefinition) -> bool:
    """Tell whether a definition is a class that is derived from one of the name."""
    return definition.role is Role.CLASS and name in map(last_part, definition.bases)
