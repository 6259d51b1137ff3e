"""One function that is no allocator on one page, for a person."""

from collections.abc import Iterator, Sequence
from itertools import chain

from allocscan.model import Basis, FunctionRecord, Site, Target
from allocscan.reporters import Read
from allocscan.reporters.ink import BOLD, DIM, NAME, PATH, PLAIN, Line, labelled, spread, table, wrapped
from allocscan.reporters.parts import LABEL, WIDE, definition, more
from allocscan.reporters.wording import tail
from allocscan.views.dossier import FunctionDossier
from allocscan.views.naming import last_part
from allocscan.views.references import Called, Variable

CALLERS, SITES, ENDS = 8, 20, 6
"""How many of each are shown."""


def lines(dossier: FunctionDossier, read: Read, width: int) -> Iterator[Line]:
    """Say what a function does with memory, and who calls it."""
    known, room = dossier.function, width - LABEL
    yield spread([(known.name, BOLD)], [(f"{known.kind}, no allocator", DIM)], width)
    where = Target(known.location.path, known.location.line, known.name)
    yield from labelled("defined", definition(where, read, room), LABEL)
    yield from labelled("called by", called_from(known, room), LABEL)
    yield from labelled("sites", own_sites(dossier.sites), LABEL)
    yield from labelled("variables", chain.from_iterable(variable(each, room) for each in dossier.variables), LABEL)
    yield from labelled("calls", called(dossier.calls, room), LABEL)


def called_from(function: FunctionRecord, width: int) -> Iterator[Line]:
    """Give the callers of a function a line each; names that may mean others are marked."""
    rows = []
    for each in function.callers[:CALLERS]:
        name = each.function.name or "outside of functions"
        places = f"{each.function.path}:{','.join(map(str, each.lines))}"
        unsure = str(each.basis) if each.basis is Basis.AMBIGUOUS else ""
        rows.append(([(tail(name, width // 2), NAME)], [(places, PATH)], [(unsure, DIM)]))
    yield from table(rows, WIDE, indent=0) if rows else [[("nothing, as far as names tell", PLAIN)]]
    yield from more(len(function.callers) - CALLERS)


def own_sites(sites: Sequence[Site]) -> Iterator[Line]:
    """Give the sites of a function a line each."""
    rows = [
        ([(f"{site.location.line}", PATH)], [(site.action.value, PLAIN)], [(site.name, NAME)], [(site.type, DIM)])
        for site in sites[:SITES]
    ]
    yield from table(rows, WIDE, indent=0)
    yield from more(len(sites) - SITES)


def variable(each: Variable, width: int) -> Iterator[Line]:
    """Say where a variable gets memory, and where that goes."""
    sources = dict.fromkeys(f"{site.name} {site.location.line}" for site in each.sites)
    yield from wrapped(f"{each.name} holds memory of {', '.join(sources)}", width)
    for ending in each.endings[:ENDS]:
        yield [(f"  {ending.line}  ", PATH), (ending.statement, PLAIN)]
    yield from more(len(each.endings) - ENDS)


def called(calls: Sequence[Called], width: int) -> Iterator[Line]:
    """Name the functions that a function calls, of those that matter to memory."""
    named = ", ".join(last_part(each.function.name) for each in calls[:CALLERS])
    more = f" and {len(calls) - CALLERS:,} more" if len(calls) > CALLERS else ""
    return wrapped(named + more, width) if named else iter(())
