"""One allocator or class on one page, for a person."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from allocscan.model import Allocator, Evidence, Fate, Kind, Level, Role, Target
from allocscan.reporters import Read, function_page, provider_page
from allocscan.reporters.ink import (
    BOLD,
    DIM,
    NAME,
    PATH,
    PLAIN,
    Line,
    clipped,
    labelled,
    spread,
    table,
    wrapped,
)
from allocscan.reporters.parts import LABEL, WIDE, callers, definition, more, place, quoted, used
from allocscan.reporters.wording import counted
from allocscan.views.dossier import (
    AllocatorDossier,
    ClassDossier,
    Dossier,
    FunctionDossier,
    Related,
)
from allocscan.views.providing import ProviderDossier

PARTNERS, SUBCLASSES, EVIDENCE, QUOTED = 5, 6, 4, 2
"""How many of each are shown; lines of a piece of evidence."""
FAILURES = {
    "null": "it hands out a null pointer",
    "abort": "it ends the program",
    "throw": "it throws an exception",
    "errno": "it gives a code for the error",
    "map-failed": "it hands out a pointer that stands for failure",
    "panic": "it panics",
    "err": "it gives an error in place of a value",
}
ENDINGS = {
    Fate.FREED: "freed",
    Fate.RETURNED: "returned",
    Fate.STORED: "stored",
    Fate.PASSED: "only passed on",
    Fate.UNSEEN: "not seen again",
}
"""What becomes of memory where it was obtained; some of it ends in more than one way."""
ARGUMENTS = {
    "size": "the size",
    "count": "the number of elements",
    "type": "the type",
    "pointer": "the block",
    "out": "where the block is put",
    "pool": "the pool",
}
BEHIND = "where the pointer to the block is"


def lines(dossier: Dossier, read: Read, width: int) -> Iterator[Line]:
    """Lay a page out."""
    for line in told(dossier, read, width):
        yield clipped(line, width)


def told(dossier: Dossier, read: Read, width: int) -> Iterator[Line]:
    """Tell of what a page is about."""
    match dossier:
        case AllocatorDossier():
            return allocator_lines(dossier, read, width)
        case ClassDossier():
            return class_lines(dossier, read, width)
        case ProviderDossier():
            return provider_page.lines(dossier, read, width)
        case FunctionDossier():
            return function_page.lines(dossier, read, width)


def allocator_lines(dossier: AllocatorDossier, read: Read, width: int) -> Iterator[Line]:
    """Say what an allocator is, why, and what it has to do with others."""
    allocator, room = dossier.allocator, width - LABEL
    what = f"{allocator.role}, {allocator.kind}, {allocator.level}"
    yield spread([(allocator.name, BOLD)], [(what, DIM)], width)
    yield from labelled("defined", definition(allocator.definition, read, room), LABEL)
    yield from labelled("because", chain.from_iterable(reason(each, read, room) for each in shown(allocator)), LABEL)
    yield from labelled("wraps", wraps(dossier.chain), LABEL)
    yield from labelled("arguments", arguments(allocator), LABEL)
    yield from labelled("hands out", wrapped(result(allocator), room), LABEL)
    yield from labelled("family", [[(allocator.family or "not known", PLAIN)]], LABEL)
    yield from labelled(*partners(dossier, room), LABEL)
    noun = "site" if allocator.sites and allocator.kind is not Kind.FACTORY else "call"
    yield from labelled("used", used(dossier.usage, noun), LABEL)
    yield from labelled("most by", callers(dossier.usage, room), LABEL)
    yield from labelled("ends", becomes(dossier.fates, room), LABEL)
    yield from labelled("wrapped by", related(dossier.wrappers), LABEL)


def becomes(fates: Mapping[Fate, int], width: int) -> Iterator[Line]:
    """Say what becomes of memory in the functions that obtain it."""
    said = ", ".join(f"{ENDINGS[fate]} {count:,}" for fate, count in fates.items() if count)
    return wrapped(said, width) if said else iter(())


def shown(allocator: Allocator) -> Iterable[Evidence]:
    """Choose the evidence for which there is room."""
    return allocator.evidence[:EVIDENCE]


def reason(evidence: Evidence, read: Read, width: int) -> Iterator[Line]:
    """Give a piece of evidence, and quote its lines."""
    place = evidence.location
    yield from wrapped(f"it {evidence.statement}", width)
    yield [(f"{place.path}:{place.line}", PATH)]
    last = place.end_line - (place.end_column == 1)
    yield from quoted(place.path, place.line, min(last, place.line + QUOTED - 1), read, width)


def wraps(links: Iterable[Related]) -> Iterator[Line]:
    """Give the chain below an allocator, a line for each."""
    rows = [([("  " * depth + link.name, NAME)], [(place(link.definition), PATH)]) for depth, link in enumerate(links)]
    if not rows:
        yield [("nothing: it is where memory comes from or goes to", PLAIN)]
    yield from table(rows, WIDE, indent=0)


def arguments(allocator: Allocator) -> Iterator[Line]:
    """Say what each argument means that matters, counted as people do."""
    found = {name: getattr(allocator, name) for name in ARGUMENTS}
    rows = sorted((position, name) for name, position in found.items() if position is not None)
    if not rows:
        yield [("none of them is known to say how much", PLAIN) if takes(allocator) else ("not known", PLAIN)]
    for position, name in rows:
        where = BEHIND if name == "pointer" and allocator.behind else ARGUMENTS[name]
        yield [(f"argument {position + 1} is {where}", PLAIN)]


def takes(allocator: Allocator) -> bool:
    """Tell whether memory comes from an allocator."""
    return allocator.role is not Role.DEALLOCATOR


def result(allocator: Allocator) -> str:
    """Say what one gets, and what happens where there is no memory."""
    if not takes(allocator):
        return "nothing"
    if allocator.kind is Kind.FACTORY:
        return "an object that nobody has to give back by hand"
    fails = FAILURES.get(allocator.fails, "what happens when there is no memory is not known")
    failing = f"without memory, {fails}" if allocator.fails in FAILURES else fails
    return f"{'zeroed memory' if allocator.zeroed else 'memory'}; {failing}"


def partners(dossier: AllocatorDossier, width: int) -> tuple[str, Iterator[Line]]:
    """Name what stands at the other end of the memory's life."""
    label = "freed by" if takes(dossier.allocator) else "frees"
    return label, partner_lines(dossier, width)


