"""The records of the JSON formats: a promise to other programs, one function per record."""

from collections.abc import Iterator

from allocscan import summary
from allocscan.model import FileRecord, FunctionRecord, Life, Problem, Report, ReportDefinition, Site, Source
from allocscan.reporters.fields import Record, caller_fields, ending_fields, location_fields, target_fields
from allocscan.reporters.known import allocator_record, candidate_record, shown_allocators
from allocscan.reporters.measured import SiteMeasures, coverage_fields, residue_record, run_record

FORMAT_VERSION = 1
"""Grows when a field is renamed, removed or changes its meaning; fields may be added without."""


def records(report: Report) -> Iterator[Record]:
    """Yield every record of a report, in the order of the contract."""
    yield report_record(report)
    for group in groups(report).values():
        yield from group
    yield summary_record(report)


def groups(report: Report) -> dict[str, Iterator[Record]]:
    """Give the records between the first and the last, by what they are."""
    return {
        "files": map(file_record, report.files),
        "sites": site_records(report),
        "definitions": map(definition_record, report.definitions),
        "allocators": map(allocator_record, shown_allocators(report)),
        "candidates": map(candidate_record, report.candidates),
        "lives": map(life_record, report.lives),
        "functions": map(function_record, report.functions),
        "problems": map(problem_record, report.problems),
        "runs": map(run_record, report.runs),
        "residues": map(residue_record, report.residues),
    }


def site_records(report: Report) -> Iterator[Record]:
    """Say all about each site, and what it did where a program was watched."""
    measures = SiteMeasures(report)
    for site in report.sites:
        yield {**site_record(site), **measures.fields(site)}


def report_record(report: Report) -> Record:
    """Say what was scanned."""
    version = {"record": "report", "format_version": FORMAT_VERSION}
    return {**version, **source_fields(report.source), "notes": list(report.notes)}


def source_fields(source: Source) -> Record:
    """Say what a source is; what a plain folder lacks is null."""
    return {
        "name": source.name,
        "location": source.location,
        "revision": source.revision or None,
        "commit": source.commit or None,
        "date": source.date or None,
        "subtree": source.subtree or None,
        "is_local": source.local,
    }


def file_record(file: FileRecord) -> Record:
    """Say how well a file was understood."""
    return {
        "record": "file",
        "path": file.path,
        "language": file.language,
        "lines": file.lines,
        "parse_loss": summary.parse_loss([file]),
        "size": file.size,
    }


def site_record(site: Site) -> Record:
    """Say all about one site."""
    return {
        "record": "site",
        **location_fields(site.location),
        "action": site.action.value,
        "form": site.form.value,
        "name": site.name,
        "language": site.language,
        "explicit": site.explicit,
        "allocator": site.allocator or None,
        "family": site.family or None,
        "via": list(site.via),
        "type": site.type or None,
        "size": site.size or None,
        "function": site.function or None,
        "variable": site.variable or None,
        "resolved": site.resolved and target_fields(site.resolved),
        "basis": site.basis and site.basis.value,
        "in_test": site.in_test,
        "condition": site.condition or None,
        "dead": site.dead,
        "loop_depth": site.loop_depth,
        "resource": site.resource.value,
        "size_class": site.size_class and site.size_class.value,
        "zeroed": site.zeroed,
        "checked": site.checked and site.checked.value,
        "pointer": site.pointer or None,
    }


def definition_record(definition: ReportDefinition) -> Record:
    """Say what a definition is to memory."""
    return {
        "record": "definition",
        "path": definition.location.path,
        "line": definition.location.line,
        "name": definition.name,
        "role": definition.role.value,
        "kind": definition.kind or None,
        "level": definition.level.value,
        "wraps": list(definition.wraps),
        "language": definition.language,
        "bases": list(definition.bases),
    }


def life_record(life: Life) -> Record:
    """Say what becomes of the memory of a site."""
    return {
        "record": "life",
        "path": life.location.path,
        "line": life.location.line,
        "column": life.location.column,
        "function": target_fields(life.function),
        "variables": list(life.variables),
        "endings": list(map(ending_fields, life.endings)),
    }


def function_record(function: FunctionRecord) -> Record:
    """Say what calls a function."""
    return {
        "record": "function",
        "path": function.location.path,
        "line": function.location.line,
        "end_line": function.location.end_line,
        "name": function.name,
        "kind": function.kind,
        "language": function.language,
        "callers": list(map(caller_fields, function.callers)),
    }


def problem_record(problem: Problem) -> Record:
    """Say what was not understood, and where."""
    return {
        "record": "problem",
        "path": problem.path,
        "line": problem.line,
        "kind": problem.kind,
        "message": problem.message,
    }


def summary_record(report: Report) -> Record:
    """Add the whole report up."""
    explicit = summary.count_explicit(report.sites)
    return {
        "record": "summary",
        "files": len(report.files),
        "lines": sum(file.lines for file in report.files),
        "sites": len(report.sites),
        **{action.value: count for action, count in summary.by_action(report.sites).items()},
        "explicit": explicit,
        "implicit": len(report.sites) - explicit,
        "definitions": {role.value: count for role, count in summary.by_role(report).items()},
        "candidates": len(report.candidates),
        "problems": len(report.problems),
        "parse_loss": summary.parse_loss(report.files),
        "unmatched": list(unmatched_fields(report)),
        "languages": list(map(language_record, summary.by_language(report))),
        **(coverage_fields(report) if report.runs else {}),
    }


def unmatched_fields(report: Report) -> Iterator[Record]:
    """Name the families of which one end is missing in the whole tree."""
    for action, families in summary.by_lack(report).items():
        yield from ({"family": family, "lacks": action.value, "sites": sites} for family, sites in families.items())


def language_record(total: summary.LanguageTotal) -> Record:
    """Add one language up."""
    return {
        "language": total.language,
        "files": total.files,
        "lines": total.lines,
        "size": total.size,
        "sites": sum(total.actions.values()),
        "parse_loss": total.parse_loss,
    }
