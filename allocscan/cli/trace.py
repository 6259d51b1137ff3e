"""`allocscan trace`: what a program did to memory while it ran, joined with the sites of its source."""

import os
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from allocscan.cli.completion import complete_target
from allocscan.cli.failing import FAIL_ON, end, met, read_limits
from allocscan.cli.options import Options, report_options
from allocscan.cli.outputs import opened, outputs, settings, writers
from allocscan.cli.pages import placed, write_pages
from allocscan.model import Report
from allocscan.reporters import FORMATS
from allocscan.trace.log import Logged
from allocscan.trace.symbols import Symbols
from allocscan.trace.tools import TOOLS

PAGE = "terminal"
END = "--"
"""What stands before a command."""
WORDS = "command"
"""Where a command line is kept that is to be run."""

EXAMPLES = """
\b
Examples:
  allocscan trace ./project --with dhat -- ./server --port 7000
  allocscan trace memory-leak --with memcheck -- ./memory_leak
  allocscan trace ./project dhat.out.4711        a log that is there already
  allocscan trace . --with memcheck --fail-on leaked-bytes=0 -- ./tests
"""


class Tracing(click.Command):
    """A command whose line ends in another one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Set apart what is to be run."""
        if END in args:
            ctx.meta[WORDS] = tuple(args[args.index(END) + 1 :])
            args = args[: args.index(END)]
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Say what a line may end in."""
        return [*super().collect_usage_pieces(ctx), f"[{END} COMMAND...]"]


@click.command("trace", cls=Tracing, epilog=EXAMPLES)
@click.argument("target", metavar="TARGET", shell_complete=complete_target)
@click.argument("logs", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--with", "tool", type=click.Choice([*TOOLS]), help="The tool that watches COMMAND.")
@click.option(
    "--binary",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The program that a log is of, where it does not say so or that has moved.",
)
@click.option(
    "--keep",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Keep the tool's log as FILE; of what COMMAND started, as FILE.PID.",
)
@click.option(
    "--html", "pages", type=click.Path(), metavar="FOLDER", help="Write pages into FOLDER; FILE.html is one page."
)
@FAIL_ON
@report_options
@click.pass_context
def command(
    context: click.Context,
    target: str,
    logs: tuple[Path, ...],
    tool: str | None,
    binary: Path | None,
    keep: Path | None,
    pages: str | None,
    conditions: tuple[str, ...],
    options: Options,
) -> None:
    """Say which sites of TARGET were at work while a program ran.

    The program is COMMAND, which is run under a tool as you would run it, or it
    has run before and left the log FILE; what kind of log that is shows in it.
    For each site: how much it obtained, what of it was lost, and whether it ran
    at all. What belongs to no site is listed with the reason.

    Nothing is run that does not stand behind --. The program's input and output
    are its own; the report follows, and says how the program ended.
    """
    from allocscan.cli.reports import scanned
    from allocscan.filters import select
    from allocscan.trace.readers import read_log

    words: tuple[str, ...] = context.meta.get(WORDS, ())
    check(tool, words, logs, keep)
    limits = read_limits(conditions)
    symbols = Symbols(binary)
    found = [Logged(read_log(path, symbols), str(path)) for path in logs]
    folder, options = placed(pages, options)
    chosen = outputs(options, FORMATS, PAGE)
    told = settings(options, chosen)
    with closing(scanned((target,), options)) as scans:
        report, read = next(scans)
        if tool:
            found.append(watched(tool, words, keep, symbols if binary else started(words[0])))
        seen = joined(report, found)
        shown = select(seen, options.selection)
        # Only now, so that nothing stands between the program and the terminal.
        with opened(chosen, paged=not options.no_pager) as places, writers(places, **told) as write:
            write(shown, read)
        if folder:
            write_pages(seen, read, folder, options)
    end(context, list(met(limits, shown)))


def check(tool: str | None, words: tuple[str, ...], logs: tuple[Path, ...], keep: Path | None) -> None:
    """Refuse what says too little, or two things at once."""
    if bool(tool) != bool(words):
        raise click.UsageError(f"--with TOOL and {END} COMMAND belong together")
    if not (words or logs):
        raise click.UsageError(f"name a log, or a program: --with TOOL {END} COMMAND")
    if keep and not tool:
        raise click.UsageError("--keep is about the log of a program that is run")


def watched(name: str, words: tuple[str, ...], keep: Path | None, symbols: Symbols) -> Logged:
    """Run a command under a tool, and read what that has written."""
    from allocscan.trace.running import run
    from allocscan.trace.together import read_logs

    tool = TOOLS[name]
    with TemporaryDirectory(prefix="allocscan-") as folder:
        ended = run(tool, words, Path(folder), os.environ)
        if keep:
            kept(ended.logs, keep)
        log = read_logs(ended.logs, symbols, ended.copies, tool.unwatched)
    return Logged(replace(log, command=log.command or " ".join(words)), str(keep or name), ended.exit_code)


def kept(logs: tuple[Path, ...], place: Path) -> None:
    """Copy the log of a program, and beside it those of the processes that it started."""
    shutil.copyfile(logs[0], place)
    for log in logs[1:]:
        shutil.copyfile(log, place.with_name(place.name + log.name.removeprefix("log")))


def started(word: str) -> Symbols:
    """Take it that a log without a path is of the program that is run."""
    program = shutil.which(word)
    return Symbols(Path(program) if program else None)


def joined(report: Report, found: list[Logged]) -> Report:
    """Join all logs with the sites of a report."""
    from allocscan.trace.join import join

    home = Path(report.source.location).resolve() if report.source.local else ""
    return join(report, found, str(home))
