"""What a function or macro does with values: its calls, its flows, its parameters."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from allocscan.discover.copying import find_copying
from allocscan.languages import Language
from allocscan.model import CLASS_KINDS, Call, Context, Definition, FileFacts, Flow, Form, Link, Reference
from allocscan.resolve import Links
from allocscan.resolve.index import MACRO, SCOPES, TOP, VARIABLE, FileIndex, Scope
from allocscan.resolve.values import scopes

RETURN = "return"
ALIAS = "alias"
MODULE = "module"
"""The scope of names where a file is a module of its own."""
NAMESPACES = SCOPES - CLASS_KINDS
NONE: frozenset[str] = frozenset()
MEMBER = re.compile(r"->|\.")
REMEMBERED = 65_536
"""Names that are taken apart only once."""


class Calling(NamedTuple):
    """What is said of a call inside a unit; a tuple, for so many are made."""

    call: Call
    link: Link | None
    language: str
    outer: "Step | None" = None
    """The call that takes the result as an argument."""
    named: bool = False
    """The function is only named here, to be called elsewhere."""


class Step(Calling):
    """A call inside a unit, and what its name means; no two are the same."""

    __slots__ = ()
    __hash__ = object.__hash__
    __eq__ = object.__eq__
    __ne__ = object.__ne__

    @property
    def references(self) -> tuple[Reference, ...]:
        """List the definitions that the call may mean."""
        return self.link.references if self.link else ()


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A function or macro of the tree."""

    reference: Reference
    definition: Definition
    steps: list[Step] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    lasting: frozenset[str] = frozenset()
    """Variables that outlive a call, or copy what they are given: what they hold is not handed on.

    `return` is among them where the result is an object of its own.
    """
    static: frozenset[str] = frozenset()
    """Those of them that nobody else can see: the unit gives back itself what it keeps there."""
    arrow: str = "."
    """What stands between a pointer and a field of what it points to."""

    @property
    def is_macro(self) -> bool:
        """Tell whether arguments are replaced as text, so that it can assign to them."""
        return self.definition.kind == MACRO

    @property
    def is_alias(self) -> bool:
        """Tell whether the unit is another name for something."""
        other_name = self.definition.kind == ALIAS or (self.is_macro and not self.definition.parameters)
        return other_name and self.definition.body.isidentifier()


def read_units(links: Links) -> dict[Reference, Unit]:
    """Gather what every function and macro does."""
    units: dict[Reference, Unit] = {}
    for path, file in links.tree.files.items():
        for unit in file_units(file, links.calls[path], find_copying(file, links), links.tree.language(path)):
            units[unit.reference] = unit
            if unit.is_alias:
                call = Call(unit.definition.body, Form.CALL, unit.definition.location, Context(), target=RETURN)
                language = file.facts.language
                unit.steps.append(Step(call, links.names[language].look_up(file, TOP, call.name), language, named=True))
    return units


def file_units(
    file: FileIndex, links: tuple[Link | None, ...], copying: Mapping[int, frozenset[str]], language: Language
) -> Iterator[Unit]:
    """Gather what the functions and macros of one file do."""
    facts, units = file.facts, empty_units(file, copying, language)
    steps: list[Step] = []
    for call, link in zip(facts.calls, links, strict=True):
        outer = steps[call.outer] if 0 <= call.outer < len(steps) else None
        steps.append(Step(call, link, facts.language, outer))
        if unit := units.get(call.context.inside):
            unit.steps.append(steps[-1])
    for flow in facts.flows:
        if unit := units.get(flow.inside):
            unit.flows.append(flow)
    yield from units.values()


def empty_units(file: FileIndex, copying: Mapping[int, frozenset[str]], language: Language) -> dict[int, Unit]:
    """Make a unit of each function and macro of a file, with the variables whose contents it does not hand on."""
    facts = file.facts
    lasting, locals_of = lasting_variables(facts, language.scope == MODULE), local_variables(facts)
    outer: dict[Scope, frozenset[str]] = {}
    units: dict[int, Unit] = {}
    for index, definition in enumerate(facts.definitions):
        if definition.kind not in CLASS_KINDS and definition.kind != VARIABLE:
            if definition.inside not in outer:
                outer[definition.inside] = around(file, definition.inside, lasting)
            own, hidden = lasting.get(index, NONE), locals_of.get(index, NONE).union(definition.parameters)
            kept = joined(without(outer[definition.inside], hidden), own | copying.get(index, NONE))
            reference = Reference(facts.path, index)
            units[index] = Unit(reference, definition, lasting=kept, static=own, arrow=language.names.arrow)
    return units


