"""What commands share that may end with 1, although their report was written."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from allocscan.cli import PROGRAM
from allocscan.cli.console import say
from allocscan.cli.options import Declare
from allocscan.errors import ExitCode
from allocscan.model import Report

if TYPE_CHECKING:
    from allocscan.conditions import Condition

FAIL_ON: Declare = click.option(
    "--fail-on",
    "conditions",
    multiple=True,
    metavar="NAME=MOST",
    help="End with 1 where there is more than MOST: parse-loss (in percent), problems, unchecked, findings, "
    "leaked-bytes ... May be repeated.",
)


def read_limits(texts: Sequence[str]) -> list["Condition"]:
    """Read what is allowed; raise ConditionError for what makes no sense."""
    if not texts:
        # What measures reports takes a while to import.
        return []
    from allocscan.conditions import read_condition

    return [read_condition(text) for text in texts]


def met(limits: Iterable["Condition"], report: Report) -> Iterator[str]:
    """Say of which things there is more in a report than is allowed."""
    return filter(None, (limit.met(report) for limit in limits))


def end(context: click.Context, failures: Sequence[str]) -> None:
    """Say which conditions were met, and end accordingly."""
    for failure in failures:
        say(f"{PROGRAM}: {failure}")
    if failures:
        context.exit(ExitCode.FAILED)
