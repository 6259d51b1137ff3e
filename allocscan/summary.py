"""Totals and groupings that reporters share."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from posixpath import dirname
from typing import TypeVar

from allocscan.model import TAKES, Action, FileRecord, Problem, Report, Role, Site, Target

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LanguageTotal:
    """What was read and found in one language."""

    language: str
    files: int
    lines: int
    actions: Mapping[Action, int]
    size: int = 0
    """Bytes."""
    lost: int = 0
    """Bytes in syntax errors."""

    @property
    def parse_loss(self) -> float:
        """Give the share of bytes that lie in syntax errors, in percent."""
        return share(self.lost, self.size)


@dataclass(frozen=True, slots=True)
class NameTotal:
    """An allocator or class, and how often it is used."""

    name: str
    sites: int
    family: str = ""
    wraps: tuple[str, ...] = ()
    """What stands below it, down to the primitive."""
    definition: Target | None = None
    """Where it is defined, when that is in the tree."""


@dataclass(frozen=True, slots=True)
class DirectoryTotal:
    """A folder and the sites in its own files."""

    path: str
    """Relative to the tree; `.` for its top."""
    sites: int


def by_action(sites: Iterable[Site]) -> dict[Action, int]:
    """Count sites by action; every action is there, in the order of the model."""
    counted = Counter(site.action for site in sites)
    return {action: counted[action] for action in Action}


def count_explicit(sites: Iterable[Site]) -> int:
    """Count the sites that a programmer asked for by name."""
    return sum(site.explicit for site in sites)


def by_lack(report: Report) -> dict[Action, dict[str, int]]:
    """Count the sites of the families of which one end is missing, by what nothing does; most sites first."""
    counted = Counter(site.family for site in report.sites)
    ranked = sorted(report.unmatched, key=lambda each: (-counted[each.family], each.family))
    groups = grouped((each for each in ranked if counted[each.family]), lambda each: each.lacks)
    return {
        action: {each.family: counted[each.family] for each in groups[action]}
        for action in (Action.DEALLOCATE, Action.ALLOCATE)
        if action in groups
    }


def by_language(report: Report) -> tuple[LanguageTotal, ...]:
    """Add up each language, the one with most lines first."""
    files = grouped(report.files, lambda file: file.language)
    sites = grouped(report.sites, lambda site: site.language)
    totals = (total_language(name, files.get(name, []), sites.get(name, [])) for name in {**files, **sites})
    return tuple(sorted(totals, key=lambda total: (-total.lines, total.language)))


def grouped(values: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """Sort values into lists, in the order in which their keys first appear."""
    groups: defaultdict[K, list[T]] = defaultdict(list)
    for value in values:
        groups[key(value)].append(value)
    return groups


def total_language(name: str, files: list[FileRecord], sites: list[Site]) -> LanguageTotal:
    """Add up one language."""
    lines, size, lost = (sum(map(attrgetter(part), files)) for part in ("lines", "size", "lost"))
    return LanguageTotal(name, len(files), lines, by_action(sites), size, lost)


def add_up(name: str, totals: Iterable[LanguageTotal]) -> LanguageTotal:
    """Make one total of several."""
    parts = tuple(totals)
    actions = {action: sum(part.actions[action] for part in parts) for action in Action}
    files, lines, size, lost = (sum(map(attrgetter(part), parts)) for part in ("files", "lines", "size", "lost"))
    return LanguageTotal(name, files, lines, actions, size, lost)


def by_name(report: Report, actions: frozenset[Action] = TAKES) -> tuple[NameTotal, ...]:
    """Count the sites of each allocator and class, the most used first."""
    sites = grouped((site for site in report.sites if site.action in actions), canonical_name)
    totals = (total_name(name, group) for name, group in sites.items())
    return tuple(sorted(totals, key=lambda total: (-total.sites, total.name)))


def canonical_name(site: Site) -> str:
    """Give the name that all uses of one allocator or class share."""
    return site.allocator or site.name


def total_name(name: str, sites: list[Site]) -> NameTotal:
    """Add up one name; where several allocators bear it, the one with most sites says what it is."""
    family, via = Counter((site.family, site.via) for site in sites).most_common(1)[0][0]
    return NameTotal(name, len(sites), family, via, only_definition(sites))


def only_definition(sites: Iterable[Site]) -> Target | None:
    """Give the definition that most sites mean, if none of them means another."""
    targets = Counter(site.resolved for site in sites)
    definitions = targets.keys() - {None}
    return targets.most_common(1)[0][0] if len(definitions) == 1 else None


def by_directory(sites: Iterable[Site]) -> tuple[DirectoryTotal, ...]:
    """Count the sites in the files of each folder, the one with most first."""
    counted = Counter(dirname(site.location.path) or "." for site in sites)
    totals = (DirectoryTotal(path, count) for path, count in counted.items())
    return tuple(sorted(totals, key=lambda total: (-total.sites, total.path)))


def parse_loss(files: Iterable[FileRecord]) -> float:
    """Give the share of bytes that lie in syntax errors, in percent."""
    files = tuple(files)
    return share(sum(file.lost for file in files), sum(file.size for file in files))


def share(part: int, whole: int) -> float:
    """Give a part in percent, to three decimals; nothing of nothing is nothing."""
    return round(100 * part / whole, 3) if whole else 0.0


def worst_files(files: Iterable[FileRecord]) -> tuple[FileRecord, ...]:
    """Give the files of which something was lost, the greatest loss first."""
    return tuple(sorted((file for file in files if file.lost), key=lambda file: (-file.lost, file.path)))


def by_kind(problems: Iterable[Problem]) -> dict[str, int]:
    """Count problems by kind, the most frequent first."""
    counted = Counter(problem.kind for problem in problems)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def by_role(report: Report) -> dict[Role, int]:
    """Count the definitions that matter to memory by role; every role is there."""
    counted = Counter(definition.role for definition in report.definitions)
    return {role: counted[role] for role in Role}
