"""Functions that do not come back: they end the program, or leave in another way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from allocscan.discover.catalogued import Catalogued
from allocscan.discover.units import RETURN, Step, Unit
from allocscan.model import Reference
from allocscan.resolve import Links
from allocscan.resolve.index import TOP, VARIABLE


@dataclass(frozen=True, slots=True)
class NoReturn:
    """What does not come back in one program."""

    catalogued: Mapping[str, Catalogued] = field(default_factory=dict)
    """By language."""
    known: set[Reference] = field(default_factory=set)
    handlers: Mapping[tuple[str, str], Reference] = field(default_factory=dict)
    """What the lasting variables of each file hold, where that is a function."""

    def have(self, step: Step) -> bool:
        """Tell whether a call does not come back."""
        if not self.known.isdisjoint(step.references):
            return True
        handler = self.handler(step)
        return handler in self.known if handler else self.catalogued[step.language].noreturn(step.link, step.call)

    def handler(self, step: Step) -> Reference | None:
        """Give the function that a lasting variable holds through which a call goes."""
        return None if step.references else self.handlers.get((step.call.location.path, step.call.name))

    def meant(self, step: Step) -> tuple[Reference, ...]:
        """List the functions that a call may come to."""
        handler = self.handler(step)
        return (handler,) if handler else step.references


def read_noreturn(
    links: Links, catalogued: Mapping[str, Catalogued], units: Mapping[Reference, Unit], told: set[Reference]
) -> NoReturn:
    """Find what does not come back: what says so, and what calls such."""
    noreturn = NoReturn(catalogued, set(told), dict(handlers(links)))
    waiting: dict[Reference, list[Reference]] = {}
    pending: list[Reference] = []
    for reference, unit in units.items():
        for step in certain(unit) if reference not in told else ():
            if noreturn.have(step):
                pending.append(reference)
            for callee in noreturn.meant(step):
                waiting.setdefault(callee, []).append(reference)
    while pending:
        if (reference := pending.pop()) not in noreturn.known:
            noreturn.known.add(reference)
            pending += waiting.get(reference, ())
    return noreturn


def certain(unit: Unit) -> list[Step]:
    """List the calls that a unit comes to whatever happens; macros wrap their bodies in loops."""
    loops = int(unit.is_macro)
    always = [step for step in unit.steps if not step.call.context.branches and step.call.context.loop_depth <= loops]
    leaves = min([flow.line for flow in unit.flows if flow.target == RETURN], default=None) if always else None
    return always if leaves is None else [step for step in always if step.call.location.line < leaves]


def handlers(links: Links) -> Iterator[tuple[tuple[str, str], Reference]]:
    """Yield the functions that variables outside of all functions begin with."""
    for path, file in links.tree.files.items():
        names = links.names[file.facts.language]
        for flow in file.facts.flows:
            around = file.facts.definitions[flow.inside].kind if flow.inside != TOP else VARIABLE
            if around == VARIABLE and flow.source.isidentifier():
                link = names.look_up(file, TOP, flow.source)
                if link and link.references:
                    yield (path, flow.target), link.references[0]
