"""`allocscan scan`: report where targets take memory, and what gives it back."""

from contextlib import closing
from typing import TextIO, cast

import click

from allocscan.cli.console import say
from allocscan.cli.failing import FAIL_ON, end, met, read_limits
from allocscan.cli.options import Options, shared_options
from allocscan.cli.outputs import Places, looked_at, opened, outputs, repeatable, settings, showing, writers
from allocscan.cli.pages import check_pages, checked_out, first_page, open_page, placed, write_pages
from allocscan.cli.recording import current
from allocscan.model import Report
from allocscan.reporters import FORMATS

FORMAT = "terminal"
"""The format that a person reads, with hints below it."""

EXAMPLES = """
\b
Examples:
  allocscan scan deluge redis               two reports, one after the other
  allocscan scan git@master:builtin         a branch, and a part of the tree
  allocscan scan ./project --no-tests --path 'src/*.c'
  allocscan scan vim --all -o vim.jsonl     the format follows from the name
  allocscan scan ./project -o all.json -o - the page as well
  allocscan scan ./project --catalogue project.toml --queries ./rules
  allocscan scan ./linux --dask tcp://scheduler:8786
  allocscan scan redis --html report --open pages to look around in
  allocscan scan ./project --fail-on parse-loss=0.5 --fail-on unchecked=0
"""


@click.command("scan", epilog=EXAMPLES)
@shared_options
@click.option(
    "--html",
    "pages",
    type=click.Path(),
    metavar="FOLDER",
    help="Write pages into FOLDER, for a browser; FILE.html is one page.",
)
@FAIL_ON
@click.option("--open", "show", is_flag=True, help="Open them.")
@click.pass_context
def command(
    context: click.Context,
    targets: tuple[str, ...],
    pages: str | None,
    show: bool,
    conditions: tuple[str, ...],
    options: Options,
) -> None:
    """Report where each TARGET takes memory, and what gives it back.

    A TARGET is a folder, a file, the URL of a Git repository, or a name that
    `allocscan targets` lists; NAME@REVISION:FOLDER reads another revision and
    reports a part of it.
    """
    from allocscan.cli.reports import scanned
    from allocscan.filters import select

    limits = read_limits(conditions)
    failures: list[str] = []
    folder, options = placed(pages, options)
    page = first_page(folder, options)
    check_pages(folder, show, targets, options)
    alone = folder and not (options.outputs or options.style)
    chosen = () if alone else outputs(options, FORMATS, FORMAT)
    told = settings(options, chosen)
    repeatable(options, () if folder else chosen)
    parts = () if limits or folder else looked_at(chosen)
    current().shown = showing(chosen, measured=bool(limits))
    with (
        opened(chosen, paged=not options.no_pager) as places,
        writers(places, **told) as write,
        closing(scanned(targets, options, parts)) as scans,
    ):
        for target, (scan, read) in zip(targets, scans, strict=True):
            report = checked_out(scan, read) if page else scan
            shown = select(report, options.selection)
            write(shown, read)
            failures += met(limits, shown)
            if folder:
                say_where(write_pages(report, read, folder, options), options)
            if not options.quiet:
                guide(shown, target, options, places)
                say_notes(report, places)
    if page and show:
        open_page(page)
    end(context, failures)


def say_where(page: str, options: Options) -> None:
    """Say which page to open."""
    if not options.quiet:
        say(f"written: {page}")


def guide(shown: Report, target: str, options: Options, places: Places) -> None:
    """Say what to type next, to a person who reads along."""
    from allocscan.cli.hints import next_steps

    for chosen, place in places:
        if chosen.standard and chosen.form.name == FORMAT:
            cast(TextIO, place).writelines(f"{line}\n" for line in next_steps(shown, target, options))


def say_notes(report: Report, places: Places) -> None:
    """Say beside the report what its formats have no place for."""
    if not any(chosen.form.name == FORMAT for chosen, _ in places):
        for note in report.notes:
            say(f"{report.source.name}: {note}")
