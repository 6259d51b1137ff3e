"""`allocscan fleet`: many targets, one result."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from typing import TextIO

import click

from allocscan.cli import PROGRAM
from allocscan.cli.away import Answer, answers, look
from allocscan.cli.console import columns, say, whole_path
from allocscan.cli.options import Options, fleet_options
from allocscan.cli.progress import shown_progress
from allocscan.cli.reports import Run, opened_tree, parsed, prepare, workers
from allocscan.errors import AllocscanError, ExitCode
from allocscan.fleet import results
from allocscan.fleet.targets import Outcome, TargetTotal, add_up, read_list
from allocscan.model import Action
from allocscan.processes import Executor

DATABASES = (".sqlite", ".sqlite3", ".db")
PARQUET = ".parquet"

EXAMPLES = """
\b
Examples:
  allocscan fleet repositories.txt -o result.sqlite
  allocscan fleet repositories.txt -o result.sqlite     once more: what is new
  ls -d src/*/ | allocscan fleet - -o result.parquet --no-tests
  allocscan fleet list.txt -o result.db --dask tcp://scheduler:8786
  allocscan sql result.sqlite 'SELECT * FROM by_target'
"""


@click.command("fleet", epilog=EXAMPLES, short_help="Scan many targets into one result, and go on where it stopped.")
@click.argument("listed", metavar="LIST", type=click.File(encoding="utf-8", errors="replace"))
@fleet_options
@click.pass_context
def command(context: click.Context, listed: TextIO, options: Options) -> None:
    """Scan the targets that the file LIST names, one a line, into one result.

    What follows a # is a comment, and - reads standard input. The result is a
    database (.sqlite, .db), or tables of Parquet (.parquet) beside one. A
    target that is in it as it is now is not scanned again, so that a fleet that
    was stopped goes on. One that fails is said at the end, and keeps no other
    from being scanned; the exit code is 1 then.
    """
    targets = read_list(listed)
    output = chosen(options.outputs)
    if not targets:
        raise click.UsageError("the list names no target")
    run = prepare(options)
    with closing(run.store), results.results(database_of(output)) as database:
        failed = bring_in(targets, database, run)
        if output.suffix.lower() == PARQUET:
            export(database, output)
        click.echo("\n".join(columns(table(results.totals(database)))))
    for target, reason in failed.items():
        say(f"{PROGRAM}: {target}: {reason}")
    if failed:
        context.exit(ExitCode.FAILED)


def chosen(paths: tuple[str, ...]) -> Path:
    """Decide on the file of the result."""
    if len(paths) != 1:
        raise click.UsageError("name one file for the result: -o FILE")
    path = Path(paths[0])
    if path.suffix.lower() not in (*DATABASES, PARQUET):
        raise click.UsageError(f"{path} should end in {', '.join(DATABASES)} or {PARQUET}")
    if path.suffix.lower() == PARQUET:
        from allocscan.fleet.parquet import check

        check()
    return path


def database_of(output: Path) -> Path:
    """Name the database that a fleet goes on from."""
    return output.with_suffix(DATABASES[0]) if output.suffix.lower() == PARQUET else output


def bring_in(targets: tuple[str, ...], database: sqlite3.Connection, run: Run) -> dict[str, str]:
    """Scan what is not done yet; give what failed, and why."""
    failed: dict[str, str] = {}
    results.keep(database, targets)
    known = results.done(database)
    with helpers(run) as executor:
        asked = answers(targets, known, run, executor)
        for number, (target, ask) in enumerate(zip(targets, asked, strict=True), 1):
            outcome = Outcome.FAILED
            try:
                answer = ask() or scanned_here(target, known.get(target, ""), run, executor)
                outcome = put(target, answer, database)
            except sqlite3.Error:
                raise
            except Exception as error:
                failed[target] = reason(error)
                check(executor)
            results.mark(database, target, failed.get(target))
            if not run.options.quiet:
                say(f"{number} of {len(targets)}: {target}: {outcome}")
    return failed


def helpers(run: Run) -> AbstractContextManager[Executor | None]:
    """Give the cluster, if one is to help with all targets."""
    return workers(run.options, run.languages) if run.options.dask else nullcontext()


def check(executor: Executor | None) -> None:
    """Raise where a cluster is gone, which is no fault of any target."""
    if executor:
        executor.check()


def scanned_here(text: str, known: str, run: Run, executor: Executor | None) -> Answer:
    """Scan a target from here, with the help of a cluster or of processes of its own, which one that fails may end."""
    with (
        shown_progress(run.options.quiet) as progress,
        opened_tree(parsed(text, run), run, progress) as tree,
        nullcontext(executor) if executor else workers(run.options, run.languages) as helping,
    ):
        return look(tree, known, run, helping, progress)


def put(target: str, answer: Answer, database: sqlite3.Connection) -> Outcome:
    """Put a report into the result, unless it is there."""
    if not answer.report:
        return Outcome.UNCHANGED
    results.put(database, target, answer.key, answer.report)
    return Outcome.SCANNED


def reason(error: Exception) -> str:
    """Say in a line why a target failed; what nobody expected begins with what it is."""
    said = " ".join(str(error).split())
    return said if isinstance(error, AllocscanError | OSError) else f"{type(error).__name__}: {said}"


def export(database: sqlite3.Connection, output: Path) -> None:
    """Write the tables of Parquet; each is whole, or as it was."""
    from allocscan.fleet.parquet import write_sites, write_totals

    with whole_path(output) as sites, whole_path(output.with_suffix(f".targets{PARQUET}")) as summed:
        write_sites(database, sites)
        write_totals(database, summed)


def table(totals: Iterable[TargetTotal]) -> Iterator[tuple[str, ...]]:
    """Lay out what was found in each target, and in all."""
    found = tuple(totals)
    yield ("target", "languages", "files", "lines", *Action, "parse loss")
    for total in (*found, add_up(found)):
        counts = (total.files, total.lines, *total.actions)
        yield (total.target, total.languages, *(f"{count:,}" for count in counts), f"{total.parse_loss} %")
