"""One class that is an allocator on one page, for a person."""

from collections.abc import Iterable, Iterator

from allocscan.model import Level, Target
from allocscan.reporters import Read
from allocscan.reporters.ink import BOLD, DIM, NAME, PATH, Line, labelled, spread, table, wrapped
from allocscan.reporters.parts import LABEL, WIDE, callers, definition, more, used
from allocscan.views.providing import Inner, ProviderDossier

USERS = 8
"""How many are shown of those that are built on it."""


def lines(dossier: ProviderDossier, read: Read, width: int) -> Iterator[Line]:
    """Say what a class offers that hands out memory, and where that comes from."""
    known, room = dossier.definition, width - LABEL
    level = "" if known.level is Level.CERTAIN else f", {known.level}"
    yield spread([(known.name, BOLD)], [(f"{known.kind} that is an allocator{level}", DIM)], width)
    where = Target(known.location.path, known.location.line, known.name)
    yield from labelled("defined", definition(where, read, room), LABEL)
    yield from labelled("offers", offers(dossier, room), LABEL)
    yield from labelled("built on", inner(dossier.built_on), LABEL)
    if dossier.created.sites:
        yield from labelled("created", used(dossier.created, "call"), LABEL)
    yield from labelled("most by", callers(dossier.created, room), LABEL)
    yield from labelled("used by", inner(dossier.users[:USERS]), LABEL)
    yield from labelled("", more(len(dossier.users) - USERS), LABEL)


def offers(dossier: ProviderDossier, width: int) -> Iterator[Line]:
    """Name the members by which it is known as an allocator, those with a place first."""
    placed = [each for each in dossier.offers if each.definition]
    rows = [([(each.name, NAME)], [(place(each.definition), PATH)]) for each in placed]
    yield from table(rows, WIDE, indent=0)
    others = ", ".join(each.name for each in dossier.offers if not each.definition)
    yield from wrapped(others, width) if others else ()


def inner(found: Iterable[Inner]) -> Iterator[Line]:
    """Give allocators a line each, with where they are defined."""
    rows = [([(each.name, NAME)], [(place(each.definition), PATH)]) for each in found]
    yield from table(rows, WIDE, indent=0)


def place(target: Target | None) -> str:
    """Say where something is defined, as far as the tree does."""
    return f"{target.path}:{target.line}" if target else "its parameter, or a library's"
