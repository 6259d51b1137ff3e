"""`allocscan find`: the sites of one class or allocator, and what its name means."""

import re
from collections import Counter
from contextlib import closing
from dataclasses import replace
from difflib import get_close_matches

import click

from allocscan import summary
from allocscan.cli.console import say
from allocscan.cli.options import Options, shared_options
from allocscan.cli.outputs import opened, outputs, repeatable, settings, writers
from allocscan.filters import EVERYTHING, select
from allocscan.model import Action, Report, ReportDefinition, Role, Target
from allocscan.reporters import FORMATS

FORMAT = "grep"
SHOWN = 3
"""Definitions or suggestions that fit a line."""

EXAMPLES = """
\b
Examples:
  allocscan find Torrent deluge:deluge/core   who creates a Torrent
  allocscan find zmalloc redis                who calls zmalloc
  allocscan find 'struct client' redis        who allocates that type
  allocscan find 'sds*' ./redis --action allocate
  allocscan find Torrent deluge --versus-grep   what a text search gets wrong
"""


@click.command("find", epilog=EXAMPLES)
@click.argument("wanted", metavar="NAME")
@click.option("--versus-grep", "versus", is_flag=True, help="Hold the answer of grep -n 'NAME(' against the sites.")
@shared_options
def command(wanted: str, targets: tuple[str, ...], versus: bool, options: Options) -> None:
    """List the sites that create a class or call an allocator.

    NAME is a class, an allocator, a type or a family; its last part is enough,
    upper and lower case differ, and * and ? stand for anything. The answer has
    grep's form, path:line:column: source line. What NAME means is said on
    standard error, unless a --format is given.
    """
    from allocscan.cli.reports import scanned

    if versus:
        from allocscan.cli.versus import command as compare

        compare(wanted, targets, options)
        return
    chosen = outputs(options, FORMATS, FORMAT)
    told = settings(options, chosen)
    repeatable(options, chosen)
    with (
        opened(chosen, paged=not options.no_pager) as places,
        writers(places, **told) as write,
        closing(scanned(targets, options)) as scans,
    ):
        for report, read in scans:
            everywhere = select(report, replace(EVERYTHING, names=(wanted,)))
            found = select(everywhere, options.selection)
            write(found, read)
            if not options.quiet:
                explain(wanted, found, report, brief=options.style is not None)


def explain(wanted: str, found: Report, report: Report, *, brief: bool) -> None:
    """Say on standard error what a name means, or what else might have been meant."""
    said = list(found.notes)
    if not found.sites:
        said.insert(0, f"no site of {wanted}{suggestion(wanted, report)}")
    elif not brief:
        said.insert(0, f"{wanted} is {meaning(found)}")
    if said:
        say(f"{report.source.name}: {'; '.join(said)}")


def meaning(found: Report) -> str:
    """Say what the found sites resolve to: definitions in the tree, or else a family."""
    targets = Counter(site.resolved for site in found.sites if site.resolved)
    if targets:
        known = {(each.location.path, each.location.line): each for each in found.definitions}
        named = [describe(target, known.get((target.path, target.line))) for target, _ in targets.most_common()]
        return ", ".join(named[:SHOWN]) + (f" and {len(named) - SHOWN:,} more" if len(named) > SHOWN else "")
    families = sorted({site.family for site in found.sites if site.family})
    return f"defined elsewhere, of the family {', '.join(families)}" if families else "defined elsewhere"


def describe(target: Target, definition: ReportDefinition | None) -> str:
    """Say which definition is meant, where it stands, and what it wraps."""
    place = f"{target.name} in {target.path}:{target.line}"
    if definition is None:
        return place
    what = definition.kind if definition.role is Role.CLASS else definition.role
    return f"{what} {place}{' around ' if definition.wraps else ''}{' → '.join(definition.wraps)}"


def suggestion(wanted: str, report: Report) -> str:
    """Name what is written like the wanted name."""
    names = {
        part for total in summary.by_name(report, frozenset(Action)) for part in (total.name, last_part(total.name))
    }
    close = get_close_matches(wanted, sorted(names), n=SHOWN)
    return f", but of {', '.join(close)}" if close else ""


def last_part(name: str) -> str:
    """Give the name without what it belongs to."""
    return re.split(r"\W+", name)[-1] or name
