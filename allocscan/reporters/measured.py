"""The records of what running programs did to memory, in the JSON formats."""

from allocscan.model import MEASURES, Measure, Report, Residue, Run, Site
from allocscan.reporters.fields import Record
from allocscan.views import coverage
from allocscan.views.coverage import Coverage


def run_record(run: Run) -> Record:
    """Say what a log is of, and all that it counts."""
    return {
        "record": "run",
        "log": run.log,
        "tool": run.tool,
        "command": run.command or None,
        "exit_code": run.exit_code,
        "processes": run.processes,
        "lists_every": sorted(run.counts),
        "measure": measure_fields(run.measure),
        "notes": list(run.notes),
    }


def measure_fields(measure: Measure) -> Record:
    """Say how much was counted; what was not counted is null."""
    return {name: getattr(measure, name) for name in MEASURES}


def residue_record(residue: Residue) -> Record:
    """Say what belongs to no site, and why."""
    return {
        "record": "residue",
        "reason": residue.reason,
        "place": residue.place or None,
        "function": residue.function or None,
        "library": residue.library or None,
        "measure": measure_fields(residue.measure),
    }


class SiteMeasures:
    """What the sites of one report did while programs ran."""

    def __init__(self, report: Report) -> None:
        self.watched = bool(report.runs)
        self.seen = coverage.observations(report)
        self.listed = coverage.listed(report)

    def fields(self, site: Site) -> Record:
        """Say whether a site ran, and what it obtained for itself and for others; nothing where none was watched."""
        if not self.watched:
            return {}
        seen = self.seen.get(site.location) if coverage.counts(site) else None
        return {
            "ran": coverage.ran(site, seen, self.listed),
            "observed": seen and measure_fields(seen.measure),
            "passed": seen and measure_fields(seen.passed),
        }


def counted_fields(report: Report) -> Record:
    """Say what was watched, how many of the sites ran, and what belongs to none of them."""
    return {
        "runs": [untitled(run_record(run)) for run in report.runs],
        **coverage_fields(report),
        "residues": [untitled(residue_record(residue)) for residue in report.residues],
    }


def untitled(record: Record) -> Record:
    """Leave out what a record is, where that is said already."""
    return {name: value for name, value in record.items() if name != "record"}


def coverage_fields(report: Report) -> Record:
    """Say how many of the sites ran."""
    return {
        "coverage": {
            **covered_fields(coverage.coverage(report)),
            "families": [{"name": each.name, **covered_fields(each)} for each in coverage.by_family(report)],
            "directories": [{"name": each.name, **covered_fields(each)} for each in coverage.by_directory(report)],
        }
    }


def covered_fields(covered: Coverage) -> Record:
    """Count the sites of a group."""
    return {"sites": covered.sites, "ran": covered.ran, "never_ran": covered.never, "untold": covered.untold}
