"""The JSON Schema in docs/ holds for what the program writes."""

import json
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from allocscan import model
from allocscan.data import folder
from allocscan.model import Report
from allocscan.sources import sample_names
from tests.cli.conftest import Run, ran

__all__ = ["ran"]

Schema = dict[str, Any]
SCHEMA: Schema = json.loads((folder("docs") / "schema" / "report.json").read_text(encoding="utf-8"))
DOCUMENTED = (folder("docs") / "formats.md").read_text(encoding="utf-8")


def closed(schema: Any) -> Any:
    """Let objects have no properties but those that are described."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    # What is put together of several parts is closed as a whole.
    inner = {key: value if key == "allOf" else closed(value) for key, value in schema.items()}
    return {**inner, "unevaluatedProperties": False} if "$ref" not in schema and is_whole(schema) else inner


def is_whole(schema: Schema) -> bool:
    """Tell whether a schema says all about an object."""
    return "allOf" in schema or "properties" in schema


def validator(part: str) -> Draft202012Validator:
    """Check against a part of the schema; a field that it does not describe is an error."""
    return Draft202012Validator({"$ref": f"#/$defs/{part}", "$defs": closed_parts()} if part else SCHEMA)


def closed_parts() -> Schema:
    """Close all definitions but those that others extend."""
    extended = {"allocator_fields", "usage"}
    parts: Schema = SCHEMA["$defs"]
    return {name: each if name in extended else closed(each) for name, each in parts.items()}


def errors(part: str, value: object) -> list[str]:
    """Say what of a value does not fit."""
    return [f"{error.json_path}: {error.message}" for error in validator(part).iter_errors(value)]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_a_report_with_something_of_everything_fits(report: Report, written: Callable[..., str]) -> None:
    assert not errors("", json.loads(written(report, "json")))
    for line in written(report, "jsonl").splitlines():
        assert not errors("record", json.loads(line)), line


@pytest.mark.parametrize("name", sample_names())
def test_every_sample_fits(name: str, ran: Run) -> None:
    lines = ran(name, "--all", "--resources", "--format", "jsonl").output.splitlines()
    records = [json.loads(line) for line in lines]
    assert {"report", "file", "site", "summary"} <= {record["record"] for record in records}
    for record in records:
        assert not errors(record["record"], record)
    assert not errors("", json.loads(ran(name, "--format", "json").output))


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("allocators key-value-server --candidates", "allocators_answer"),
        ("explain * key-value-server", "explain_answer"),
        ("explain * torrent-client", "explain_answer"),
        ("types torrent-client", "types_answer"),
        ("find Torrent torrent-client --versus-grep", "versus_grep_answer"),
    ],
)
def test_every_answer_fits(line: str, part: str, ran: Run) -> None:
    answer = json.loads(ran(*line.split(), "--format", "json").output)
    assert any(answer[name] for name in answer if name != "report")
    assert not errors(part, answer)


@pytest.mark.parametrize("change", ["nothing", "a value", "a field", "a null"])
def test_what_does_not_fit_is_told(change: str, report: Report, written: Callable[..., str]) -> None:
    site = json.loads(written(report, "json"))["sites"][0]
    changes: Mapping[str, Schema] = {
        "nothing": {},
        "a value": {"action": "leak"},
        "a field": {"colour": "red"},
        "a null": {"path": None},
    }
    assert bool(errors("site", {**site, **changes[change]})) is (change != "nothing")


def words() -> Iterator[tuple[str, ...]]:
    """Yield the words of each enumeration of the model."""
    for kind in vars(model).values():
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum:
            yield tuple(kind)


def test_enumerations_are_those_of_the_model() -> None:
    known = set(words())
    assert not [name for name, each in SCHEMA["$defs"].items() if "enum" in each and tuple(each["enum"]) not in known]


def test_records_are_listed_everywhere() -> None:
    records = [each["$ref"].rpartition("/")[2] for each in SCHEMA["$defs"]["record"]["oneOf"]]
    lists = [each["items"]["$ref"].rpartition("/")[2] for each in SCHEMA["properties"].values() if "items" in each]
    assert records == ["report", *lists, "summary"]
    assert all(f"### `{name}`" in DOCUMENTED for name in records)
    assert list(SCHEMA["properties"]) == SCHEMA["required"]
