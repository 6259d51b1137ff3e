"""Functions that are called through the fields of a table or through a variable, as far as the source fills those."""

import re
from collections.abc import Iterator

from allocscan.discover.units import VARIABLE, Step, slot
from allocscan.model import Call, Context, Definition, Flow, Form, Link, Location
from allocscan.resolve import Links
from allocscan.resolve.index import MACRO, TOP, FileIndex, TreeIndex

STRUCT = "struct"

Hooks = dict[str, list[Step]]
"""For each field and variable the functions that some table or statement puts there, as if they were called there."""


def read_hooks(links: Links) -> Hooks:
    """Gather what a program puts into fields and variables that are called somewhere."""
    called = set(called_slots(links))
    hooks: Hooks = {}
    for path, file in links.tree.files.items():
        names, conventions = links.names[file.facts.language], links.tree.languages[file.facts.language].conventions
        for place, flow in filled(links.tree, file, called, re.compile(conventions)) if conventions else ():
            name = flow.source.removeprefix("&")
            call = Call(name, Form.CALL, Location(path, flow.line, 1, flow.line, 1), Context())
            step = Step(call, names.look_up(file, flow.inside, name), file.facts.language, named=True)
            if step.link or flow.target == place:
                hooks.setdefault(place, []).append(step)
    return hooks


def called_slots(links: Links) -> Iterator[str]:
    """Yield the fields and variables through which something is called, as what fills them is written."""
    variables = frozenset(lasting(links))
    for path, file in links.tree.files.items():
        for call, link in zip(file.facts.calls, links.calls[path], strict=True):
            place = slot(call.name)
            if place != call.name or (place in variables and is_open(link)):
                yield place
        bodies = (each.body for each in file.facts.definitions if each.kind == MACRO)
        yield from (body for body in bodies if body in variables)


def lasting(links: Links) -> Iterator[str]:
    """Yield the names of the variables that belong to no function."""
    for file in links.tree.files.values():
        yield from (each.name for each in file.facts.definitions if each.kind == VARIABLE and each.inside == TOP)


def is_open(link: Link | None) -> bool:
    """Tell whether a name means no function of the tree, and no parameter or variable of the function around it."""
    return link is not None and not link.references


def filled(
    tree: TreeIndex, file: FileIndex, called: set[str], conventions: re.Pattern[str]
) -> Iterator[tuple[str, Flow]]:
    """Yield the flows that put a name into such a place, where that is named after memory."""
    for flow in file.facts.flows:
        if flow.source.removeprefix("&").isidentifier():
            place = field_of(tree, file, flow)
            if place in called and conventions.search(place):
                yield place, flow


def field_of(tree: TreeIndex, file: FileIndex, flow: Flow) -> str:
    """Name the place that takes a value; where a table lists it without a name, the field that has its number."""
    if not flow.target[-1:].isdigit():
        return slot(flow.target)
    table, _, number = flow.target.rpartition(".")
    if not (table and number.isdigit()):
        return slot(flow.target)
    types = (each.type for each in file.facts.variables if each.name == table and each.inside == flow.inside)
    fields = fields_of(tree, next(types, ""))
    return f".{fields[int(number)]}" if int(number) < len(fields) else ""


def fields_of(tree: TreeIndex, type: str) -> tuple[str, ...]:
    """List the fields of a structure, by its own name or by one that it was given."""
    known = structures(tree, type)
    known += [found for each in known if each.body for found in structures(tree, each.body)]
    return next((each.parameters for each in known if each.parameters), ())


def structures(tree: TreeIndex, type: str) -> list[Definition]:
    """List the structures of a name."""
    name = type.rpartition(" ")[2]
    known = (tree.definition(found) for found in tree.by_name.get(name, ()))
    return [each for each in known if each.kind == STRUCT]
