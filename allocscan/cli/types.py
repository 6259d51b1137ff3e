"""`allocscan types`: which classes and structures come to be, how often, and what frees them."""

from functools import partial

import click

from allocscan.cli.options import Options, question_options

EXAMPLES = """
\b
Examples:
  allocscan types deluge --no-tests         the classes of Deluge
  allocscan types redis --path src          structures, with what frees them
  allocscan types ./project --format json
"""


@click.command("types", epilog=EXAMPLES)
@click.option("-n", "--most", type=click.IntRange(min=1), default=25, metavar="N", help="How many types to show.")
@question_options
def command(targets: tuple[str, ...], most: int, options: Options) -> None:
    """List the classes and structures of each TARGET, the most created first.

    Beside each stands where it is defined and what frees its objects, as far
    as the text tells. What is created counts by the class that is called or
    named, the type that memory is measured by, or the type of the variable
    that takes it.
    """
    from allocscan.cli.answers import Page, answer
    from allocscan.filters import select
    from allocscan.model import Report
    from allocscan.reporters import Read, type_page
    from allocscan.reporters.answers import types_record
    from allocscan.views.types import types

    def ask(report: Report, _read: Read) -> tuple[Page, partial[dict[str, object]]]:
        shown = select(report, options.selection)
        found = types(shown)
        return partial(type_page.lines, shown, found, most), partial(types_record, found)

    answer(targets, options, ask)
