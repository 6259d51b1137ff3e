"""What deserves a look: a page for all findings, which lead to their sites and are led to from there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from allocscan.model import Location
from allocscan.reporters.html.links import Link, Links
from allocscan.summary import grouped
from allocscan.views.findings import Finding
from allocscan.views.rules import ABOUT, About, Rule

ROOM = "findings.html"
MOST = 1_000
"""Findings of one rule that the page lists; the pages of files have them all."""

Looks = Mapping[Location, tuple[Link, ...]]
"""Where the findings about a place are told of."""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in a list."""

    mark: str
    """Its own name on the page; empty where there is no room for it."""
    finding: Finding
    place: Link
    function: Link | None
    remarks: tuple[Link, ...]
    """Other places that belong to it."""


@dataclass(frozen=True, slots=True)
class RuleRows:
    """The findings of one rule."""

    rule: Rule
    about: About
    rows: tuple[FindingRow, ...]

    @property
    def shown(self) -> tuple[FindingRow, ...]:
        """Give those for which there is room."""
        return self.rows[:MOST]


def by_rule(found: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    """Sort findings by their rules, in the order of these."""
    groups = grouped(found, lambda each: each.rule.value)
    return {rule.value: groups[rule.value] for rule in Rule if rule.value in groups}


def looks(found: Iterable[Finding]) -> Looks:
    """Lead from places to what is found about them."""
    told: dict[Location, list[Link]] = {}
    for rule, group in by_rule(found).items():
        for number, each in enumerate(group):
            told.setdefault(each.location, []).append(Link(rule, f"{ROOM}#{mark(rule, number) or rule}"))
    return {place: tuple(links) for place, links in told.items()}


def mark(rule: str, number: int) -> str:
    """Name a finding on the page."""
    return f"{rule}-{number + 1}" if number < MOST else ""


def rule_rows(found: Iterable[Finding], links: Links) -> Iterator[RuleRows]:
    """Yield the rules that have findings, with these."""
    for rule, group in by_rule(found).items():
        rows = (finding_row(mark(rule, number), each, links) for number, each in enumerate(group))
        yield RuleRows(Rule(rule), ABOUT[Rule(rule)], tuple(rows))


def finding_row(mark: str, finding: Finding, links: Links) -> FindingRow:
    """Describe a finding."""
    place = finding.location
    return FindingRow(
        mark,
        finding,
        links.line(place.path, place.line),
        links.around(finding.site) if finding.site else None,
        tuple(links.line(each.location.path, each.location.line, each.text) for each in finding.remarks),
    )
