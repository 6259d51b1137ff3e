"""Functions and what calls them: those that hold sites, those that take or give back memory, and their callers."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter

from allocscan.discover import Discovery
from allocscan.model import (
    UNCALLED_KINDS,
    Caller,
    FunctionRecord,
    Link,
    Location,
    Reference,
    Site,
    Target,
)

FILE = -1
"""What a call stands in that stands outside of everything."""


def list_functions(
    discovery: Discovery, sites: Iterable[Site], providers: Collection[Location], paths: Collection[str]
) -> Iterator[FunctionRecord]:
    """Describe the functions of some files that matter to memory and the classes that are allocators, with callers."""
    chosen = {found for found in (*discovery.effects, *discovery.made) if found.path in paths}
    chosen |= set(holders(discovery, {site.location for site in sites if site.explicit}, paths))
    made = set(defined_at(discovery, providers))
    callers = Callers(discovery, chosen | made, paths)
    for reference in sorted(chosen | made | callers.functions, key=lambda found: (found.path, found.index)):
        if reference in made or is_function(discovery, reference):
            yield describe(discovery, reference, callers.of(reference))


def holders(discovery: Discovery, places: Collection[Location], paths: Collection[str]) -> Iterator[Reference]:
    """Yield the functions that the calls of some places stand in."""
    for path in paths:
        for call in discovery.links.tree.files[path].facts.calls:
            if call.context.inside != FILE and call.location in places:
                yield Reference(path, call.context.inside)


def defined_at(discovery: Discovery, places: Collection[Location]) -> Iterator[Reference]:
    """Yield the definitions that stand at some places."""
    for path in {place.path for place in places}:
        for index, definition in enumerate(discovery.links.tree.files[path].facts.definitions):
            if definition.location in places:
                yield Reference(path, index)


Calls = dict[Reference, list[int]]
"""Calls by the function that they stand in, as indices in `FileFacts.calls` of its file."""


class Callers:
    """What calls each of some functions, as far as names tell; what calls several of one name is one value."""

    def __init__(self, discovery: Discovery, wanted: Collection[Reference], paths: Collection[str]) -> None:
        self.discovery = discovery
        self.calls: defaultdict[Reference, list[Calls]] = defaultdict(list)
        self.known: dict[tuple[Reference, tuple[int, ...]], Caller] = {}
        self.functions: set[Reference] = set()
        """Those that call any of them."""
        for references, calls in read_calls(discovery, paths).items():
            meant = [reference for reference in references if reference in wanted]
            for reference in meant:
                self.calls[reference].append(calls)
            self.functions.update(caller for caller in calls if meant and caller.index != FILE)

    def of(self, reference: Reference) -> tuple[Caller, ...]:
        """Say what calls a function, by place."""
        found = joined(self.calls.get(reference, ()))
        callers = [self.caller(caller, tuple(calls)) for caller, calls in found.items()]
        return tuple(sorted(callers, key=attrgetter("function.path", "function.line", "lines")))

    def caller(self, reference: Reference, calls: tuple[int, ...]) -> Caller:
        """Describe what makes some calls; the first of them says why its name is believed."""
        if (reference, calls) not in self.known:
            links, made = self.discovery.links, self.discovery.links.tree.files[reference.path].facts.calls
            link = links.calls[reference.path][min(calls)]
            assert link and link.basis, "what is called is known by its name"
            lines = sorted({made[index].location.line for index in calls})
            self.known[reference, calls] = Caller(target_of(self.discovery, reference), tuple(lines), link.basis)
        return self.known[reference, calls]


def read_calls(discovery: Discovery, paths: Collection[str]) -> dict[tuple[Reference, ...], Calls]:
    """Put the calls together that mean the same functions."""
    found: dict[tuple[Reference, ...], Calls] = {}
    for path in paths:
        for index, (call, link) in enumerate(
            zip(discovery.links.tree.files[path].facts.calls, discovery.links.calls[path], strict=True)
        ):
            if link and is_meant(link):
                callers = found.setdefault(link.references, {})
                callers.setdefault(Reference(path, call.context.inside), []).append(index)
    return found


def joined(parts: Sequence[Calls]) -> Calls:
    """Put all calls of one function together."""
    if len(parts) == 1:
        return parts[0]
    found: Calls = {}
    for calls in parts:
        for caller, indices in calls.items():
            found[caller] = found.get(caller, []) + indices
    return found


def is_meant(link: Link) -> bool:
    """Tell whether a call means functions; a member of an unknown value means one only where there is but one."""
    return bool(link.basis) and not (link.member and len(link.references) > 1)


def count_calls(discovery: Discovery, wanted: Collection[Reference]) -> Counter[Reference]:
    """Count the calls that mean each of some functions."""
    links = chain.from_iterable(discovery.links.calls.values()) if wanted else ()
    meant = chain.from_iterable(link.references for link in links if link and is_meant(link))
    return Counter(reference for reference in meant if reference in wanted)


def is_function(discovery: Discovery, reference: Reference) -> bool:
    """Tell whether a definition can be called."""
    return discovery.links.tree.definition(reference).kind not in UNCALLED_KINDS


def describe(discovery: Discovery, reference: Reference, callers: tuple[Caller, ...]) -> FunctionRecord:
    """Put the record of one function together."""
    tree, definition = discovery.links.tree, discovery.links.tree.definition(reference)
    return FunctionRecord(
        definition.location,
        tree.full_name(reference),
        tree.language(reference.path).name,
        definition.kind,
        callers,
    )


def target_of(discovery: Discovery, reference: Reference) -> Target:
    """Say where a definition stands; the file itself has no name."""
    if reference.index == FILE:
        return Target(reference.path, 0, "")
    return discovery.links.tree.target(reference)
