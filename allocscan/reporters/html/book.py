"""A report as a book: what has a page, and what every page says."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from itertools import chain

from allocscan.forges import shown_at
from allocscan.languages import Language
from allocscan.model import Allocator, FileRecord, FunctionRecord, Report, ReportDefinition, Source
from allocscan.reporters.html.findings import RuleRows, looks, rule_rows
from allocscan.reporters.html.functions import busiest
from allocscan.reporters.html.heat import NO_HEAT, heat
from allocscan.reporters.html.links import Called, Link, Links, defined_at, explorer, page, type_key
from allocscan.reporters.html.source import Plan, plan
from allocscan.reporters.html.split import FilePages, divided
from allocscan.reporters.html.versus import compared_names, pages_of
from allocscan.summary import grouped
from allocscan.views.dossier import partners
from allocscan.views.families import families
from allocscan.views.findings import Finding, findings
from allocscan.views.naming import last_part
from allocscan.views.references import References, target_of
from allocscan.views.types import TypeUse, types

ABBREVIATED = 12
"""Digits of a commit that are shown."""
ROOMS = (
    ("index.html", "Overview"),
    ("explorer.html", "Explorer"),
    ("directories.html", "Directories"),
    ("allocators.html", "Allocators"),
    ("types.html", "Types"),
    ("functions.html", "Functions"),
    ("findings.html", "Findings"),
    ("versus.html", "Versus grep"),
)
"""The pages that every page leads to."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What every page says."""

    name: str
    source: Source
    commit: Link
    changed: int
    """Files that differ from it."""
    home: str
    forge: str
    notes: tuple[str, ...]
    titles: Mapping[str, str]
    """Of languages."""
    version: str
    rooms: tuple[tuple[str, str], ...] = ROOMS


@dataclass(frozen=True, slots=True)
class Book:
    """A report, and where everything in it is told of."""

    report: Report
    """What the lists count."""
    every: Report
    """The same with what is implicit, which the explorer and the source show too."""
    cover: Cover
    links: Links
    types: tuple[TypeUse, ...]
    functions: tuple[FunctionRecord, ...]
    rules: tuple[RuleRows, ...]
    """What deserves a look."""
    languages: Mapping[str, Language]

    def lexer(self, file: FileRecord) -> str:
        """Name the lexer of a file's language."""
        language = self.languages.get(file.language)
        return language.highlighter if language else ""

    def plans(self) -> Iterator[Plan]:
        """Say what the page of each file needs."""
        sites = grouped(self.every.sites, lambda site: site.location.path)
        definitions = grouped(self.every.definitions, lambda each: each.location.path)
        functions = grouped(self.functions, lambda each: each.location.path)
        hot = heat(self.every)
        rows = chain.from_iterable(rule.rows for rule in self.rules)
        told_of = grouped(rows, lambda row: row.finding.location.path)
        for file in self.every.files:
            if file.path in self.links.files:
                told = (*definitions.get(file.path, ()), *functions.get(file.path, ()))
                known = sites.get(file.path, ())
                # Highlighting takes most of the time, so it is for files with sites.
                lexer = self.lexer(file) if known else ""
                yield plan(
                    file, lexer, known, told, told_of.get(file.path, ()), self.links, hot.get(file.path, NO_HEAT)
                )


def bind(report: Report, every: Report, languages: Iterable[Language], version: str) -> Book:
    """Decide what has a page."""
    found = findings(report)
    report = replace(report, allocators=tuple(used_allocators(report)))
    used, references = types(report), References(report)
    functions = busiest(references)
    called = {**dict(type_pages(used)), **dict(allocator_pages(report.allocators))}
    places = {each.location.path for each in found}
    links = Links(
        dict(file_pages(every, shown_files(every, called, functions, places))),
        called,
        {target_of(each): page("functions", each.name, target_of(each)) for each in functions},
        dict(find_partners(report, called)),
        references,
        shown_at(report.source),
        looks(found),
        dict(pages_of(compared_names(report))),
    )
    return bound(report, every, languages, version, links, found)


