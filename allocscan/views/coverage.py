"""Which sites of a report were seen at work while a program ran, and what they obtained."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from posixpath import dirname

from allocscan.model import TAKES, Action, Location, Measure, Observation, Report, Resource, Site
from allocscan.summary import grouped

NOTHING = Measure()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of some sites ran, and what they obtained."""

    name: str
    sites: int
    ran: int
    untold: int
    """Sites of which the logs do not tell whether they ran."""
    measure: Measure

    @property
    def never(self) -> int:
        """Count the sites that did not run."""
        return self.sites - self.ran - self.untold


@dataclass(frozen=True, slots=True)
class Observed:
    """A site and what was seen of it."""

    site: Site
    measure: Measure
    passed: Measure


def observations(report: Report) -> Mapping[Location, Observation]:
    """Give what was seen of each site, by its place."""
    return {each.location: each for each in report.observations}


def observed(report: Report) -> list[Observed]:
    """List the sites that were seen at work, those that obtained most first."""
    seen = observations(report)
    found = [(site, seen[site.location]) for site in report.sites if site.location in seen and counts(site)]
    listed = (Observed(site, each.measure, each.passed) for site, each in found)
    return sorted(listed, key=lambda each: (-each.measure.weight, -each.passed.weight, each.site.location))


def leaking(report: Report) -> list[Observed]:
    """List the sites whose memory was lost, most bytes first."""
    lost = [each for each in observed(report) if each.measure.leaked_bytes or each.measure.leaked_blocks]
    return sorted(lost, key=lambda each: -(each.measure.leaked_bytes or 0))


def leaked_bytes(report: Report) -> int | None:
    """Add up what was lost with the tree's own code at work, joined or not; None where no log counts that."""
    if all(run.measure.leaked_bytes is None for run in report.runs):
        return None
    own = [each.measure for each in report.observations]
    own += [each.measure for each in report.residues if each.place or not each.library]
    return sum(each.leaked_bytes or 0 for each in own)


def counts(site: Site) -> bool:
    """Tell whether a site takes memory, as coverage counts it."""
    return site.action in TAKES


def coverage(report: Report) -> Coverage:
    """Say how many of the sites that take memory ran."""
    return cover("", coverable(report), observations(report), listed(report))


def by_family(report: Report) -> list[Coverage]:
    """Say the same of each family, the largest first."""
    return by(report, {site.location: site.family for site in report.sites})


def by_directory(report: Report) -> list[Coverage]:
    """Say the same of the files of each folder, the one that obtained most first."""
    return by(report, {site.location: dirname(site.location.path) or "." for site in report.sites})


def by(report: Report, key: Mapping[Location, str]) -> list[Coverage]:
    """Group sites and say how many of each group ran."""
    seen, all_listed = observations(report), listed(report)
    groups = grouped(coverable(report), lambda site: key[site.location])
    found = [cover(name, sites, seen, all_listed) for name, sites in groups.items()]
    return sorted(found, key=lambda each: (-each.measure.weight, -each.ran, -each.sites, each.name))


def coverable(report: Report) -> list[Site]:
    """List the sites that coverage speaks of: what takes memory that somebody has to give back."""
    return [site for site in report.sites if counts(site) and site.resource == Resource.MEMORY]


def listed(report: Report) -> frozenset[Action]:
    """Name the actions of which some log lists every one."""
    return frozenset().union(*(run.counts for run in report.runs))


def cover(
    name: str, sites: Iterable[Site], seen: Mapping[Location, Observation], listed: frozenset[Action]
) -> Coverage:
    """Count the sites of a group that ran, and add up what they obtained."""
    told = [(site, ran(site, seen.get(site.location), listed)) for site in sites]
    measures = (seen[site.location].measure for site, answer in told if answer)
    answers = [answer for _, answer in told]
    return Coverage(name, len(told), answers.count(True), answers.count(None), sum(measures, NOTHING))


def ran(site: Site, seen: Observation | None, listed: frozenset[Action]) -> bool | None:
    """Tell whether a site ran; None when the logs do not tell.

    What is there but counts nothing may be at work itself, or its neighbour on the same line.
    """
    if seen is not None:
        return True if (seen.measure, seen.passed) != (NOTHING, NOTHING) else None
    return False if site.action in listed else None
