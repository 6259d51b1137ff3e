"""The answers to single questions as JSON records."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from allocscan.model import Allocator, Fate, Report
from allocscan.reporters.fields import Record, ending_fields, target_fields
from allocscan.reporters.known import allocator_fields
from allocscan.reporters.records import definition_record, function_record, report_record, site_record
from allocscan.views.callers import Usage
from allocscan.views.comparison import Comparison, Hit, Miss, Reached
from allocscan.views.dossier import AllocatorDossier, ClassDossier, Dossier, FunctionDossier, Related
from allocscan.views.families import Family, Member
from allocscan.views.providing import Inner, ProviderDossier
from allocscan.views.references import Variable, target_of
from allocscan.views.types import TypeUse


def write(report: Report, answer: Record, stream: TextIO) -> None:
    """Write an answer and what it is about as one object."""
    json.dump({"report": report_record(report), **answer}, stream, indent=2)
    stream.write("\n")


def families_record(families: Iterable[Family], candidates: Iterable[Allocator]) -> Record:
    """Say which allocators there are."""
    return {"families": list(map(family_fields, families)), "candidates": list(map(allocator_fields, candidates))}


def family_fields(family: Family) -> Record:
    """Say what belongs to a family, each below what it wraps."""
    return {
        "name": family.name or None,
        "sites": {action.value: count for action, count in family.actions.items()},
        "allocators": list(map(member_fields, family.givers)),
        "deallocators": list(map(member_fields, family.takers)),
        "hidden": family.hidden,
        "lacks": family.lacks and family.lacks.value,
    }


def member_fields(member: Member) -> Record:
    """Say what an allocator is, and how many that are listed stand below it."""
    return {**allocator_fields(member.allocator), "depth": member.depth, "sites": member.sites}


def dossiers_record(dossiers: Iterable[Dossier]) -> Record:
    """Say all about everything of one name."""
    found = list(dossiers)
    return {
        "allocators": [allocator_record(each) for each in found if isinstance(each, AllocatorDossier)],
        "classes": [class_record(each) for each in found if isinstance(each, ClassDossier)],
        "providers": [provider_record(each) for each in found if isinstance(each, ProviderDossier)],
        "functions": [function_answer(each) for each in found if isinstance(each, FunctionDossier)],
    }


def allocator_record(dossier: AllocatorDossier) -> Record:
    """Say all about one allocator, and about those that it has to do with."""
    return {
        **allocator_fields(dossier.allocator),
        "chain": list(map(related_fields, dossier.chain)),
        "partners": list(map(related_fields, dossier.partners)),
        "usage": usage_fields(dossier.usage),
        "wrappers": list(map(related_fields, dossier.wrappers)),
        "fates": fates_fields(dossier.fates),
    }


def class_record(dossier: ClassDossier) -> Record:
    """Say where the objects of a class come to be and where they go."""
    return {
        "definition": definition_record(dossier.definition),
        "created": usage_fields(dossier.created),
        "freed": {**usage_fields(dossier.freed), "by": releases_fields(dossier.releases)},
        "makers": list(map(related_fields, dossier.makers)),
        "subclasses": list(map(definition_record, dossier.subclasses)),
        "fates": fates_fields(dossier.fates),
    }


def provider_record(dossier: ProviderDossier) -> Record:
    """Say what a class offers that is an allocator, and what it is built on."""
    return {
        "definition": definition_record(dossier.definition),
        "offers": list(map(inner_fields, dossier.offers)),
        "built_on": list(map(inner_fields, dossier.built_on)),
        "users": list(map(inner_fields, dossier.users)),
        "created": usage_fields(dossier.created),
    }


def inner_fields(inner: Inner) -> Record:
    """Name a member or an allocator, and its place."""
    return {"name": inner.name, "definition": inner.definition and target_fields(inner.definition)}


def fates_fields(fates: Mapping[Fate, int]) -> Record:
    """Count what becomes of memory."""
    return {fate.value: fates.get(fate, 0) for fate in Fate}


def function_answer(dossier: FunctionDossier) -> Record:
    """Say what a function does with memory, and who calls it."""
    return {
        **function_record(dossier.function),
        "sites": list(map(site_record, dossier.sites)),
        "variables": list(map(variable_fields, dossier.variables)),
        "calls": [{**target_fields(target_of(each.function)), "lines": list(each.lines)} for each in dossier.calls],
    }


def variable_fields(variable: Variable) -> Record:
    """Say where a variable gets memory, and where that goes."""
    return {
        "name": variable.name,
        "lines": [site.location.line for site in variable.sites],
        "endings": list(map(ending_fields, variable.endings)),
    }


def related_fields(related: Related) -> Record:
    """Name an allocator and its place."""
    return {"name": related.name, "definition": related.definition and target_fields(related.definition)}


def usage_fields(usage: Usage) -> Record:
    """Say how often something is used, and where most."""
    callers = [
        {"function": each.function, "path": each.path, "line": each.line, "sites": each.sites} for each in usage.callers
    ]
    return {"sites": usage.sites, "files": usage.files, "in_tests": usage.in_tests, "callers": callers}


def releases_fields(releases: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    """Name what gives objects back."""
    return [{"name": name, "sites": count} for name, count in releases]


def types_record(types: Iterable[TypeUse]) -> Record:
    """Say which classes and structures there are."""
    return {"types": list(map(type_fields, types))}


def type_fields(each: TypeUse) -> Record:
    """Count the sites of one type."""
    return {
        "name": each.name,
        "definition": each.definition and definition_record(each.definition),
        "created": len(each.created),
        "freed": len(each.freed),
        "freed_by": releases_fields(each.releases),
    }


def comparison_record(comparison: Comparison) -> Record:
    """Say what a search in the text finds, and what is true."""
    return {
        "search": f"{comparison.name}(",
        "lines": comparison.lines,
        "sites": comparison.sites,
        "hits": list(map(hit_fields, comparison.hits)),
        "misses": list(map(miss_fields, comparison.misses)),
        "reached": list(map(reached_fields, comparison.reached)),
    }


def hit_fields(hit: Hit) -> Record:
    """Say what a hit is."""
    return {
        "path": hit.path,
        "line": hit.mention.line,
        "column": hit.mention.column,
        "word": hit.mention.word,
        "text": hit.mention.text,
        "is_site": hit.site is not None,
        "reason": hit.reason and hit.reason.value,
        "meant": hit.meant and target_fields(hit.meant),
    }


def miss_fields(miss: Miss) -> Record:
    """Say how a site escapes the search."""
    return {"way": miss.way.value, "site": site_record(miss.site)}


def reached_fields(each: Reached) -> Record:
    """Say through what the name is reached."""
    return {
        "name": each.name,
        "definition": each.definition and target_fields(each.definition),
        "form": each.form.value,
        "sites": each.sites,
        "chain": list(each.chain),
        "is_subclass": each.subclass,
    }


__all__ = [
    "comparison_record",
    "dossiers_record",
    "families_record",
    "types_record",
    "write",
]