def bind_single(report: Report, languages: Iterable[Language], version: str) -> Book:
    """Lead from all names to their sites, where one page has to be enough."""
    found = findings(report)
    report = replace(report, allocators=tuple(used_allocators(report)))
    references = References(report)
    used = {site.allocator for site in report.sites}
    called: dict[Called, str] = {type_key(use): explorer(q=use.name) for use in types(report)}
    called |= {
        (each.name, each.definition): explorer(allocator=each.name) for each in report.allocators if each.name in used
    }
    functions = {target_of(each): explorer(q=each.name) for each in busiest(references)}
    partners, forge = dict(find_partners(report, called)), shown_at(report.source)
    links = Links({}, called, functions, partners, references, forge, looks(found))
    return bound(report, report, languages, version, links, found)


def bound(
    report: Report, every: Report, languages: Iterable[Language], version: str, links: Links, found: Iterable[Finding]
) -> Book:
    """Put a book together."""
    known = {language.name: language for language in languages}
    said = cover(every, links, tuple(known.values()), version)
    rules = tuple(rule_rows(found, links))
    return Book(report, every, said, links, types(report), busiest(links.references), rules, known)


def used_allocators(report: Report) -> Iterator[Allocator]:
    """Yield the allocators of families that have sites."""
    for family in families(report):
        yield from (member.allocator for member in (*family.givers, *family.takers))


def type_pages(uses: Iterable[TypeUse]) -> Iterator[tuple[Called, str]]:
    """Give each type a page."""
    for use in uses:
        yield type_key(use), page("types", use.name, type_key(use)[1])


def allocator_pages(allocators: Iterable[Allocator]) -> Iterator[tuple[Called, str]]:
    """Give each allocator a page."""
    for each in allocators:
        yield (each.name, each.definition), page("allocators", each.name, each.definition, each.role)


def find_partners(report: Report, called: Mapping[Called, str]) -> Iterator[tuple[Called, tuple[Link, ...]]]:
    """Lead from each allocator to what meets its memory at the other end of its life."""
    named = grouped((*report.allocators, *report.candidates), lambda each: last_part(each.name))
    for each in report.allocators:
        found = partners(each, named)
        yield (
            (each.name, each.definition),
            tuple(Link(one.name, called.get((one.name, one.definition), "")) for one in found),
        )


def file_pages(every: Report, files: Iterable[FileRecord]) -> Iterator[tuple[str, FilePages]]:
    """Give each file a page, or several."""
    sites = Counter(site.location.path for site in every.sites)
    for file in files:
        yield file.path, divided(page("source", file.path), file, sites[file.path])


def shown_files(
    every: Report, called: Mapping[Called, str], functions: Iterable[FunctionRecord], places: Set[str]
) -> Iterator[FileRecord]:
    """Yield the files that have a page: those with sites or findings, and those that others are led to."""
    wanted = places | {site.location.path for site in every.sites}
    wanted |= {site.resolved.path for site in every.sites if site.resolved}
    wanted |= {definition.path for _, definition in called if definition}
    wanted |= set(proven(every.allocators)) | set(proven(every.candidates))
    wanted |= {each.location.path for each in every.definitions if is_told(each, called)}
    wanted |= {caller.function.path for function in functions for caller in function.callers}
    wanted |= {function.location.path for function in functions}
    yield from (file for file in every.files if file.path in wanted)


def proven(allocators: Iterable[Allocator]) -> Iterator[str]:
    """Yield the files in which evidence stands."""
    for allocator in allocators:
        yield from (each.location.path for each in allocator.evidence)
        if allocator.definition:
            yield allocator.definition.path


def is_told(definition: ReportDefinition, called: Mapping[Called, str]) -> bool:
    """Tell whether a definition has a page."""
    return (definition.name, defined_at(definition)) in called


def cover(every: Report, links: Links, languages: tuple[Language, ...], version: str) -> Cover:
    """Say what every page says."""
    source, forge = every.source, links.forge
    commit = source.checkout.commit if source.checkout else source.commit
    return Cover(
        source.name,
        source,
        Link(commit[:ABBREVIATED], forge.page if forge else ""),
        len(source.checkout.changed) if source.checkout else 0,
        forge.home if forge else "",
        forge.forge.name if forge else "",
        every.notes,
        {language.name: language.title for language in languages},
        version,
    )
