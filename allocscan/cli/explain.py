"""`allocscan explain`: all that is known of one allocator or class, on one page."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import click

from allocscan.cli.options import Options, question_options

if TYPE_CHECKING:
    from allocscan.model import Report
    from allocscan.reporters import Read
    from allocscan.reporters.ink import Line
    from allocscan.views.dossier import Dossier

PAGES = 3
"""How many things of one name get a page each."""

EXAMPLES = """
\b
Examples:
  allocscan explain zmalloc redis
  allocscan explain ALLOC_GROW git
  allocscan explain TorrentManager deluge
"""


@click.command("explain", epilog=EXAMPLES)
@click.argument("wanted", metavar="NAME")
@question_options
def command(wanted: str, targets: tuple[str, ...], options: Options) -> None:
    """Say what NAME is to memory, and how that is known.

    For an allocator or deallocator: where it is defined, the evidence with its
    lines, what it wraps down to the primitive, what its arguments mean, how it
    fails, what frees its memory, and who calls it most. For a class: where it
    is created, what frees it, and its subclasses. Where several things bear the
    name, the most used comes first.
    """
    from allocscan.cli.answers import Page, answer
    from allocscan.reporters.answers import dossiers_record
    from allocscan.views.dossier import dossiers

    def ask(report: "Report", read: "Read") -> tuple[Page, partial[dict[str, object]]]:
        found = dossiers(report, wanted)
        if not found and not options.quiet:
            say_unknown(wanted, report)
        return partial(pages, found, read), partial(dossiers_record, found)

    answer(targets, options, ask)


def pages(found: tuple["Dossier", ...], read: "Read", width: int) -> "Iterator[Line]":
    """Give each thing of the name a page, and say what else there is."""
    from allocscan.reporters import dossier_page
    from allocscan.reporters.ink import DIM

    for number, dossier in enumerate(found[:PAGES]):
        if number:
            yield []
        yield from dossier_page.lines(dossier, read, width)
    if len(found) > PAGES:
        yield []
        yield [(f"{len(found) - PAGES:,} more of that name: --format json has them all", DIM)]


def say_unknown(wanted: str, report: "Report") -> None:
    """Say that a name means nothing here, and what is written alike."""
    from allocscan.cli.console import say
    from allocscan.cli.find import suggestion

    say(f"{report.source.name}: {wanted} is no allocator or class here{suggestion(wanted, report)}")
