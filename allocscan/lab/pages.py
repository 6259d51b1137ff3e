"""The course on pages: all exercises, one of them, and what is said of an answer."""

import re
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from allocscan.lab.exercises import COUNTED, FILED, LOGGED, PLACED, Asks, Exercise
from allocscan.lab.judging import Verdict
from allocscan.lab.progress import NONE, Effort, Progress
from allocscan.lab.solving import Answer
from allocscan.reporters.ink import BAD, BOLD, DIM, GOOD, NAME, PLAIN, Line, labelled, rule, spread, table, wrapped
from allocscan.reporters.wording import counted
from allocscan.views.comparison import Comparison

LABEL = 10
"""Columns of a label."""
SOLVED, OPEN = "solved", ""

Needs = Mapping[str, str]
"""What a target needs that is not there yet, by target; empty for what is there."""


def overview(exercises: Sequence[Exercise], progress: Progress, needs: Needs, width: int) -> Iterator[Line]:
    """List the course by section, and how far the student is."""
    solved = sum(progress.get(each.name, NONE).solved for each in exercises)
    yield spread([("Exercises", BOLD)], [(f"{solved} of {len(exercises)} solved", DIM)], width)
    numbered = list(enumerate(exercises, 1))
    rooms = [max(map(len, column)) for column in zip(*((each.title, each.target) for each in exercises), strict=True)]
    for section, members in groupby(numbered, lambda pair: pair[1].section):
        yield []
        yield [(section, BOLD)]
        yield from table([row(number, each, progress, needs, rooms) for number, each in members], width)
    yield []
    yield [("allocscan lab 1", NAME), ("  shows the first one", DIM)]


def row(number: int, exercise: Exercise, progress: Progress, needs: Needs, rooms: Sequence[int]) -> tuple[Line, ...]:
    """Give the cells of one exercise; titles and targets have the same room in all sections."""
    return (
        [(f"{number:>2}", PLAIN)],
        [(exercise.title.ljust(rooms[0]), NAME)],
        [(exercise.target.ljust(rooms[1]), PLAIN)],
        [(state(progress.get(exercise.name, NONE)) or needs.get(exercise.target, ""), DIM)],
    )


def state(effort: Effort) -> str:
    """Say how far a student has come with an exercise."""
    if effort.solved:
        return SOLVED
    return f"tried {effort.tries} times" if effort.tries > 1 else "tried once" if effort.tries else OPEN


def page(number: int, exercise: Exercise, effort: Effort, width: int, target: str = "") -> Iterator[Line]:
    """Show an exercise: its task, what to try, and how to answer, perhaps for another target than its own."""
    yield spread([(f"{number}  {exercise.title}", BOLD)], [(exercise.section, DIM)], width)
    yield rule(width)
    yield from paragraphs(exercise.task, width)
    yield []
    yield from labelled("try", ([(command, NAME)] for command in commands(exercise, target)), LABEL)
    yield from labelled("answer", how_to_answer(number, exercise, target), LABEL)
    yield from labelled("hints", hint_lines(number, exercise, effort, width), LABEL)
    if effort.solved:
        yield from labelled("state", [[(SOLVED, GOOD)]], LABEL)


def paragraphs(text: str, width: int) -> Iterator[Line]:
    """Break a text into lines; an empty line parts paragraphs."""
    for number, paragraph in enumerate(text.strip().split("\n\n")):
        if number:
            yield []
        yield from wrapped(" ".join(paragraph.split()), width)


def commands(exercise: Exercise, target: str) -> Iterator[str]:
    """Yield what to try; where another target is meant, it takes the place of the exercise's own."""
    own = re.compile(rf"(?<![\w./@:-]){re.escape(exercise.target)}(?::(?P<below>[\w./]+))?(?![\w.:@-])")

    def put(found: re.Match[str]) -> str:
        below = found["below"]
        return shlex.quote(f"{target}/{below}" if below else target)

    for command in exercise.commands:
        yield own.sub(put, command) if target and "--copy" not in command else command


def how_to_answer(number: int, exercise: Exercise, target: str) -> Iterator[Line]:
    """Say how an answer is given, and in which form."""
    asks = exercise.question.asks
    meant = f"--target {shlex.quote(target)} " if target else ""
    log = "--log FILE " if asks in LOGGED else ""
    yield [(f"allocscan lab {number} {meant}{log}--check '{form(asks)}'", NAME)]


def form(asks: Asks) -> str:
    """Say what an answer looks like."""
    if asks in COUNTED:
        return "NUMBER"
    return "PATH:LINE ..." if asks in PLACED else "PATH ..." if asks in FILED else "NAME ..."


def hint_lines(number: int, exercise: Exercise, effort: Effort, width: int) -> Iterator[Line]:
    """Show the hints that were asked for, and say how to get the next."""
    for hint in exercise.hints[: effort.hints]:
        yield from wrapped(hint, width - LABEL)
    left = len(exercise.hints) - effort.hints
    if left > 0:
        yield [(f"{counted(left, 'hint')} left: ", DIM), (f"allocscan lab {number} --hint", NAME)]


def searched(comparison: Comparison, width: int, *, solved: bool) -> Iterator[Line]:
    """Say what a text search prints; what of it is right is for those who have solved the exercise."""
    said = f"grep -rn '{comparison.name}(' prints {counted(comparison.lines, 'line')} of source"
    yield from labelled("search", wrapped(said, width - LABEL), LABEL)
    if solved:
        yield from labelled("", wrapped(held_against(comparison), width - LABEL), LABEL)


def held_against(comparison: Comparison) -> str:
    """Hold a text search against the sites, in a sentence."""
    reasons = Counter(hit.reason or "" for hit in comparison.wrong).most_common()
    wrong = f" ({', '.join(f'{count} {reason}' for reason, count in reasons)})" if reasons else ""
    beyond = sum(each.sites for each in comparison.reached)
    behind = f", and {beyond:,} more are behind other names" if beyond else ""
    right = f"{len(comparison.right):,} of its hits are sites, {len(comparison.wrong):,} are not{wrong}"
    return f"{right}; it misses {len(comparison.misses):,} of {comparison.sites:,}{behind}"


def verdict(found: Verdict, exercise: Exercise, width: int) -> Iterator[Line]:
    """Say whether an answer is right, and why."""
    yield [("right", GOOD)] if found.right else [("not yet", BAD)]
    for remark in found.remarks:
        yield from ([("  ", PLAIN), *line] for line in wrapped(remark, width - 2))
    if found.right and exercise.why:
        yield []
        yield from paragraphs(exercise.why, width)


def solution(answer: Answer, width: int) -> Iterator[Line]:
    """Give an answer away, to a teacher."""
    yield from labelled("solution", wrapped(", ".join(sorted(answer, key=natural)), width - LABEL, GOOD), LABEL)


def natural(text: str) -> tuple[str, int]:
    """Order places by path and line."""
    path, _, line = text.rpartition(":")
    return (path, int(line)) if line.isdigit() and path else (text, 0)


def unsolved(reason: str, width: int) -> Iterator[Line]:
    """Say why there is no solution."""
    yield from labelled("solution", wrapped(reason, width - LABEL, DIM), LABEL)


def joined(parts: Iterable[Iterable[Line]]) -> Iterator[Line]:
    """Put pages one below the other, with an empty line between them."""
    for number, part in enumerate(parts):
        if number:
            yield []
        yield from part


def copied(paths: Iterable[str]) -> Iterator[Line]:
    """List the files that were written."""
    yield from ([("wrote ", DIM), (path, NAME)] for path in paths)
