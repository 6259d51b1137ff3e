"""What `allocscan lab` does: exercises are shown, and answers judged by scanning what the student has."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cached_property
from pathlib import Path

from allocscan import sources
from allocscan.cli import reports
from allocscan.cli.console import say
from allocscan.cli.options import Options
from allocscan.cli.trace import joined
from allocscan.cli.versus import comparison
from allocscan.errors import AllocscanError, ExerciseError
from allocscan.lab import pages
from allocscan.lab.exercises import Exercise, load_exercises
from allocscan.lab.judging import judge
from allocscan.lab.progress import NONE, Effort, Progress, hinted, read_progress, tried, write_progress
from allocscan.lab.solving import Scanned, solve
from allocscan.model import Report
from allocscan.reporters.ink import WIDTH, Line
from allocscan.sources import NEWEST
from allocscan.sources.clones import cloned
from allocscan.trace.log import Logged
from allocscan.trace.readers import read_log
from allocscan.trace.symbols import Symbols

REMEMBERED = "lab.json"
NEEDS = "to clone"

Logs = tuple[Path | None, Path | None]
"""The log of a run, and the program that it is of where it does not say so."""


class Course:
    """The exercises, and what a student has of them."""

    def __init__(self, options: Options, own: Path | None, target: str | None, logs: Logs) -> None:
        self.options = options
        self.exercises = load_exercises(own)
        self.target = target
        self.log, self.binary = logs
        self.memory = sources.default_data() / REMEMBERED
        self.progress = dict(read_progress(self.memory))

    def overview(self) -> Iterator[Line]:
        """List all exercises."""
        needs = {each.target: NEEDS for each in self.exercises if self.is_missing(each.target)}
        return pages.overview(self.exercises, self.progress, needs, WIDTH)

    @cached_property
    def kept(self) -> dict[str, tuple[str, ...]]:
        """Give the revisions of the repositories of which a clone is kept, by name."""
        settings = reports.source_settings(self.options)
        return {clone.name: clone.revisions for clone in cloned(settings)}

    def is_missing(self, text: str) -> bool:
        """Tell whether a target has to be cloned before it can be scanned."""
        target = sources.parse_target(text, reports.source_settings(self.options))
        return bool(target.url) and (target.revision or NEWEST) not in self.kept.get(target.name, ())

    def target_of(self, exercise: Exercise) -> str:
        """Say what is scanned for an exercise."""
        return self.target or exercise.target

    def find(self, wanted: str) -> tuple[int, Exercise]:
        """Find an exercise by its number or name."""
        for number, exercise in enumerate(self.exercises, 1):
            if wanted in (str(number), exercise.name):
                return number, exercise
        raise ExerciseError(f"there is no exercise {wanted}; they have the numbers 1 to {len(self.exercises)}")

    def page(self, wanted: str, *, hint: bool) -> Iterator[Line]:
        """Show an exercise, with one hint more where that is asked for."""
        number, exercise = self.find(wanted)
        if hint:
            self.remember(exercise, hinted(self.effort(exercise), len(exercise.hints)))
        yield from pages.page(number, exercise, self.effort(exercise), WIDTH, self.target or "")
        if exercise.search and not self.is_missing(self.target_of(exercise)):
            yield from self.searched(exercise, self.scanned(exercise), solved=self.effort(exercise).solved)

    def searched(self, exercise: Exercise, scanned: Scanned, *, solved: bool) -> Iterator[Line]:
        """Say what a search of the text prints."""
        if scanned.comparison:
            yield from pages.searched(scanned.comparison, WIDTH, solved=solved)

    def judged(self, wanted: str, written: str) -> tuple[bool, Iterable[Line]]:
        """Say whether an answer is right, and why."""
        _, exercise = self.find(wanted)
        scanned = self.scanned(exercise)
        found = judge(exercise, written, solve(exercise.question, scanned), scanned)
        self.remember(exercise, tried(self.effort(exercise), found.right))
        search = self.searched(exercise, scanned, solved=True) if found.right else ()
        return found.right, pages.joined(filter(None, (pages.verdict(found, exercise, WIDTH), tuple(search))))

    def solutions(self) -> Iterator[Line]:
        """Show all exercises with their solutions."""
        return pages.joined(self.solution(number, each) for number, each in enumerate(self.exercises, 1))

    def solution(self, number: int, exercise: Exercise) -> Iterator[Line]:
        """Show an exercise with all its hints and its solution, or say why there is none."""
        yield from pages.page(number, exercise, Effort(hints=len(exercise.hints)), WIDTH)
        try:
            scanned = self.scanned(exercise)
            answer = solve(exercise.question, scanned)
        except AllocscanError as reason:
            yield from pages.unsolved(str(reason), WIDTH)
        else:
            yield from pages.solution(answer, WIDTH)
            yield from self.searched(exercise, scanned, solved=True)

    def copied(self, wanted: str, place: Path) -> Iterator[Line]:
        """Write an exercise's sample to a folder."""
        _, exercise = self.find(wanted)
        if exercise.target not in sources.sample_names():
            raise ExerciseError(f"{exercise.target} is no embedded sample: `git clone` makes a copy of it")
        return pages.copied(map(str, sources.copy_sample(exercise.target, place)))

    def scanned(self, exercise: Exercise) -> Scanned:
        """Scan what an answer is about, with its log, and search its text where the exercise does."""
        with closing(reports.scanned((self.target_of(exercise),), self.options)) as scans:
            report, read = next(scans)
            compared = comparison(exercise.search, report, read, self.options) if exercise.search else None
        return Scanned(self.logged(report), compared)

    def logged(self, report: Report) -> Report:
        """Join the log of a run, where there is one, with the sites of a report."""
        if self.log is None:
            return report
        log = read_log(self.log, Symbols(self.binary))
        return joined(report, [Logged(log, str(self.log))])

    def effort(self, exercise: Exercise) -> Effort:
        """Say what has been done about an exercise."""
        return self.progress.get(exercise.name, NONE)

    def remember(self, exercise: Exercise, effort: Effort) -> None:
        """Remember what has been done about an exercise, as far as that is possible."""
        self.progress[exercise.name] = effort
        self.write(self.progress)

    def forget(self) -> None:
        """Begin again."""
        self.write({each: effort for each, effort in self.progress.items() if each not in self.names})

    @property
    def names(self) -> set[str]:
        """Name the exercises."""
        return {each.name for each in self.exercises}

    def write(self, progress: Progress) -> None:
        """Write what is remembered; a course can be had without."""
        try:
            write_progress(self.memory, progress)
        except OSError as reason:
            say(f"progress is not remembered: {reason.filename or self.memory}: {reason.strerror}")
