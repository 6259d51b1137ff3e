"""Functions that are called through the fields of a table, as far as the tables are filled in the source."""

import re
from collections.abc import Iterator

from allocscan.discover.units import Step
from allocscan.model import Call, Context, Flow, Form, Location
from allocscan.resolve import Links

Hooks = dict[str, list[Step]]
"""For each field the functions that some table holds in it, as if they were called there."""


def read_hooks(links: Links) -> Hooks:
    """Gather what the tables of a program hold in fields that are called somewhere."""
    called = set(called_fields(links))
    hooks: Hooks = {}
    for path, file in links.tree.files.items():
        names = links.names[file.facts.language]
        conventions = re.compile(links.tree.languages[file.facts.language].conventions or "(?!)")
        for flow in filled(file.facts.flows, called, conventions):
            call = Call(flow.source, Form.CALL, Location(path, flow.line, 1, flow.line, 1), Context())
            step = Step(call, names.look_up(file, flow.inside, flow.source), file.facts.language, named=True)
            hooks.setdefault(flow.target, []).append(step)
    return hooks


def called_fields(links: Links) -> Iterator[str]:
    """Yield the fields through which something is called, as tables write them."""
    for file in links.tree.files.values():
        names = links.tree.languages[file.facts.language].names
        yield from (f".{member}" for call in file.facts.calls if (member := names.member(call.name)))


def filled(flows: tuple[Flow, ...], called: set[str], conventions: re.Pattern[str]) -> Iterator[Flow]:
    """Yield the flows that put a name into a field of a table, where the field is named after memory."""
    named = (flow for flow in flows if flow.target in called and flow.source.isidentifier())
    return (flow for flow in named if conventions.search(flow.target))
