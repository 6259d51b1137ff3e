"""Exercises are TOML files: a task, hints, and a question whose answer a scan gives."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from allocscan.data import folder
from allocscan.errors import ExerciseError
from allocscan.filters import Selection
from allocscan.model import MEASURES, Role
from allocscan.tables import build, read_toml

SUFFIX = ".toml"
Word = TypeVar("Word", bound=StrEnum)


class Asks(StrEnum):
    """What an exercise asks for."""

    SITES = "sites"
    """The places of all sites that are selected."""
    NUMBER = "number"
    """How many sites are selected."""
    NAMES = "names"
    """What the selected sites call or create."""
    DEFINITIONS = "definitions"
    """Where what is selected by `names` and `roles` is defined."""
    FILES = "files"
    """The files that define it."""
    PRIMITIVES = "primitives"
    """What stands at the end of all that `name` wraps."""
    PAIRS = "pairs"
    """What is at the other end of the life of `name`'s memory."""
    FALSE_HITS = "false hits"
    """How many places the text search prints that are no sites."""
    MISSES = "misses"
    """How many sites the text search does not print."""
    MEASURE = "measure"
    """A figure of a log: how much a program obtained, or lost."""
    LEAKS = "leaks"
    """The places that obtained what a program lost, as a log says."""


COMPARED = frozenset((Asks.FALSE_HITS, Asks.MISSES))
"""Asks what only a comparison with a text search tells."""
LOGGED = frozenset((Asks.MEASURE, Asks.LEAKS))
"""Asks what only the log of a run tells."""
COUNTED = frozenset((Asks.NUMBER, Asks.FALSE_HITS, Asks.MISSES, Asks.MEASURE))
"""Asks for a number."""
PLACED = frozenset((Asks.SITES, Asks.DEFINITIONS, Asks.LEAKS))
"""Asks for places: `path:line`."""
FILED = frozenset((Asks.FILES,))
"""Asks for paths."""
NAMED = frozenset((Asks.PRIMITIVES, Asks.PAIRS))
"""Asks about one name."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be found, in words that a scan understands."""

    asks: Asks
    select: Selection = field(default_factory=Selection)
    """Which sites or definitions are meant."""
    roles: tuple[Role, ...] = ()
    """The roles of the definitions that are meant; all when empty."""
    kinds: tuple[str, ...] = ()
    """Likewise what types they are, or what they hand out, as a report says."""
    name: str = ""
    """The allocator that the question is about."""
    measure: str = ""
    """The figure of a log that is meant."""
    wanted: int | None = None
    """What the figure must be, where a program is to be mended."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise of the course."""

    name: str
    """Of its file: what progress is remembered under."""
    section: str
    title: str
    task: str
    target: str
    """What is scanned unless the student says otherwise."""
    question: Question
    commands: tuple[str, ...] = ()
    """What to try."""
    search: str = ""
    """A name to search the text for, so that it can be seen why that is not enough."""
    why: str = ""
    """What there is to learn, once it is solved."""
    hints: tuple[str, ...] = ()


def load_exercises(own: Path | None = None) -> tuple[Exercise, ...]:
    """Read the course, or a teacher's own: a folder of exercises or one file; raise ExerciseError for what is wrong."""
    place = own or folder("exercises")
    paths = [place] if place.is_file() else sorted(place.glob(f"*{SUFFIX}"))
    if not paths:
        raise ExerciseError(f"{place}: no exercise is there; one is a file that ends in {SUFFIX}")
    return tuple(map(load_exercise, paths))


def load_exercise(path: Path) -> Exercise:
    """Read one exercise."""
    table = read_toml(path, ExerciseError)
    question = read_question(table.pop("question", {}), f"{path}: [question]")
    exercise = build(Exercise, {**table, "name": path.stem, "question": question}, str(path), ExerciseError)
    if question.asks in COMPARED and not exercise.search:
        raise ExerciseError(f"{path}: {question.asks} needs a `search`")
    return exercise


def read_question(table: dict[str, Any], where: str) -> Question:
    """Read what an exercise asks, and check that it says all that this needs."""
    select = build(Selection, table.pop("select", {}), f"{where} select", ExerciseError)
    roles = tuple(accepted(Role, role, "roles", where) for role in table.pop("roles", ()))
    asks = accepted(Asks, table.pop("asks", ""), "asks", where)
    question = build(Question, {**table, "select": select, "roles": roles, "asks": asks}, where, ExerciseError)
    if asks in NAMED and not question.name:
        raise ExerciseError(f"{where}: {asks} needs a name")
    if (asks is Asks.MEASURE) != (question.measure in MEASURES):
        raise ExerciseError(f"{where}: {Asks.MEASURE} needs a measure, one of {', '.join(MEASURES)}")
    return question


def accepted(kind: type[Word], text: str, key: str, where: str) -> Word:
    """Read a word of a list."""
    try:
        return kind(text)
    except ValueError:
        raise ExerciseError(f"{where}: {key} is {text!r}; accepted are {', '.join(kind)}") from None
