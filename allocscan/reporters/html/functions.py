"""The functions with most sites: what each obtains, and what becomes of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from allocscan.model import Action, FunctionRecord, Target
from allocscan.reporters.html.links import Link, Links
from allocscan.reporters.html.rows import SiteRow, row, telling
from allocscan.summary import by_action
from allocscan.views.references import References, Variable, target_of

MOST = 300
"""Functions that have a page."""
CALLERS = 60
"""Callers that a page names."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function at the other end of a call, and the lines on which it is called."""

    function: Link
    lines: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class VariableRow:
    """A variable that holds memory: where it gets it, and where that goes."""

    variable: Variable
    sources: tuple[Link, ...]
    endings: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FunctionPage:
    """A function and its sites, which is also its row in the list."""

    page: str
    record: FunctionRecord
    place: Link
    actions: Mapping[Action, int]
    in_test: bool
    looped: int
    """Sites in loops."""
    sites: tuple[SiteRow, ...]
    variables: tuple[VariableRow, ...]
    callers: tuple[Call, ...]
    calls: tuple[Call, ...]

    @property
    def hidden(self) -> int:
        """Count the callers for which there is no room."""
        return len(self.record.callers) - len(self.callers)


def busiest(references: References) -> tuple[FunctionRecord, ...]:
    """Choose the functions with most sites."""
    ranked = sorted(references.held.items(), key=lambda item: (-len(item[1]), item[0].location))
    return tuple(function for function, _ in ranked[:MOST])


def function_pages(chosen: Iterable[FunctionRecord], links: Links) -> Iterator[FunctionPage]:
    """Yield the page of each function."""
    for record in chosen:
        yield function_page(record, links)


def function_page(record: FunctionRecord, links: Links) -> FunctionPage:
    """Put a page together."""
    references, path = links.references, record.location.path
    sites = references.sites_in(record)
    callers = (call(each.function, each.function.path, each.lines, links) for each in record.callers[:CALLERS])
    called = (call(target_of(each.function), path, each.lines, links) for each in references.called_by(record))
    return FunctionPage(
        links.functions[target_of(record)],
        record,
        links.line(path, record.location.line),
        by_action(sites),
        all(site.in_test for site in sites),
        sum(site.loop_depth > 0 for site in sites),
        tuple(row(site, links) for site in sites),
        tuple(variable_row(each, path, links) for each in references.variables_of(record)),
        tuple(callers),
        tuple(called),
    )


def call(function: Target, path: str, lines: Iterable[int], links: Links) -> Call:
    """Lead to a function, and to the lines of a file on which it is called."""
    return Call(links.function(function), tuple(links.line(path, line, str(line)) for line in lines))


def variable_row(variable: Variable, path: str, links: Links) -> VariableRow:
    """Lead to where a variable gets memory, and to where that goes."""
    sources = (links.line(path, site.location.line, f"{site.name} ({site.location.line})") for site in variable.sites)
    endings = (links.line(path, each.line, f"{each.statement} ({each.line})") for each in telling(variable.endings))
    return VariableRow(variable, tuple(sources), tuple(endings))
