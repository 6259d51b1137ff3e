"""Records as rows of tables: the columns are the fields that the JSON Schema describes, objects laid flat."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from allocscan.data import folder

Schema = dict[str, Any]

WORD = "word"
"""The type of a value that is one of some words."""
JOINT = "_"
"""Stands between the name of an object and that of its field."""


@dataclass(frozen=True, slots=True)
class Column:
    """A value of a record."""

    name: str
    path: tuple[str, ...]
    """Its field, and where that is an object the field in it."""
    type: str
    """In the words of JSON Schema; a list is an `array`."""
    parts: tuple[str, ...] = ()
    """The fields of each object in a list."""

    def of(self, record: Mapping[str, Any]) -> Any:
        """Look the value up in a record; what an absent object lacks is absent."""
        value: Any = record
        for key in self.path:
            value = None if value is None else value.get(key)
        return value


@cache
def schema() -> Schema:
    """Read the schema of a report."""
    text = (folder("docs/schema") / "report.json").read_text(encoding="utf-8")
    read: Schema = json.loads(text)
    return read


@cache
def lists() -> Mapping[str, str]:
    """Give the lists of a report and the kind of record that each holds, in their order."""
    properties = schema()["properties"]
    return {name: kind_of(each["items"]) for name, each in properties.items() if "items" in each}


def kind_of(reference: Schema) -> str:
    """Give the name of what is referred to."""
    return str(reference["$ref"]).rpartition("/")[2]


@cache
def columns(kind: str) -> tuple[Column, ...]:
    """Give the columns of one kind of record."""
    properties = schema()["$defs"][kind]["properties"]
    return tuple(column for name, each in properties.items() if name != "record" for column in laid_flat((name,), each))


def laid_flat(path: tuple[str, ...], described: Schema) -> Iterator[Column]:
    """Yield the column of a field, or those of the object that it is."""
    resolved = resolve(described)
    if "properties" in resolved:
        for name, each in resolved["properties"].items():
            yield from laid_flat((*path, name), each)
    else:
        parts = resolve(resolved["items"]).get("properties", ()) if "items" in resolved else ()
        yield Column(JOINT.join(path), path, type_of(resolved), tuple(parts))


def resolve(described: Schema) -> Schema:
    """Follow references, and leave out that a value may be absent."""
    while "$ref" in described or "anyOf" in described or "oneOf" in described:
        choices = described.get("anyOf") or described.get("oneOf")
        described = choices[0] if choices else schema()["$defs"][kind_of(described)]
    return described


def type_of(described: Schema) -> str:
    """Give the type of a value that may be absent; words and constants say theirs by themselves."""
    values = described.get("enum", [described.get("const", "")])
    types = described.get("type", "integer" if isinstance(values[0], int) else WORD)
    return str(types if isinstance(types, str) else types[0])
