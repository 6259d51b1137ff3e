"""Which functions hold most of some sites."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from allocscan.model import FunctionRecord, Site

MOST_CALLERS = 3


@dataclass(frozen=True, slots=True)
class Caller:
    """A function, how often it does something, and where first."""

    function: str
    path: str
    line: int
    sites: int


@dataclass(frozen=True, slots=True)
class Usage:
    """How often something is used, and by whom most."""

    sites: int
    files: int
    in_tests: int
    callers: tuple[Caller, ...]


def usage(sites: Iterable[Site]) -> Usage:
    """Add up some sites."""
    known = list(sites)
    return Usage(
        len(known),
        len({site.location.path for site in known}),
        sum(site.in_test for site in known),
        tuple(most_callers(known)),
    )


def calls(function: FunctionRecord | None, total: int | None = None) -> Usage:
    """Say the same of what is called without that being a site, in so many calls, or once on each line."""
    found = [each for each in function.callers if each.function.name] if function else []
    ranked = sorted(found, key=lambda each: (-len(each.lines), each.function.name, each.function.path))
    named = [Caller(each.function.name, each.function.path, each.lines[0], len(each.lines)) for each in ranked]
    files = {each.function.path for each in function.callers} if function else ()
    lines = sum(len(each.lines) for each in function.callers) if function else 0
    return Usage(lines if total is None else total, len(files), 0, tuple(named[:MOST_CALLERS]))


def most_callers(sites: list[Site]) -> Iterable[Caller]:
    """Yield the functions that hold most of some sites."""
    inside = [site for site in sites if site.function]
    counted = Counter((site.function, site.location.path) for site in inside)
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    for (function, path), count in ranked[:MOST_CALLERS]:
        first = min(site.location.line for site in inside if (site.function, site.location.path) == (function, path))
        yield Caller(function, path, first, count)
