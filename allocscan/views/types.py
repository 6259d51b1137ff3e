"""Classes and structures: where their objects come to be, and where they go."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from allocscan.filters import type_name
from allocscan.model import Action, Form, Report, ReportDefinition, Role, Site
from allocscan.summary import grouped
from allocscan.views.naming import last_part, shared_folders


@dataclass(frozen=True, slots=True)
class TypeUse:
    """A class or structure and the sites that concern it."""

    name: str
    definition: ReportDefinition | None
    """None for those of libraries."""
    created: tuple[Site, ...]
    freed: tuple[Site, ...]

    @property
    def releases(self) -> tuple[tuple[str, int], ...]:
        """Name what gives its objects back, the most used first."""
        counted = Counter(site.allocator or site.name for site in self.freed)
        return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


class Classes:
    """The classes and structures that a tree defines, by place and by name."""

    def __init__(self, definitions: Iterable[ReportDefinition]) -> None:
        self.all = [each for each in definitions if each.role is Role.CLASS]
        self.places = {(each.location.path, each.location.line): each for each in self.all}
        self.named = grouped(self.all, lambda each: last_part(each.name))

    def of(self, site: Site) -> ReportDefinition | None:
        """Say of which class a site's object is: of the one that it resolves to, or else of the one so named."""
        resolved = site.resolved and self.places.get((site.resolved.path, site.resolved.line))
        if resolved:
            return resolved
        found = self.named.get(last_part(type_name(site.type)), []) if site.type else []
        return max(found, key=lambda each: visibility(each.location.path, site.location.path), default=None)


def visibility(path: str, user: str) -> tuple[bool, bool, int]:
    """Weigh whether what one file defines is meant in another: what stands in no file of the same kind is for all."""
    differs = PurePosixPath(path).suffix != PurePosixPath(user).suffix
    return path == user, differs, shared_folders(path, user)


def types(report: Report) -> tuple[TypeUse, ...]:
    """List the classes and structures whose objects are created somewhere, the most created first."""
    classes = Classes(report.definitions)
    found = (
        TypeUse(name, definition, *split(sites))
        for (name, definition), sites in by_class(classes, report.sites).items()
    )
    ranked = sorted(found, key=lambda each: (-len(each.created), -len(each.freed), each.name, str(each.definition)))
    return tuple(each for each in ranked if each.created or each.freed)


def by_class(classes: Classes, sites: Iterable[Site]) -> Mapping[tuple[str, ReportDefinition | None], list[Site]]:
    """Sort the sites of objects by their class; of a library only what is made by its class counts as one."""
    found: dict[tuple[str, ReportDefinition | None], list[Site]] = {}
    for site in sites:
        definition = classes.of(site)
        if definition:
            found.setdefault((definition.name, definition), []).append(site)
        elif site.form is Form.INSTANTIATION:
            found.setdefault((site.allocator or site.name, None), []).append(site)
    return found


def split(sites: Iterable[Site]) -> Iterator[tuple[Site, ...]]:
    """Tell creating from releasing."""
    known = tuple(sites)
    yield tuple(site for site in known if site.action is Action.ALLOCATE)
    yield tuple(site for site in known if site.action is Action.DEALLOCATE)