def partner_lines(dossier: AllocatorDossier, width: int) -> Iterator[Line]:
    """Give partners a line each, the most frequent first."""
    rows = [
        ([(each.name, NAME)], [(place(each.definition), PATH)], [(mixed(each, dossier.allocator), DIM)])
        for each in dossier.partners[:PARTNERS]
    ]
    if not rows:
        yield from wrapped("no function is seen to do both to one variable", width)
    yield from table(rows, WIDE, indent=0)


def mixed(related: Related, allocator: Allocator) -> str:
    """Say where two families meet."""
    other = related.allocator.family if related.allocator else ""
    return f"of another family: {other}" if other and allocator.family not in ("", other) else ""


def class_lines(dossier: ClassDossier, read: Read, width: int) -> Iterator[Line]:
    """Say where the objects of a class come to be and where they go."""
    known, room = dossier.definition, width - LABEL
    where = Target(known.location.path, known.location.line, known.name)
    level = "" if known.level is Level.CERTAIN else f", {known.level}"
    yield spread([(known.name, BOLD)], [(f"{known.kind}{level}", DIM)], width)
    yield from labelled("defined", definition(where, read, room), LABEL)
    if known.bases:
        yield from labelled("bases", wrapped(", ".join(known.bases), room), LABEL)
    yield from labelled("created", used(dossier.created), LABEL)
    yield from labelled("most by", callers(dossier.created, room), LABEL)
    yield from labelled("made by", related(dossier.makers), LABEL)
    yield from labelled("ends", becomes(dossier.fates, room), LABEL)
    yield from labelled("freed", freed(dossier, room), LABEL)
    yield from labelled("subclasses", subclasses(dossier), LABEL)


def related(others: Iterable[Related]) -> Iterator[Line]:
    """Give allocators a line each."""
    found = list(others)
    rows = [([(each.name, NAME)], [(place(each.definition), PATH)]) for each in found[:PARTNERS]]
    yield from table(rows, WIDE, indent=0)
    yield from more(len(found) - PARTNERS)


def freed(dossier: ClassDossier, width: int) -> Iterator[Line]:
    """Say what gives objects of a class back, and who does."""
    if not dossier.releases:
        return
    named = ", ".join(f"{name} {count:,}" for name, count in dossier.releases[:PARTNERS])
    yield [(f"{counted(dossier.freed.sites, 'site')}: {named}", PLAIN)]
    yield from callers(dossier.freed, width)


def subclasses(dossier: ClassDossier) -> Iterator[Line]:
    """Give subclasses a line each."""
    found = dossier.subclasses
    places = [f"{each.location.path}:{each.location.line}" for each in found]
    rows = [([(each.name, NAME)], [(where, PATH)]) for each, where in zip(found, places, strict=True)][:SUBCLASSES]
    yield from table(rows, WIDE, indent=0)
    yield from more(len(found) - SUBCLASSES)
