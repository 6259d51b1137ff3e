"""What commands share that may end with 1, although their report was written."""

from collections.abc import Sequence

import click

from allocscan.cli import PROGRAM
from allocscan.cli.console import say
from allocscan.cli.options import Declare
from allocscan.errors import ExitCode

FAIL_ON: Declare = click.option(
    "--fail-on",
    "conditions",
    multiple=True,
    metavar="NAME=MOST",
    help="End with 1 where there is more than MOST: parse-loss (in percent), problems, unchecked, findings, "
    "leaked-bytes ... May be repeated.",
)


def end(context: click.Context, failures: Sequence[str]) -> None:
    """Say which conditions were met, and end accordingly."""
    for failure in failures:
        say(f"{PROGRAM}: {failure}")
    if failures:
        context.exit(ExitCode.FAILED)
