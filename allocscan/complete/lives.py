"""What becomes of memory in the function that obtains it: freed, returned, stored, passed on, or not seen again."""

from collections.abc import Iterable, Iterator, Mapping

from allocscan.complete.endings import Endings
from allocscan.discover import Discovery
from allocscan.discover.units import Step, Unit
from allocscan.discover.values import Fresh, trace
from allocscan.model import Action, Effect, Ending, Fate, Life, Location, Reference, Role, Site, Target

OBTAINS = frozenset((Action.ALLOCATE, Action.REALLOCATE))
TOLD_ONCE = frozenset((Fate.STORED, Fate.PASSED))
"""What is told once of each name; each place where memory is freed or returned counts."""
Sites = Mapping[Location, Site]


class Lives:
    """Follows the memory that the sites of one program obtain."""

    def __init__(self, discovery: Discovery) -> None:
        self.discovery = discovery
        self.tree = discovery.links.tree

    def find(self, path: str, sites: Iterable[Site]) -> Iterator[Life]:
        """Yield what becomes of the memory that the functions of a file obtain, given its sites."""
        known = {site.location: site for site in sites if site.explicit and site.action in OBTAINS}
        holding = {call.context.inside for call in self.tree.files[path].facts.calls if call.location in known}
        for index in sorted(holding):
            if unit := self.discovery.units.get(Reference(path, index)):
                yield from self.of(unit, known)

    def of(self, unit: Unit, known: Sites) -> Iterator[Life]:
        """Yield what becomes of the memory that one function obtains."""
        effects = {step: self.discovery.effects_of(step) or made(known.get(step.call.location)) for step in unit.steps}
        returns = {step: self.discovery.returns_of(step) for step in unit.steps}
        values = trace(unit, self.discovery.graph(unit), effects.__getitem__, returns.__getitem__)
        language = self.tree.language(unit.reference.path)
        told = Endings(unit, values, effects, returns, language)
        endings, variables = collect(told.all()), told.variables()
        function = Target(unit.reference.path, unit.definition.location.line, self.tree.full_name(unit.reference))
        for step in unit.steps:
            if step.call.location in known:
                found = endings.get(step) or (Ending(Fate.UNSEEN, step.call.location.line, "not seen again"),)
                yield Life(step.call.location, function, tuple(variables.get(step, ())), tuple(found))


def made(site: Site | None) -> tuple[Effect, ...]:
    """Say of what no discovery looks at, but is a site all the same, that it obtains something."""
    return (Effect(Role.ALLOCATOR, site.family, resource=site.resource),) if site else ()


def collect(endings: Iterable[tuple[Fresh, Ending]]) -> dict[Step, list[Ending]]:
    """Sort endings by the call that obtained the memory, and by line."""
    found: dict[Step, dict[tuple[Fate, int, str], Ending]] = {}
    for fresh, ending in sorted(endings, key=lambda each: each[1].line):
        line = 0 if ending.fate in TOLD_ONCE else ending.line
        found.setdefault(fresh.step, {}).setdefault((ending.fate, line, ending.name), ending)
    return {step: list(by_key.values()) for step, by_key in found.items()}
