"""Conditions under which a scan has failed: what is measured of a report, and how much of it is allowed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from allocscan import summary
from allocscan.errors import ConditionError
from allocscan.model import Check, Report
from allocscan.views.coverage import leaked_bytes
from allocscan.views.findings import findings
from allocscan.views.rules import Rule


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of a report."""

    read: Callable[[Report], float | None]
    """None where nothing in the report counts that."""
    words: str
    """What the figure counts, behind it."""


def count(rule: Rule, report: Report) -> float:
    """Count the findings of one rule."""
    return sum(finding.rule == rule for finding in findings(report))


MEASURES: Mapping[str, Measure] = {
    "leaked-bytes": Measure(leaked_bytes, "bytes lost"),
    "parse-loss": Measure(lambda report: summary.parse_loss(report.files), "% of the source not understood"),
    "problems": Measure(lambda report: len(report.problems), "problems"),
    "unchecked": Measure(
        lambda report: sum(site.checked == Check.IGNORED for site in report.sites), "results used without asking"
    ),
    "findings": Measure(lambda report: len(findings(report)), "findings"),
    **{rule.value: Measure(partial(count, rule), f"findings of {rule}") for rule in Rule if rule != Rule.PARSE_LOSS},
}
"""What can be asked, by its name; a condition is met where there is more than it allows."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What is measured, and how much is allowed."""

    name: str
    allowed: float

    def met(self, report: Report) -> str:
        """Say in one line that a report has more than is allowed; empty where it has not."""
        measure = MEASURES[self.name]
        found = measure.read(report)
        if found is None:
            raise ConditionError(f"{report.source.name}: nothing counts {self.name}; it takes a tool that does")
        said = f"{report.source.name}: {found:,.12g} {measure.words}, more than {self.name}={self.allowed:,.12g} allows"
        return said if found > self.allowed else ""


def read_condition(text: str) -> Condition:
    """Read `NAME=NUMBER`; a name alone allows nothing. Raise ConditionError for anything else."""
    name, written, number = text.partition("=")
    if name not in MEASURES:
        raise ConditionError(f"no condition {name!r}; there are {', '.join(sorted(MEASURES))}")
    try:
        allowed = float(number.strip().rstrip("%")) if written else 0.0
    except ValueError:
        raise ConditionError(f"{text}: what is allowed must be a number, as in {name}=1") from None
    if not allowed >= 0:
        raise ConditionError(f"{text}: what is allowed cannot be less than 0")
    return Condition(name, allowed)
