"""SARIF 2.1.0: findings, and with `inventory` every site, for code scanning services and viewers."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import TextIO

from allocscan.model import UNPARSED, Problem, Report, Site, Source
from allocscan.reporters import Read, Write
from allocscan.reporters.fingerprints import fingerprinted
from allocscan.reporters.measured import SiteMeasures, counted_fields
from allocscan.reporters.places import ROOT, Object, logical, message, physical, uri
from allocscan.reporters.wording import counted
from allocscan.views.findings import Finding, findings
from allocscan.views.remarks import Remark, Surroundings
from allocscan.views.rules import ABOUT

VERSION = "2.1.0"
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST, SHOWN = 25_000, 5_000
"""Results that GitHub takes in one run, and how many of them it shows."""
RELATED = 10
"""Places that it shows beside a result."""
INVENTORY = {
    "allocate": "Memory is taken",
    "reallocate": "Memory is resized",
    "deallocate": "Memory is given back",
    "transfer": "Ownership of memory moves between automatic and manual management",
}
"""The rules of the inventory: the actions."""


@contextmanager
def writing(stream: TextIO, *, inventory: bool = False, version: str = "") -> Iterator[Write]:
    """Write a run for each report, once all of them are there."""
    runs: list[Object] = []

    def write(report: Report, _read: Read) -> None:
        runs.append(run(report, inventory, version))

    yield write
    json.dump({"$schema": SCHEMA, "version": VERSION, "runs": runs}, stream, indent=2)
    stream.write("\n")


def run(report: Report, inventory: bool, version: str) -> Object:
    """Describe what one scan has found."""
    found = findings(report)
    sites = report.sites if inventory else ()
    known = Known(Surroundings(report), SiteMeasures(report))
    wanted = chain((finding_result(each, known) for each in found), (site_result(site, known) for site in sites))
    return {
        "tool": {"driver": driver(report, inventory, version)},
        "automationDetails": {"id": f"allocscan/{report.source.name}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The top of the scanned tree."}}},
        **provenance(report.source),
        "invocations": [invocation(report, len(found) + len(sites))],
        "results": fingerprinted(islice(wanted, MOST)),
        **({"properties": counted_fields(report)} if report.runs else {}),
    }


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the sites of one report."""

    around: Surroundings
    measures: SiteMeasures

    def properties(self, site: Site) -> Object:
        """Say what a viewer may filter by, and what a site did where a program was watched."""
        known = {"action": site.action, "form": site.form, "allocator": site.allocator, "family": site.family}
        more = {"type": site.type, "size": site.size, "condition": site.condition, "via": " > ".join(site.via)}
        return {**{name: value for name, value in {**known, **more}.items() if value}, **self.measures.fields(site)}


def driver(report: Report, inventory: bool, version: str) -> Object:
    """Describe the program, its rules and the kinds of problems that it tells of."""
    kinds = dict.fromkeys(problem.kind for problem in told(report))
    return {
        "name": "allocscan",
        **({"version": version} if version else {}),
        "rules": rules(inventory),
        "notifications": [{"id": identifier(kind), "shortDescription": {"text": kind}} for kind in kinds],
    }


def rules(inventory: bool) -> list[Object]:
    """Describe the rules; those of the inventory are no findings."""
    about = [finding_rule(rule, each.title, each.help, each.severity) for rule, each in ABOUT.items()]
    listed = [finding_rule(name, title, f"{title}.", "none") for name, title in INVENTORY.items() if inventory]
    return about + listed


def finding_rule(name: str, title: str, text: str, level: str) -> Object:
    """Describe one rule."""
    return {
        "id": name,
        "name": "".join(word.capitalize() for word in name.split("-")),
        "shortDescription": {"text": title},
        "fullDescription": {"text": text},
        "help": {"text": text, "markdown": f"**{title}.** {text}"},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": ["memory"]},
    }


RULES = (*ABOUT, *INVENTORY)
"""The names of all rules, in the order in which they are described."""


def finding_result(finding: Finding, known: Known) -> Object:
    """Describe a finding."""
    place = {"physicalLocation": physical(finding.location), **logical(finding.site)}
    related = [*finding.remarks, *(known.around.of(finding.site) if finding.site else ())]
    told = known.properties(finding.site) if finding.site else {}
    return result(finding.rule, finding.severity, finding.message, place, related, told)


def result(rule: str, level: str, text: str, place: Object, related: Iterable[Remark], told: Object) -> Object:
    """Put a result together."""
    places = [
        {"id": number, "physicalLocation": physical(remark.location), "message": message(remark.text)}
        for number, remark in enumerate(islice(related, RELATED))
    ]
    return {
        "ruleId": rule,
        "ruleIndex": RULES.index(rule),
        "level": level,
        **({"kind": "informational"} if level == "none" else {}),
        "message": message(text),
        "locations": [place],
        **({"relatedLocations": places} if places else {}),
        **({"properties": told} if told else {}),
    }


def site_result(site: Site, known: Known) -> Object:
    """Describe a site as it stands."""
    what = f" memory of {site.family}" if site.family else " memory"
    place = {"physicalLocation": physical(site.location), **logical(site)}
    text = f"'{site.name}': {site.action}{what}."
    return result(site.action, "none", text, place, known.around.of(site), known.properties(site))


def provenance(source: Source) -> Object:
    """Say which commit of which repository this is, where the repository has an address for all."""
    if not source.commit or "://" not in source.location:
        return {}
    control = {"repositoryUri": source.location, "revisionId": source.commit, "mappedTo": {"uriBaseId": ROOT}}
    return {"versionControlProvenance": [control]}


def invocation(report: Report, found: int) -> Object:
    """Say how the scan went: what was not understood, and what is left out."""
    notes = [*report.notes, *too_many(found)]
    return {
        "executionSuccessful": True,
        "toolExecutionNotifications": [
            *({"level": "note", "message": message(note)} for note in notes),
            *map(notification, told(report)),
        ],
    }


def too_many(found: int) -> Iterator[str]:
    """Say what there is no room for."""
    if found > MOST:
        yield f"{counted(found - MOST, 'result')} of {found:,} left out: GitHub takes {MOST:,} in one run"
    elif found > SHOWN:
        yield f"there are {found:,} results, of which GitHub shows {SHOWN:,}"


def told(report: Report) -> Iterator[Problem]:
    """Yield the problems that are no findings."""
    return (problem for problem in report.problems if problem.kind != UNPARSED)


def notification(problem: Problem) -> Object:
    """Tell of a problem."""
    artifact = {"artifactLocation": {"uri": uri(problem.path), "uriBaseId": ROOT}}
    region = {"region": {"startLine": problem.line}} if problem.line else {}
    return {
        "descriptor": {"id": identifier(problem.kind)},
        "level": "warning",
        "message": message(problem.message),
        "locations": [{"physicalLocation": {**artifact, **region}}],
    }


def identifier(kind: str) -> str:
    """Make an identifier of a word for a problem."""
    return "-".join(kind.split()) or "problem"
