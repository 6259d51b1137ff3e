"""What is known of the functions and macros of one program while it is being found out."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from allocscan.discover.barren import read_barren
from allocscan.discover.entrusted import is_filled
from allocscan.discover.known import Known
from allocscan.discover.learnt import has_role
from allocscan.discover.ownership import overwritten
from allocscan.discover.returning import NOWHERE, Ask, Returning
from allocscan.discover.units import RETURN, Callers, Step, Unit, read_callers
from allocscan.discover.values import Graph, Values, read_graph, trace
from allocscan.model import Call, Effect, Link, Reference, Role
from allocscan.resolve.nearness import PROTOTYPE

OBTAINING = frozenset((Role.ALLOCATOR, Role.REALLOCATOR))
RELEASING = frozenset((Role.DEALLOCATOR,))


@dataclass(frozen=True)
class Discovery(Known):
    """What is known of the functions and macros of one program, and how values move inside of them."""

    traces: dict[Unit, Values] = field(default_factory=dict)
    graphs: dict[Unit, Graph] = field(default_factory=dict)
    open: dict[Unit, tuple[Step, ...]] = field(default_factory=dict)
    filled: dict[tuple[Unit, str], bool] = field(default_factory=dict)
    handing: dict[Step, frozenset[int]] = field(default_factory=dict)
    settled: dict[Hashable, dict[Reference, tuple[Effect, ...]]] = field(default_factory=dict)
    """For each way to look at units, what was known when nothing new came of it any more."""

    @cached_property
    def steps(self) -> Mapping[int, Step]:
        """The calls inside of functions and macros, by the identity of what was read."""
        return {id(step.call): step for unit in self.units.values() for step in unit.steps}

    def step(self, call: Call, link: Link, language: str) -> Step:
        """Give a call with what its name means; what was judged once is not judged again."""
        return self.steps.get(id(call)) or Step(call, link, language)

    @cached_property
    def called_by(self) -> Callers:
        """Which functions and macros call which others."""
        return read_callers(self.units, self.hooks.of)

    def taking_part(self, roles: frozenset[Role]) -> set[Unit]:
        """Find the units that call what has one of some roles, and perhaps others."""
        told = (unit for unit, told in self.acting.items() if not told.isdisjoint(roles))
        learnt = (reference for reference, effects in self.effects.items() if has_role(effects, roles))
        return {*told, *(caller for reference in learnt for caller in self.called_by.of(reference))}

    def in_order(self, roles: frozenset[Role]) -> list[Unit]:
        """List the same as they stand in the tree."""
        taking_part = self.taking_part(roles)
        return [unit for unit in self.units.values() if unit in taking_part]

    @cached_property
    def acting(self) -> Mapping[Unit, frozenset[Role]]:
        """Say for each unit what its calls do of which that is known from the start."""
        found: dict[Unit, set[Role]] = {}
        for unit in self.units.values():
            for step in unit.steps:
                if self.is_plain(step):
                    continue
                told = self.told(step)
                for effect in self.through_hook(step) if told is None else told:
                    found.setdefault(unit, set()).add(effect.role)
        return {unit: frozenset(roles) for unit, roles in found.items()}

    def type_of(self, unit: Unit, position: int | None) -> str:
        """Give the type that a parameter of a unit is declared with; empty where the text does not tell."""
        parameters = unit.definition.parameters
        if position is None or position >= len(parameters):
            return ""
        return self.declared_type(unit, parameters[position])

    def declared_type(self, unit: Unit, name: str) -> str:
        """Give the type that a variable of a unit is declared with; empty where the text does not tell."""
        variable = self.links.tree.files[unit.reference.path].variables.get((unit.reference.index, name))
        return variable.type if variable else ""

    def trace(self, unit: Unit) -> Values:
        """Follow the values of a unit, as far as is known what its calls do."""
        for caller in (unit for found in self.effects.take_news() for unit in self.called_by.of(found)):
            self.traces.pop(caller, None)
        values = self.traces.get(unit)
        if values is None:
            values = self.traces[unit] = self.traced(unit)
        return values

    def traced(self, unit: Unit) -> Values:
        """Follow them anew."""
        return trace(
            unit,
            self.graph(unit),
            self.effects_of,
            self.returns_of,
            self.live_steps(unit),
            lambda place: self.is_filled(unit, place),
            self.is_barren,
        )

    def is_barren(self, step: Step) -> bool:
        """Tell whether a call hands back nothing, whatever happens."""
        return bool(step.references) and self.barren.issuperset(step.references)

    @cached_property
    def barren(self) -> frozenset[Reference]:
        """List the functions and macros that hand back nothing, whatever happens: that of itself, or of another one."""
        return read_barren(self.units.values(), self.nothing)

    def is_filled(self, unit: Unit, place: str) -> bool:
        """Tell whether functions that a unit calls may put something into a place, looked at once."""
        key = (unit, place)
        if key not in self.filled:
            self.filled[key] = is_filled(unit, place, self.units, self.nothing(unit))
        return self.filled[key]

    def live_steps(self, unit: Unit) -> list[Step]:
        """List the calls of a unit that may do something to memory, as far as is known by now."""
        silent, said = self.effects.keys().isdisjoint, self.said.get
        return [
            step
            for step in self.open_steps(unit)
            if said(step) or not (link := step.link) or link.member or not (link.references and silent(link.references))
        ]

    def open_steps(self, unit: Unit) -> tuple[Step, ...]:
        """List the calls of a unit of which it is not certain that they leave memory alone."""
        if unit not in self.open:
            self.open[unit] = tuple(step for step in unit.steps if self.is_open(step))
        return self.open[unit]

    def is_open(self, step: Step) -> bool:
        """Tell whether a call does something to memory, or may turn out to."""
        return self.is_plain(step) or self.told(step) != ()

    def overwrites(self, step: Step) -> frozenset[int]:
        """Say behind which of its arguments a call that is no allocator puts new contents."""
        return self.returns_of(step) if self.is_outside(step.link) else frozenset()

    def overwritten(self, reference: Reference) -> frozenset[int]:
        """Say behind which of its parameters a function puts new contents."""
        unit = self.units.get(reference)
        return frozenset(overwritten(unit, self.overwrites)) if unit else NOWHERE

    def is_outside(self, link: Link | None) -> bool:
        """Tell whether the tree at most announces what is called."""
        definition = self.links.tree.definition
        return link is not None and all(definition(found).kind == PROTOTYPE for found in link.references)

    def returns_of(self, step: Step) -> frozenset[int]:
        """Say which of its arguments a call hands back, looked at once."""
        handed = self.handing.get(step)
        if handed is None:
            handed = self.handing[step] = self.handed_back(step, self.returning.of)
        return handed

    def handed_back(self, step: Step, returns: Ask) -> frozenset[int]:
        """Say the same where it is known what functions do."""
        if step.link is None or self.is_outside(step.link) or self.told(step):
            return self.catalogued[step.language].returned(step.link, step.call)
        return next(filter(None, map(returns, step.link.references)), NOWHERE)

    def look(self, reference: Reference, returns: Ask) -> frozenset[int]:
        """Say which of its parameters a function hands back, where it is known what others do."""
        unit = self.units.get(reference)
        if unit is None or not unit.definition.parameters:
            return NOWHERE
        values = trace(unit, self.graph(unit), lambda _: (), lambda step: self.handed_back(step, returns))
        return frozenset(origin for origin in values.at(RETURN) if isinstance(origin, int))

    @cached_property
    def returning(self) -> Returning:
        """What functions hand back."""
        return Returning(self.look)

    def graph(self, unit: Unit) -> Graph:
        """Say how values move inside a unit."""
        if unit not in self.graphs:
            self.graphs[unit] = read_graph(unit, self.nothing(unit))
        return self.graphs[unit]
