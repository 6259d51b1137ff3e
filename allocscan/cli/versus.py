"""`allocscan find --versus-grep`: what a search in the text says of a name, and what is true."""

import re
from dataclasses import replace
from functools import partial

import click

from allocscan.cli.answers import Page, answer
from allocscan.cli.options import Options
from allocscan.extract.mentions import Mention, mentions
from allocscan.filters import EVERYTHING, select
from allocscan.model import Report
from allocscan.reporters import Read, versus_page
from allocscan.reporters.answers import comparison_record
from allocscan.rules import load_rules
from allocscan.views.comparison import Comparison, Ground, compare
from allocscan.views.naming import last_part


def command(wanted: str, targets: tuple[str, ...], options: Options) -> None:
    """Compare both answers for each target."""
    if re.search(r"[*?]", wanted):
        raise click.UsageError("--versus-grep compares one name: * and ? are not for it")

    def ask(report: Report, read: Read) -> tuple[Page, partial[dict[str, object]]]:
        compared = comparison(wanted, report, read, options)
        return partial(versus_page.lines, compared, report.source.name, read), partial(comparison_record, compared)

    answer(targets, options, ask)


def comparison(wanted: str, report: Report, read: Read, options: Options) -> Comparison:
    """Search the files that were scanned, and hold the hits against the sites."""
    shown = select(report, replace(options.selection, names=()))
    sites = select(select(report, replace(EVERYTHING, names=(wanted,))), options.selection).sites
    return compare(wanted, sites, Ground(shown), searched(last_part(wanted), shown, read, options))


def searched(name: str, report: Report, read: Read, options: Options) -> dict[str, tuple[Mention, ...]]:
    """Search each file of a report; those without a hit are left out."""
    languages = {language.name: language for language in load_rules(options.queries, ()).languages}
    found = {file.path: mentions(read(file.path), name, languages[file.language]) for file in report.files}
    return {path: hits for path, hits in found.items() if hits}
