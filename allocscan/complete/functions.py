"""Functions and what calls them: those that hold sites, those that take or give back memory, and their callers."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from allocscan.discover import Discovery
from allocscan.model import (
    UNCALLED_KINDS,
    Basis,
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
    callers = read_callers(discovery, chosen | made, paths)
    # Most functions call several others.
    targets = {caller: target_of(discovery, caller) for caller in chain.from_iterable(callers.values())}
    calling = {caller for caller in targets if caller.index != FILE}
    for reference in sorted(chosen | made | calling, key=lambda found: (found.path, found.index)):
        if reference in made or is_function(discovery, reference):
            known = callers.get(reference, {})
            found = (Caller(targets[each], tuple(sorted(set(lines))), basis) for each, (basis, lines) in known.items())
            yield describe(discovery, reference, found)


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


Callers = dict[Reference, dict[Reference, tuple[Basis, list[int]]]]
"""For each function what calls it: why that is believed, and on which lines."""


def read_callers(discovery: Discovery, wanted: Collection[Reference], paths: Collection[str]) -> Callers:
    """Find what calls each function, as far as names tell."""
    found: Callers = {}
    for path in paths:
        file = discovery.links.tree.files[path].facts
        for call, link in zip(file.calls, discovery.links.calls[path], strict=True):
            caller = Reference(path, call.context.inside)
            for reference, basis in meant(link):
                if reference in wanted:
                    by_caller = found.setdefault(reference, {})
                    _, lines = by_caller.setdefault(caller, (basis, []))
                    lines.append(call.location.line)
    return found


def meant(link: Link | None) -> Iterator[tuple[Reference, Basis]]:
    """Yield the functions that a call means; a member of an unknown value means one only where there is but one."""
    if link and link.basis and not (link.member and len(link.references) > 1):
        for reference in link.references:
            yield reference, link.basis


def count_calls(discovery: Discovery, wanted: Collection[Reference]) -> Counter[Reference]:
    """Count the calls that mean each of some functions."""
    links = chain.from_iterable(discovery.links.calls.values()) if wanted else ()
    return Counter(reference for link in links for reference, _ in meant(link) if reference in wanted)


def is_function(discovery: Discovery, reference: Reference) -> bool:
    """Tell whether a definition can be called."""
    return discovery.links.tree.definition(reference).kind not in UNCALLED_KINDS


def describe(discovery: Discovery, reference: Reference, callers: Iterable[Caller]) -> FunctionRecord:
    """Put the record of one function together."""
    tree, definition = discovery.links.tree, discovery.links.tree.definition(reference)
    return FunctionRecord(
        definition.location,
        tree.full_name(reference),
        tree.language(reference.path).name,
        definition.kind,
        tuple(sorted(callers, key=lambda each: (each.function.path, each.function.line, each.lines))),
    )


def target_of(discovery: Discovery, reference: Reference) -> Target:
    """Say where a definition stands; the file itself has no name."""
    if reference.index == FILE:
        return Target(reference.path, 0, "")
    return discovery.links.tree.target(reference)
