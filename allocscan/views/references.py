"""What leads from one thing of a report to another, in both directions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from allocscan.model import Action, Allocator, Ending, Fate, FunctionRecord, Life, Report, Site, Target
from allocscan.views.naming import last_part, sites_of


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a function: where it gets memory, and where that goes."""

    name: str
    sites: tuple[Site, ...]
    """The sites whose memory it holds."""
    endings: tuple[Ending, ...]


@dataclass(frozen=True, slots=True)
class Called:
    """A function that another one calls, and on which lines."""

    function: FunctionRecord
    lines: tuple[int, ...]


class References:
    """The cross references of one report, each looked up at once."""

    def __init__(self, report: Report) -> None:
        self.allocators = report.allocators
        self.lives = {life.location: life for life in report.lives}
        self.named: defaultdict[tuple[str, str], list[FunctionRecord]] = defaultdict(list)
        self.held: defaultdict[FunctionRecord, list[Site]] = defaultdict(list)
        self.called: defaultdict[Target, list[Called]] = defaultdict(list)
        self.used: defaultdict[str, list[Site]] = defaultdict(list)
        self.given_back: defaultdict[tuple[str, int, str], list[Life]] = defaultdict(list)
        for function in report.functions:
            self.named[function.location.path, function.name].append(function)
            for caller in function.callers:
                self.called[caller.function].append(Called(function, caller.lines))
        for site in report.sites:
            self.used[site.allocator].append(site)
            if around := self.function_of(site):
                self.held[around].append(site)
        for life in report.lives:
            for ending in life.endings:
                self.given_back[life.location.path, ending.line, last_part(ending.name)].append(life)

    def function_of(self, site: Site) -> FunctionRecord | None:
        """Give the function that a site stands in."""
        found = self.named.get((site.location.path, site.function), [])
        around = [each for each in found if each.location.line <= site.location.line <= each.location.end_line]
        return max(around, key=lambda each: each.location, default=None)

    def record_of(self, target: Target | None) -> FunctionRecord | None:
        """Give what is known of a function beside what it does to memory."""
        found = self.named.get((target.path, target.name), ()) if target else ()
        return next((each for each in found if target_of(each) == target), None)

    def sites_in(self, function: FunctionRecord) -> tuple[Site, ...]:
        """Give the sites that stand in a function."""
        return tuple(self.held.get(function, ()))

    def called_by(self, function: FunctionRecord) -> tuple[Called, ...]:
        """Give the functions that a function calls, of those that matter to memory."""
        return tuple(self.called.get(target_of(function), ()))

    def sites_of(self, allocator: Allocator) -> tuple[Site, ...]:
        """Give the sites that mean an allocator, as far as names tell."""
        return sites_of(allocator, self.used.get(allocator.name, ()), self.allocators)

    def life_of(self, site: Site) -> Life | None:
        """Say what becomes of the memory that a site obtains, where it stands in a function."""
        return self.lives.get(site.location)

    def sources_of(self, site: Site) -> tuple[Life, ...]:
        """Give the memory of the same function that a site gives back or resizes."""
        if site.action not in (Action.DEALLOCATE, Action.REALLOCATE):
            return ()
        place = site.location
        return tuple(self.given_back.get((place.path, place.line, last_part(site.name)), ()))

    def variables_of(self, function: FunctionRecord) -> tuple[Variable, ...]:
        """Say of each variable of a function that holds memory where that comes from, and where it goes."""
        found: defaultdict[str, list[tuple[Site, Life]]] = defaultdict(list)
        for site in self.sites_in(function):
            life = self.life_of(site)
            for name in life.variables if life else ():
                if life:
                    found[name].append((site, life))
        return tuple(variable(name, known) for name, known in found.items())


def variable(name: str, known: Iterable[tuple[Site, Life]]) -> Variable:
    """Put together what is known of one variable."""
    pairs = list(known)
    endings = dict.fromkeys(ending for _, life in pairs for ending in life.endings)
    return Variable(name, tuple(site for site, _ in pairs), tuple(sorted(endings, key=lambda each: each.line)))


def target_of(function: FunctionRecord) -> Target:
    """Name a function as those name it that speak of it."""
    return Target(function.location.path, function.location.line, function.name)


def fates(lives: Iterable[Life]) -> dict[Fate, int]:
    """Count how many pieces of memory end in each way; passed on are those of which nothing better is known."""
    counted = dict.fromkeys(Fate, 0)
    for life in lives:
        found = {ending.fate for ending in life.endings}
        for fate in found - {Fate.PASSED} or found:
            counted[fate] += 1
    return counted
