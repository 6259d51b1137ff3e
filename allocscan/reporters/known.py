"""Records of what is known to take memory or to give it back."""

from collections.abc import Iterator

from allocscan.model import Allocator, Kind, Report
from allocscan.reporters.fields import Record, evidence_fields, target_fields

KEEPING = frozenset((Kind.POOL, Kind.CONTAINER, Kind.FACTORY))
"""Kinds of which no call need be a site: what works on memory that is kept for it, and what makes such objects."""


def shown_allocators(report: Report) -> Iterator[Allocator]:
    """Yield the allocators that are used or defined in what is shown."""
    used = {place for site in report.sites for place in ((site.allocator, site.resolved), (site.allocator, None))}
    defined = {(each.location.path, each.location.line) for each in report.definitions}
    files = {file.path for file in report.files}
    for each in report.allocators:
        place = each.definition
        kept = place and each.kind in KEEPING and place.path in files
        if kept or (each.name, place) in used or (place and (place.path, place.line) in defined):
            yield each


def allocator_record(allocator: Allocator) -> Record:
    """Say what takes memory or gives it back."""
    return {"record": "allocator", **allocator_fields(allocator)}


def allocator_fields(allocator: Allocator) -> Record:
    """Say all about one allocator; positions of arguments count from 0."""
    positions = {name: getattr(allocator, name) for name in ("size", "count", "type", "pointer", "out", "pool")}
    return {
        "name": allocator.name,
        "role": allocator.role.value,
        "kind": allocator.kind.value,
        "level": allocator.level.value,
        "family": allocator.family or None,
        "definition": allocator.definition and target_fields(allocator.definition),
        "arguments": positions,
        "fails": allocator.fails or None,
        "zeroed": allocator.zeroed,
        "behind": allocator.behind,
        "wraps": list(allocator.wraps),
        "pairs": list(allocator.pairs),
        "sites": allocator.sites,
        "resource": allocator.resource.value,
        "evidence": list(map(evidence_fields, allocator.evidence)),
    }


def candidate_record(candidate: Allocator) -> Record:
    """Say what may be an allocator, for a person to judge."""
    place = candidate.definition
    return {
        "record": "candidate",
        "path": place and place.path,
        "line": place and place.line,
        "name": candidate.name,
        "role": candidate.role.value,
        "kind": candidate.kind.value,
        "level": candidate.level.value,
        "family": candidate.family or None,
        "wraps": list(candidate.wraps),
        "evidence": list(map(evidence_fields, candidate.evidence)),
    }
