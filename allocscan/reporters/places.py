"""Places and messages in the words of SARIF."""

import re
from typing import Any
from urllib.parse import quote

from allocscan.model import Location, Site

Object = dict[str, Any]

ROOT = "SRCROOT"
"""What all paths are relative to."""
HALVES = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Half characters that do not even stand for a byte."""
LINK = re.compile(r"[\[\]]")
"""What a viewer might take for a link."""


def uri(path: str) -> str:
    """Write a path as a relative reference; bytes that are no text stay what they are."""
    return quote(HALVES.sub("\N{REPLACEMENT CHARACTER}", path), errors="surrogateescape")


def physical(location: Location) -> Object:
    """Say where something is."""
    return {"artifactLocation": {"uri": uri(location.path), "uriBaseId": ROOT}, "region": region(location)}


def region(location: Location) -> Object:
    """Give a stretch of a file; without columns where none are known."""
    lines = {"startLine": location.line, "endLine": max(location.line, location.end_line)}
    columns = {"startColumn": location.column, "endColumn": location.end_column}
    return {**lines, **columns} if location.column else lines


def logical(site: Site | None) -> Object:
    """Say in which function something is, if it is in one."""
    if site is None or not site.function:
        return {}
    return {"logicalLocations": [{"fullyQualifiedName": site.function, "kind": "function"}]}


def message(text: str) -> Object:
    """Write a text in which nothing is a link."""
    return {"text": LINK.sub(r"\\\g<0>", text) if "](" in text else text}
