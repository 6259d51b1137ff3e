"""Functions that are called through the fields of a table, as far as the tables are filled in the source."""

import re
from collections.abc import Iterator

from allocscan.discover.units import Step
from allocscan.languages import Language
from allocscan.model import Call, Context, Flow, Form, Location
from allocscan.resolve import Links

Hooks = dict[str, list[Step]]
"""For each field the functions that some table holds in it, as if they were called there."""


def read_hooks(links: Links) -> Hooks:
    """Gather what the tables of a program hold in fields that are called somewhere."""
    called = set(called_fields(links))
    hooks: Hooks = {}
    for path, file in links.tree.files.items():
        names, language = links.names[file.facts.language], links.tree.languages[file.facts.language]
        for member, flow in filled(file.facts.flows, called, language):
            call = Call(flow.source, Form.CALL, Location(path, flow.line, 1, flow.line, 1), Context())
            step = Step(call, names.look_up(file, flow.inside, flow.source), file.facts.language, named=True)
            if member == flow.target or step.references:
                hooks.setdefault(member, []).append(step)
    return hooks


def called_fields(links: Links) -> Iterator[str]:
    """Yield the fields through which something is called, as tables write them."""
    for file in links.tree.files.values():
        names = links.tree.languages[file.facts.language].names
        yield from (f".{member}" for call in file.facts.calls if (member := names.member(call.name)))


def filled(flows: tuple[Flow, ...], called: set[str], language: Language) -> Iterator[tuple[str, Flow]]:
    """Yield the flows that put a name into a field of a table or an object, where the field is named after memory."""
    conventions = re.compile(language.conventions or "(?!)")
    for flow in flows if language.conventions else ():
        if flow.source.isidentifier() and (member := f".{language.names.member(flow.target)}") in called:
            if conventions.search(member):
                yield member, flow
