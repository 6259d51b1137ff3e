"""Functions that are called through the fields of a table or through a variable, as far as the source fills those."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from allocscan.discover.owners import Owners, fields_of
from allocscan.discover.units import Step, slot
from allocscan.model import Call, Context, Flow, Form, Link, Location
from allocscan.resolve import Links
from allocscan.resolve.index import MACRO, TOP, VARIABLE, FileIndex, TreeIndex


@dataclass(frozen=True, slots=True)
class Hooks:
    """The functions that some table or statement puts into fields and variables, as if they were called there."""

    held: Mapping[str, Sequence[Step]] = field(default_factory=dict)
    typed: Mapping[int, Sequence[Step]] = field(default_factory=dict)
    """The same for calls through a field of an object whose type is told, by their identity."""

    def of(self, call: Call) -> Sequence[Step]:
        """List what a field or variable holds that a call goes through, if it goes through one."""
        found = self.typed.get(id(call)) if self.typed else None
        return self.held.get(slot(call.name), ()) if found is None else found


def read_hooks(links: Links) -> Hooks:
    """Gather what a program puts into fields and variables that are called somewhere."""
    called = set(called_slots(links))
    owners = Owners(links.tree)
    filling: dict[str, list[tuple[str, Step]]] = {}
    for path, file in links.tree.files.items():
        names, conventions = links.names[file.facts.language], links.tree.languages[file.facts.language].conventions
        for place, flow in filled(links.tree, file, called, re.compile(conventions)) if conventions else ():
            name = flow.source.removeprefix("&")
            call = Call(name, Form.CALL, Location(path, flow.line, 1, flow.line, 1), Context())
            step = Step(call, names.look_up(file, flow.inside, name), file.facts.language, named=True)
            if step.link or flow.target == place:
                filling.setdefault(place, []).append((owners.filled(file, flow), step))
    held = {place: [step for _, step in found] for place, found in filling.items()}
    return Hooks(held, dict(told_apart(links.tree, filling, owners)))


def told_apart(
    tree: TreeIndex, filling: Mapping[str, list[tuple[str, Step]]], owners: Owners
) -> Iterator[tuple[int, list[Step]]]:
    """Yield the calls through a field which objects of several types have, with what those of the right one hold."""
    several = {place: found for place, found in filling.items() if any(owner for owner, _ in found)}
    for file in tree.files.values() if several else ():
        for call in file.facts.calls:
            found = several.get(slot(call.name))
            if found and (owner := owners.of(file, call.context.inside, call.name)):
                yield id(call), [step for other, step in found if other in ("", owner)]


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
    table, _, number = flow.target.rpartition(".")
    if not (table and number.isdigit()):
        return slot(flow.target)
    types = (each.type for each in file.facts.variables if each.name == table and each.inside == flow.inside)
    fields = fields_of(tree, next(types, ""))
    return f".{fields[int(number)]}" if int(number) < len(fields) else ""
