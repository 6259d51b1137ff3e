"""The form of grep: a line per site, with its source."""

from itertools import groupby
from posixpath import join
from typing import TextIO

from allocscan.model import Report, Site, Source
from allocscan.reporters import Read
from allocscan.reporters.ink import part
from allocscan.reporters.leads import leading
from allocscan.reporters.wording import escape
from allocscan.text import decode

LONGEST_LINE = 300
"""Characters of a source line that are shown."""
BEFORE_SITE = 60
"""Characters shown in front of a site that stands far to the right."""

PATH, LINE, SEPARATOR, MATCH = "35", "32", "36", "1;31"
"""The colours of the parts of a line, those that grep itself uses."""


def report(report: Report, stream: TextIO, read: Read) -> None:
    """Write one line for each site."""
    colour, lead = stream.isatty(), leading(report, stream)
    for path, sites in groupby(report.sites, lambda site: site.location.path):
        shown = shown_path(report.source, path)
        lines = source_lines(read(path))
        parts = [(grep_parts(shown, site, lines), lead(f"{path}:{site.location.line}")) for site in sites]
        stream.write("".join([f"{paint(each, colour, address)}\n" for each, address in parts]))


def shown_path(source: Source, path: str) -> str:
    """Give a path that an editor finds, where the tree is on this machine."""
    return join(source.location, path) if source.local else path


def source_lines(content: bytes) -> list[str]:
    """Split a file into lines; a file that is no text any more has none."""
    try:
        return decode(content).split("\n")
    except ValueError:
        return []


def grep_parts(path: str, site: Site, lines: list[str]) -> list[tuple[str, str]]:
    """Give the parts of a line, each with its colour."""
    place = site.location
    parts = [(path, PATH), (":", SEPARATOR), (str(place.line), LINE), (":", SEPARATOR), (str(place.column), LINE)]
    text = lines[place.line - 1].rstrip("\r") if place.line <= len(lines) else site.name
    return [*parts, (":", SEPARATOR), (" ", ""), *source_parts(text, site)]


def source_parts(text: str, site: Site) -> list[tuple[str, str]]:
    """Split a source line around the name of its site, and shorten it where it is very long."""
    start = site.location.column - 1
    end = start + len(site.name) if text.startswith(site.name, start) else start
    first = max(0, start - BEFORE_SITE) if len(text) > LONGEST_LINE else 0
    last = max(end, first + LONGEST_LINE)
    before = ("…" if first else "") + text[first:start]
    after = text[end:last] + ("…" if last < len(text) else "")
    return [(before, ""), (text[start:end], MATCH), (after, "")]


def paint(parts: list[tuple[str, str]], colour: bool, address: str) -> str:
    """Join the parts of a line, escaped, and in colour and with a link if wanted."""
    if not colour:
        return escape("".join([text for text, _ in parts]))
    escaped = ((escape(text), code) for text, code in parts if text)
    return "".join(part(text, code, lambda _: address) if code else text for text, code in escaped)
