"""The answer to a question, computed from a scan of what the student has."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from allocscan.errors import ExerciseError
from allocscan.filters import Wanted, select
from allocscan.lab.exercises import LOGGED, Asks, Question
from allocscan.model import Allocator, Location, Report, Site
from allocscan.views.comparison import Comparison
from allocscan.views.naming import last_part


@dataclass(frozen=True, slots=True)
class Scanned:
    """What an answer is computed from."""

    report: Report
    comparison: Comparison | None = None
    """With a text search; only where the exercise has one."""


Answer = frozenset[str]
"""Numbers, names or places, as a person writes them."""


def solve(question: Question, scanned: Scanned) -> Answer:
    """Answer a question; raise ExerciseError where what was scanned holds no answer."""
    if question.asks in LOGGED and not scanned.report.runs:
        raise ExerciseError("this exercise asks about a run of the program: give its log with --log FILE")
    answer = SOLVERS[question.asks](question, scanned)
    if not answer:
        raise ExerciseError(f"there is no answer in {scanned.report.source.name}: nothing there is what is asked for")
    return answer


def sites(question: Question, scanned: Scanned) -> Answer:
    """Give the places of the selected sites."""
    return places(site.location for site in selected(question, scanned))


def number(question: Question, scanned: Scanned) -> Answer:
    """Count the selected sites."""
    return frozenset((str(len(selected(question, scanned))),))


def names(question: Question, scanned: Scanned) -> Answer:
    """Name what the selected sites call or create."""
    return frozenset(last_part(site.allocator or site.name) for site in selected(question, scanned))


def selected(question: Question, scanned: Scanned) -> tuple[Site, ...]:
    """Give the sites that a question is about."""
    return select(scanned.report, question.select).sites


def definitions(question: Question, scanned: Scanned) -> Answer:
    """Give the places of the selected definitions."""
    return places(defined(question, scanned))


def files(question: Question, scanned: Scanned) -> Answer:
    """Give the files of the selected definitions."""
    return frozenset(location.path for location in defined(question, scanned))


def defined(question: Question, scanned: Scanned) -> Iterable[Location]:
    """Yield where the selected definitions stand."""
    found = select(scanned.report, question.select).definitions
    meant = (each for each in found if not question.roles or each.role in question.roles)
    return (each.location for each in meant if not question.kinds or each.kind in question.kinds)


def primitives(question: Question, scanned: Scanned) -> Answer:
    """Name what stands at the end of all that an allocator wraps."""
    return frozenset(last_part(each.wraps[-1]) for each in named(question, scanned.report) if each.wraps)


def pairs(question: Question, scanned: Scanned) -> Answer:
    """Name what frees an allocator's memory, or whose memory it frees."""
    return frozenset(last_part(pair) for each in named(question, scanned.report) for pair in each.pairs)


def named(question: Question, report: Report) -> Iterable[Allocator]:
    """Yield the allocators that a question is about."""
    wanted = Wanted((question.name,))
    return (each for each in report.allocators if wanted.has_name(each.name))


def false_hits(question: Question, scanned: Scanned) -> Answer:
    """Count what a text search prints that is no site."""
    return frozenset((str(len(compared(scanned).wrong)),))


def misses(question: Question, scanned: Scanned) -> Answer:
    """Count the sites that a text search does not print."""
    return frozenset((str(len(compared(scanned).misses)),))


def compared(scanned: Scanned) -> Comparison:
    """Give the comparison, which is there for all who ask for it."""
    assert scanned.comparison is not None
    return scanned.comparison


def measure(question: Question, scanned: Scanned) -> Answer:
    """Read a figure out of a log."""
    figure = getattr(scanned.report.runs[-1].measure, question.measure)
    return frozenset() if figure is None else frozenset((str(figure),))


def leaks(question: Question, scanned: Scanned) -> Answer:
    """Give the places that obtained what was lost."""
    return places(each.location for each in scanned.report.observations if each.measure.leaked_bytes)


def places(locations: Iterable[Location]) -> Answer:
    """Write places as a person does."""
    return frozenset(f"{location.path}:{location.line}" for location in locations)


SOLVERS: Mapping[Asks, Callable[[Question, Scanned], Answer]] = {
    Asks.SITES: sites,
    Asks.NUMBER: number,
    Asks.NAMES: names,
    Asks.DEFINITIONS: definitions,
    Asks.FILES: files,
    Asks.PRIMITIVES: primitives,
    Asks.PAIRS: pairs,
    Asks.FALSE_HITS: false_hits,
    Asks.MISSES: misses,
    Asks.MEASURE: measure,
    Asks.LEAKS: leaks,
}
