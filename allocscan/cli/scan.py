"""`allocscan scan`: report where targets take memory, and what gives it back."""

from contextlib import closing
from typing import TextIO

import click

from allocscan.cli.console import STANDARD, output, say
from allocscan.cli.options import Options, shared_options
from allocscan.model import Report
from allocscan.reporters import reporter

FORMAT = "terminal"
"""The format that a person reads, with hints below it."""

EXAMPLES = """
\b
Examples:
  allocscan scan deluge redis               two reports, one after the other
  allocscan scan git@master:builtin         a branch, and a part of the tree
  allocscan scan ./project --no-tests --path 'src/*.c'
  allocscan scan vim --all --format jsonl -o vim.jsonl
"""


@click.command("scan", epilog=EXAMPLES)
@shared_options
def command(targets: tuple[str, ...], options: Options) -> None:
    """Report where each TARGET takes memory, and what gives it back.

    A TARGET is a folder, a file, the URL of a Git repository, or a name that
    `allocscan targets` lists; NAME@REVISION:FOLDER reads another revision and
    reports a part of it.
    """
    from allocscan.cli.reports import scanned
    from allocscan.filters import select

    style = options.style or FORMAT
    write = reporter(style)
    with output(options.output) as stream, closing(scanned(targets, options)) as scans:
        for number, (report, read) in enumerate(scans):
            if number and style == FORMAT:
                stream.write("\n")
            shown = select(report, options.selection)
            write(shown, stream, read)
            if style == FORMAT:
                write_hints(shown, targets[number], options, stream)
            elif not options.quiet:
                say_notes(report)
            stream.flush()


def write_hints(report: Report, target: str, options: Options, stream: TextIO) -> None:
    """Say what to type next, to a person who reads along."""
    from allocscan.cli.hints import next_steps

    if options.output in (None, STANDARD) and not options.quiet:
        stream.writelines(f"{line}\n" for line in next_steps(report, target, options))


def say_notes(report: Report) -> None:
    """Say beside the report what its format has no place for."""
    for note in report.notes:
        say(f"{report.source.name}: {note}")