def without(names: frozenset[str], hidden: frozenset[str]) -> frozenset[str]:
    """Leave some names out; most functions of a file hide none, and share what may be much where the file is large."""
    return names if names.isdisjoint(hidden) else names - hidden


def joined(names: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """Add some names, if there are any."""
    return names | others if others else names


def local_variables(facts: FileFacts) -> dict[int, frozenset[str]]:
    """Find the variables and parameters that hide others of their names, by the function that they stand in."""
    found: dict[int, set[str]] = {}
    for each in facts.variables:
        if each.inside != TOP:
            found.setdefault(each.inside, set()).add(each.name)
    return {inside: frozenset(names) for inside, names in found.items()}


def lasting_variables(facts: FileFacts, is_module: bool) -> dict[int, frozenset[str]]:
    """Find the variables that outlive a call, by the function or class that they stand in, or else the file."""
    found: dict[int, set[str]] = {}
    for definition in facts.definitions:
        if definition.kind == VARIABLE:
            found.setdefault(owner(facts, definition.inside), set()).add(definition.name)
    for each in facts.variables:
        inside = owner(facts, each.inside)
        # Elsewhere than in modules, prototypes declare their parameters on the same level.
        outlives = is_module if inside == TOP else facts.definitions[inside].kind in CLASS_KINDS
        if each.name != RETURN and outlives:
            found.setdefault(inside, set()).add(each.name)
    return {inside: frozenset(names) for inside, names in found.items()}


def owner(facts: FileFacts, inside: int) -> int:
    """Say which definition a variable belongs to that stands in one: in a namespace, that is the file."""
    return TOP if inside != TOP and facts.definitions[inside].kind in NAMESPACES else inside


def around(file: FileIndex, inside: Scope, lasting: Mapping[int, frozenset[str]]) -> frozenset[str]:
    """Name what outlives a call of the classes and the file around a scope."""
    outer = (scope for scope in scopes(file, inside) if scope != TOP)
    classes = [scope for scope in outer if file.facts.definitions[scope].kind in CLASS_KINDS]
    return NONE.union(*(lasting.get(scope, NONE) for scope in (TOP, *classes)))


@dataclass(frozen=True, slots=True)
class Callers:
    """Which units call which others, by name or through a table, or stand for them."""

    by_link: Mapping[int, Mapping[Unit, None]]
    """By the identity of what a name means."""
    meaning: Mapping[Reference, Sequence[int]]
    """For each definition the links that may mean it."""

    def of(self, reference: Reference) -> list[Unit]:
        """List the units that call a unit, once each."""
        return list(dict.fromkeys(unit for link in self.meaning.get(reference, ()) for unit in self.by_link[link]))


def read_callers(units: Mapping[Reference, Unit], held: Callable[[Call], Iterable[Step]]) -> Callers:
    """Gather which units use which links, and through tables those of what is held there."""
    by_link: dict[int, dict[Unit, None]] = {}
    meaning: dict[Reference, list[int]] = {}
    for unit in units.values():
        for step in unit.steps:
            for link in (step.link,) if step.references else (hook.link for hook in held(step.call)):
                if users := by_link.get(id(link)):
                    users[unit] = None
                    continue
                by_link[id(link)] = {unit: None}
                for reference in link.references if link else ():
                    meaning.setdefault(reference, []).append(id(link))
    return Callers(by_link, meaning)


@lru_cache(REMEMBERED)
def slot(name: str) -> str:
    """Name what a call goes through as what fills it is written: a field by itself, a variable by its name."""
    *owners, last = MEMBER.split(name)
    return f".{last}" if owners else last


def bare(place: str) -> str:
    """Strip the parentheses around a place."""
    while place.startswith("(") and place.endswith(")"):
        place = place[1:-1]
    return place


def parameter_of(unit: Unit, place: str) -> int | None:
    """Say which parameter a place is, if it is one."""
    parameters = unit.definition.parameters
    return parameters.index(place) if place in parameters else None


def stem(reference: Reference) -> str:
    """Give the path of a file without its suffix: a header stands beside its source."""
    return reference.path.rpartition(".")[0]
