"""Where places of a report are to be seen, for terminals that know links: on this machine, or at the forge."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TextIO

from allocscan.forges import Shown, shown_at
from allocscan.model import Report

Lead = Callable[[str], str]
"""Give the address of a place, `path` or `path:line`; empty for what is none."""

PLACE = re.compile(r"(.+?)(?::(\d+))?(?::\d+)?", re.DOTALL)
TOKEN = re.compile(r"(\x1b\[[\d;]*m)|([^\s\x1b,]+)")
"""A change of colour, or what might be a place."""


def nowhere(_place: str) -> str:
    """Lead nowhere."""
    return ""


def leading(report: Report | None, stream: TextIO) -> Lead:
    """Find out where the places of a report lead, on a terminal that knows links."""
    if not report or not getattr(stream, "linking", False):
        return nowhere
    forge = shown_at(report.source)
    if not (report.source.local or forge):
        return nowhere
    address = partial(at_forge, forge) if forge else partial(on_disk, report.source.location)
    return partial(address_of, frozenset(file.path for file in report.files), address)


def address_of(paths: frozenset[str], address: Callable[[str, int], str], place: str) -> str:
    """Give the address of a place in a file that was read."""
    found = PLACE.fullmatch(place)
    return address(found[1], int(found[2] or 1)) if found and found[1] in paths else ""


def at_forge(forge: Shown, path: str, line: int) -> str:
    """Give the address of a line at a forge."""
    return forge.line(path, line)


def on_disk(folder: str, path: str, _line: int) -> str:
    """Give the address of a file on this machine."""
    return Path(folder, path).absolute().as_uri()


def linked(shown: str, address: str) -> str:
    """Make what is shown a link, as terminals know them; nothing is changed where there is no address."""
    return f"\x1b]8;;{address}\x1b\\{shown}\x1b]8;;\x1b\\" if address else shown


def with_links(line: str, lead: Lead) -> str:
    """Make links of the places in a coloured line."""
    return TOKEN.sub(lambda found: found[1] or linked(found[2], lead(found[2].removesuffix(":"))), line)
