"""`allocscan lab`: a course on where memory comes from and where it goes."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from allocscan.cli.options import Options, processors
from allocscan.errors import ExitCode

if TYPE_CHECKING:
    from allocscan.reporters.ink import Line

EXAMPLES = """
\b
Examples:
  allocscan lab                                 all exercises
  allocscan lab 13                              one of them
  allocscan lab 13 --hint
  allocscan lab 13 --check 'core/manager.py:46'
  allocscan lab 1 --copy memory-leak            something to build and to mend
  allocscan lab 1 --log leak.xml --check 148
"""


PATH = click.Path(path_type=Path)


@click.command("lab", epilog=EXAMPLES)
@click.argument("wanted", metavar="[NUMBER]", required=False)
@click.option("--check", metavar="ANSWER", help="Say whether ANSWER is right, and why.")
@click.option("--hint", is_flag=True, help="Show the next hint.")
@click.option("--log", type=PATH, metavar="FILE", help="What a tool has logged of a run of the program.")
@click.option("--binary", type=PATH, metavar="FILE", help="The program that the log is of, where it does not say so.")
@click.option("--copy", type=PATH, metavar="DIR", help="Write the exercise's sample to a new folder.")
@click.option("--target", metavar="TARGET", help="Answer for this target instead, such as a folder of your own.")
@click.option("--all", "everything", is_flag=True, help="Show all exercises with their solutions, for teachers.")
@click.option("--exercises", type=PATH, metavar="PATH", help="Exercises of your own: a file or a folder.")
@click.option("--forget", is_flag=True, help="Forget what has been tried and solved.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), default=processors, metavar="N", help="Processes to use.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@click.pass_context
def command(
    context: click.Context,
    wanted: str | None,
    check: str | None,
    hint: bool,
    log: Path | None,
    binary: Path | None,
    copy: Path | None,
    target: str | None,
    everything: bool,
    exercises: Path | None,
    forget: bool,
    jobs: int,
    quiet: bool,
) -> None:
    """Show a course on memory, exercise by exercise.

    Without NUMBER all exercises are listed. Answers are computed by scanning
    what you have; what you have tried and solved is remembered. The exit code
    is 1 where an answer is not right.
    """
    from allocscan.cli.course import Course

    course = Course(Options(jobs=jobs, quiet=quiet), exercises, target, (log, binary))
    check_usage(
        wanted, {"--check": check is not None, "--hint": hint, "--log": log, "--copy": copy, "--all": everything}
    )
    if forget:
        course.forget()
    elif wanted is None:
        show(course.solutions() if everything else course.overview())
    elif copy:
        show(course.copied(wanted, copy))
    elif check is not None:
        right, lines = course.judged(wanted, check)
        show(lines)
        context.exit(ExitCode.OK if right else ExitCode.FAILED)
    else:
        show(course.page(wanted, hint=hint))


def check_usage(wanted: str | None, given: dict[str, object]) -> None:
    """Refuse what needs an exercise where none is named, and what is about all of them where one is."""
    everything = given.pop("--all")
    needing = [option for option, value in given.items() if value]
    if needing and wanted is None:
        raise click.UsageError(f"{needing[0]} needs the number of an exercise")
    if everything and wanted is not None:
        raise click.UsageError("--all shows all exercises: give no number")


def show(lines: Iterable["Line"]) -> None:
    """Write lines to standard output."""
    from allocscan.cli.console import output
    from allocscan.reporters.ink import write

    with output(None) as stream:
        write(lines, stream)
