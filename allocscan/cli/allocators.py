"""`allocscan allocators`: what takes memory and gives it back in a tree, by family."""

from functools import partial
from importlib import import_module
from typing import TextIO

import click

from allocscan.cli.options import DRAWINGS, Options, family_options
from allocscan.cli.recording import current
from allocscan.model import Report

EXAMPLES = """
\b
Examples:
  allocscan allocators redis
  allocscan allocators git --name c-heap --most 40
  allocscan allocators ./project --export project.toml
  allocscan allocators redis --format dot | dot -Tsvg > redis.svg
  allocscan scan ./project --catalogue project.toml
"""


@click.command("allocators", epilog=EXAMPLES)
@click.option(
    "-n", "--most", type=click.IntRange(min=1), default=12, metavar="N", help="How many of each family to show."
)
@click.option("--candidates", is_flag=True, help="Show what may be an allocator as well.")
@click.option(
    "--export", type=click.Path(), metavar="FILE", help="Write what this tree defines as a catalogue to edit."
)
@family_options
def command(targets: tuple[str, ...], most: int, candidates: bool, export: str | None, options: Options) -> None:
    """Show the allocators and deallocators of each TARGET by family.

    Each stands below what it wraps, with the number of its sites and the place
    of the evidence: allocscan explain NAME shows that. What is wrapped is there
    however little it is used itself.

    A catalogue that was exported can be edited, to correct what was found or
    to confirm candidates, and be given back to a scan.
    """
    from allocscan.cli.answers import Page, answer
    from allocscan.filters import select
    from allocscan.reporters import Read, drawing, family_page
    from allocscan.reporters.answers import families_record
    from allocscan.views.families import families
    from allocscan.views.graph import graph

    if export and len(targets) > 1:
        raise click.UsageError("--export takes one target")

    def ask(report: Report, _read: Read) -> tuple[Page, partial[dict[str, object]]]:
        shown = select(report, options.selection)
        if export:
            current().whole = False
            write_catalogue(report, export)
        guesses = shown.candidates if candidates else ()
        page = partial(family_page.lines, shown, families(shown, most), guesses)
        return page, partial(families_record, families(shown), shown.candidates)

    def draw(form: str, report: Report, stream: TextIO) -> None:
        picture = graph(families(select(report, options.selection), most))
        drawing.write(import_module(f"allocscan.reporters.{form}").lines, report.source.name, picture, stream)

    answer(targets, options, ask, {form: partial(draw, form) for form in DRAWINGS})


def write_catalogue(report: Report, path: str) -> None:
    """Write what a tree defines as a catalogue."""
    from allocscan.cli.console import output
    from allocscan.reporters.catalogue import export

    with output(path) as stream:
        stream.writelines(f"{line}\n" for line in export(report))
