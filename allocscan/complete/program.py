"""One program, completed: all that a report says of its files."""

from collections.abc import Collection
from dataclasses import dataclass

from allocscan.complete.definitions import list_definitions
from allocscan.complete.functions import list_functions
from allocscan.complete.inventory import list_allocators
from allocscan.complete.lives import Lives
from allocscan.complete.providers import Providers
from allocscan.complete.sites import Sites
from allocscan.complete.unparsed import find_unparsed
from allocscan.discover import Discovery
from allocscan.model import Allocator, FunctionRecord, Life, Problem, ReportDefinition, Site


@dataclass(frozen=True, slots=True)
class Program:
    """What a report says of the files that make one program, in the order of their paths."""

    sites: list[Site]
    definitions: list[ReportDefinition]
    allocators: list[Allocator]
    lives: list[Life]
    functions: list[FunctionRecord]
    problems: list[Problem]


def complete(discovery: Discovery, within: Collection[str]) -> Program:
    """Say what a program does to memory, in some of its files."""
    names = discovery.links.names
    finders = {name: Sites(discovery, name) for name in names}
    providers = {name: Providers(discovery.links, name) for name in names}
    traced = Lives(discovery)
    sites: list[Site] = []
    definitions: list[ReportDefinition] = []
    lives: list[Life] = []
    problems: list[Problem] = []
    for path in within:
        facts = discovery.links.tree.files[path].facts
        found = list(finders[facts.language].find(facts))
        sites += found
        lives += traced.find(path, found)
        definitions += providers[facts.language].find(path, found)
        definitions += list_definitions(discovery, facts)
        problems += find_unparsed(facts, discovery)
    known = list_allocators(discovery, sites, lives)
    offering = frozenset(each.location for each in definitions if each.offers)
    functions = list_functions(discovery, sites, offering, frozenset(within))
    return Program(sites, definitions, known, lives, list(functions), problems)
