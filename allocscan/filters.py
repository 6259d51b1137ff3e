"""Narrow a report to what someone asked for."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase, translate
from pathlib import PurePosixPath

from allocscan.model import CLASS_KINDS, Action, Allocator, Check, Life, Report, Resource, Site

HIDDEN_IMPLICIT = "implicit (--all)"
HIDDEN_HANDLES = "handles (--resources)"


LAST_WORD = re.compile(r"\w+\Z")
KIND_BEFORE = re.compile(rf"(?:{'|'.join(sorted(CLASS_KINDS))})\s+")
"""The word for what kind of type it is, in front of a type."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to keep of a report; an empty field keeps everything."""

    implicit: bool = False
    """Keep what no programmer asked for by name."""
    resources: bool = False
    """Keep files, sockets and the like."""
    tests: bool = True
    """Keep sites in test code."""
    actions: tuple[Action, ...] = ()
    languages: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    """Globs of files, or of folders with everything below them."""
    unchecked: bool = False
    """Keep only what is used without asking whether there was any memory."""
    in_loop: bool = False
    """Keep only what stands in a loop."""


EVERYTHING = Selection(implicit=True, resources=True)


def select(report: Report, selection: Selection) -> Report:
    """Keep what a selection asks for, and note how much it hides that was not named."""
    narrowed = narrow_names(narrow_files(report, selection), selection)
    asked = [site for site in narrowed.sites if is_asked_for(site, selection)]
    hidden = Counter(filter(None, (hidden_as(site, selection) for site in asked)))
    sites = tuple(site for site in asked if not hidden_as(site, selection))
    return replace(
        narrowed, sites=sites, lives=lives_of(sites, report.lives), notes=(*report.notes, *hidden_note(hidden))
    )


def narrow_files(report: Report, selection: Selection) -> Report:
    """Keep the files of the selected paths and languages, and what stands in them."""
    if not (selection.paths or selection.languages):
        return report
    files = tuple(file for file in report.files if is_kept(file.path, file.language, selection))
    kept = {file.path for file in files}
    return replace(
        report,
        files=files,
        sites=tuple(site for site in report.sites if site.location.path in kept),
        definitions=tuple(each for each in report.definitions if each.location.path in kept),
        candidates=tuple(each for each in report.candidates if each.definition and each.definition.path in kept),
        functions=tuple(each for each in report.functions if each.location.path in kept),
        problems=tuple(each for each in report.problems if is_kept_problem(each.path, kept, selection)),
    )


def is_kept(path: str, language: str, selection: Selection) -> bool:
    """Tell whether a file is of the selected languages and paths."""
    return (not selection.languages or language in selection.languages) and matches_path(path, selection.paths)


def is_kept_problem(path: str, kept: set[str], selection: Selection) -> bool:
    """Tell whether a problem concerns the selection; a file that could not be read has no language."""
    return path in kept or (not selection.languages and matches_path(path, selection.paths))


def matches_path(path: str, globs: tuple[str, ...]) -> bool:
    """Tell whether a path, or a folder above it, matches one of the globs; without globs all do."""
    if not globs:
        return True
    above = (path, *map(str, PurePosixPath(path).parents))
    return any(fnmatchcase(each, glob.removeprefix("./").rstrip("/")) for glob in globs for each in above)


def narrow_names(report: Report, selection: Selection) -> Report:
    """Keep the sites, definitions and candidates of the selected names."""
    if not selection.names:
        return report
    wanted = Wanted(selection.names)
    return replace(
        report,
        sites=tuple(site for site in report.sites if wanted.has_site(site)),
        definitions=tuple(each for each in report.definitions if wanted.has_name(each.name)),
        candidates=tuple(each for each in report.candidates if wanted.has_allocator(each)),
        functions=tuple(each for each in report.functions if wanted.has_name(each.name)),
    )


def lives_of(sites: Iterable[Site], lives: Iterable[Life]) -> tuple[Life, ...]:
    """Keep what is told of the memory of some sites."""
    kept = {site.location for site in sites}
    return tuple(life for life in lives if life.location in kept)


def type_name(written: str) -> str:
    """Give the name of a type without the word for what kind of type it is, and without what points to it."""
    return KIND_BEFORE.sub("", written, count=1).rstrip(" *&")


class Wanted:
    """Names to look for, in which `*` and `?` stand for anything."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.types = [type_name(name) for name in names if KIND_BEFORE.match(name)]
        self.whole = re.compile("|".join(map(translate, names)))
        self.ending = re.compile("|".join(rf"(?s:.*\W)?{translate(name)}" for name in names))

    def has_name(self, text: str) -> bool:
        """Tell whether a name, or its last parts, is wanted."""
        return bool(text and self.ending.match(text))

    def has_class(self, name: str) -> bool:
        """Tell whether a class or structure is wanted by its name."""
        return self.has_name(name) or name in self.types

    def has_family(self, family: str) -> bool:
        """Tell whether a whole family is wanted; a part of its name is not enough."""
        return bool(family and self.whole.match(family))

    def has_site(self, site: Site) -> bool:
        """Tell whether a site creates or calls what is wanted."""
        resolved = site.resolved.name if site.resolved else ""
        names = (site.name, site.allocator, resolved, type_name(site.type))
        return any(map(self.has_name, names)) or self.has_family(site.family) or self.has_type(site.type)

    def has_type(self, written: str) -> bool:
        """Tell whether a type is wanted, with or without the word for what kind of type it is."""
        return bool(written) and any(type_name(written) == wanted for wanted in self.types)

    def has_allocator(self, allocator: Allocator) -> bool:
        """Tell whether an allocator or its family is wanted."""
        return self.has_name(allocator.name) or self.has_family(allocator.family)


def by_identifier(sites: Iterable[Site]) -> Mapping[str, list[Site]]:
    """Sort sites by the identifiers that select them, for those who ask for very many."""
    found: dict[str, list[Site]] = {}
    for site in sites:
        for name in identifiers(site):
            found.setdefault(name, []).append(site)
    return found


def identifiers(site: Site) -> set[str]:
    """Give the identifiers that select a site."""
    resolved = site.resolved.name if site.resolved else ""
    names = (site.name, site.allocator, resolved, type_name(site.type))
    ends = map(LAST_WORD.search, names)
    return {end[0] for end in ends if end} | ({site.family} if site.family.isidentifier() else set())


def is_asked_for(site: Site, selection: Selection) -> bool:
    """Tell whether a site does what is asked for, where it is asked for."""
    return (
        (not selection.actions or site.action in selection.actions)
        and (selection.tests or not site.in_test)
        and (not selection.unchecked or site.checked == Check.IGNORED)
        and (not selection.in_loop or site.loop_depth > 0)
    )


def hidden_as(site: Site, selection: Selection) -> str:
    """Say as what a site is left out unless asked for; empty when it is shown."""
    if site.resource is Resource.HANDLE and not selection.resources:
        return HIDDEN_HANDLES
    return "" if site.explicit or selection.implicit else HIDDEN_IMPLICIT


def hidden_note(hidden: Counter[str]) -> tuple[str, ...]:
    """Say how many sites are left out, if any."""
    counted = ", ".join(f"{hidden[kind]:,} {kind}" for kind in (HIDDEN_IMPLICIT, HIDDEN_HANDLES) if hidden[kind])
    return (f"not shown: {counted}",) if counted else ()
