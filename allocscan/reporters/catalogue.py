"""What a tree defines as a catalogue, which a person can edit and give back."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from allocscan.model import Action, Allocator, Form, Kind, Report, Resource, Role
from allocscan.reporters.wording import escape

ACTIONS = {
    Role.ALLOCATOR: Action.ALLOCATE,
    Role.REALLOCATOR: Action.REALLOCATE,
    Role.DEALLOCATOR: Action.DEALLOCATE,
}
POSITIONS = ("size", "count", "type", "pointer", "out", "pool")

Group = tuple[str, str, str]
"""What a family's table says of all its entries: its name, kind and resource."""


def export(report: Report) -> Iterator[str]:
    """Yield the lines of a catalogue: what is believed as entries, candidates as comments."""
    name = report.source.name
    known = (each for each in (*report.allocators, *report.candidates) if each.kind is not Kind.FACTORY)
    own = sorted(once(each for each in known if each.definition), key=order)
    yield f"# The allocators of {comment(name)}, as allocscan found them."
    yield "# Correct what is wrong; a candidate, which is commented out, counts once its mark is taken off."
    yield "# A line that is taken out is found again: what is no allocator goes into neither."
    yield f"library = {quoted(name)}"
    yield f"languages = {json.dumps(languages(report, own))}"
    yield "neither = []"
    believed = {(each.name, each.definition) for each in report.allocators}
    for (family, kind, resource), members in groupby(own, group):
        yield ""
        yield from table(family, kind, resource)
        for action, entries in groupby(members, lambda each: ACTIONS[each.role]):
            yield f"{action} = ["
            for each in entries:
                yield from lines(each, (each.name, each.definition) in believed)
            yield "]"


def languages(report: Report, allocators: Iterable[Allocator]) -> list[str]:
    """Name the languages that define some allocators, or call them."""
    definitions = {each.definition for each in allocators if each.definition}
    defining = {each.path for each in definitions}
    written = {file.language for file in report.files if file.path in defining}
    return sorted(written | {site.language for site in report.sites if site.resolved in definitions})


def once(allocators: Iterable[Allocator]) -> Iterator[Allocator]:
    """Keep the first of each name and role in a file, the most used: a catalogue cannot tell those apart."""
    seen: set[tuple[str, Role, str]] = set()
    for each in allocators:
        key = (each.name, each.role, each.definition.path if each.definition and each.shared else "")
        if each.role in ACTIONS and key not in seen:
            seen.add(key)
            yield each


def order(allocator: Allocator) -> tuple[Group, int, int, str]:
    """Order by family, then by what is done, then by use."""
    return group(allocator), list(Role).index(allocator.role), -allocator.sites, allocator.name


def group(allocator: Allocator) -> Group:
    """Say what an allocator's family has in common."""
    return allocator.family, allocator.kind, allocator.resource


def table(family: str, kind: str, resource: str) -> Iterator[str]:
    """Head the entries of a family."""
    yield "[[family]]"
    yield f"name = {quoted(family)}"
    if kind != Kind.RAW:
        yield f"kind = {quoted(kind)}"
    if resource != Resource.MEMORY:
        yield f"resource = {quoted(resource)}"
    if resource == Resource.CONTAINER:
        # Nobody asks by name for what lets a container grow.
        yield f"form = {quoted(Form.GROWTH)}"
        yield "explicit = false"


def lines(allocator: Allocator, believed: bool) -> Iterator[str]:
    """Write one entry below what speaks for it; of a candidate as a comment."""
    place = allocator.definition
    where = f"{place.path}:{place.line}, " if place else ""
    yield f"  # {comment(where)}{allocator.level}, {allocator.sites:,} sites{comment(because(allocator))}"
    yield f"  {'' if believed else '# '}{entry(allocator)},"


def because(allocator: Allocator) -> str:
    """Quote the evidence."""
    return "".join(f"; {each.statement} ({each.location.path}:{each.location.line})" for each in allocator.evidence[:1])


def entry(allocator: Allocator) -> str:
    """Write what is known of one name."""
    said = [f"name = {quoted(allocator.name)}"]
    positions = {name: getattr(allocator, name) for name in POSITIONS}
    said += [f"{name} = {position}" for name, position in positions.items() if position is not None]
    said += [f"{name} = true" for name in ("zeroed", "itself", "behind") if getattr(allocator, name)]
    said += [f"fails = {quoted(allocator.fails)}"] if allocator.fails else []
    said += [f"file = {quoted(allocator.definition.path)}"] if allocator.shared and allocator.definition else []
    return f"{{ {', '.join(said)} }}"


def quoted(text: str) -> str:
    """Write a text as TOML does."""
    return re.sub(r"\x7f", r"\\u007f", json.dumps(text, ensure_ascii=False).encode("utf-8", "replace").decode())


def comment(text: str) -> str:
    """Keep a text within its line."""
    return escape(text.replace("\t", " "))
