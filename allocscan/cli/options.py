"""The options that scan and find share, each declared once."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import click

from allocscan.cli.completion import complete_target
from allocscan.filters import Selection
from allocscan.model import Action
from allocscan.reporters import FORMATS

ANSWERS = {name: FORMATS[name] for name in ("terminal", "json")}
"""The formats of what answers one question."""
DRAWINGS = {name: FORMATS[name] for name in ("dot", "mermaid")}
"""The formats in which an answer is drawn."""
TABLES = {name: FORMATS[name] for name in ("terminal", "csv", "json")}
"""The formats of a table of rows."""

Declare = Callable[[Callable[..., None]], Callable[..., None]]
"""Adds an option or argument to a command."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a command that scans is told beside its targets."""

    style: str | None = None
    """The name of a format; None for the command's own."""
    outputs: tuple[str, ...] = ()
    """Files, or `-` for standard output, which is also meant when there are none."""
    quiet: bool = False
    jobs: int = 1
    dask: str = ""
    """The address of a scheduler, whose workers do the work of the jobs."""
    selection: Selection = field(default_factory=Selection)
    refresh: bool = False
    revision: str = ""
    subtree: str | None = None
    """None when nothing was said; empty for the whole tree."""
    exclude: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()
    """Folders of language folders."""
    no_pager: bool = False
    """Long pages are not handed to a pager."""
    inventory: bool = False
    """SARIF holds every site, not only what deserves a look."""
    catalogues: tuple[str, ...] = ()
    """Files of names that stand above what is found."""
    configured: bool = True
    """What a tree says of its own names is heard."""
    cached: bool = True
    """What was found out before is believed."""


def shared_options(command: Callable[..., None]) -> Callable[..., None]:
    """Declare what scan and find share, and hand it over as `options`."""
    return declared(command, (TARGETS, FORMAT, INVENTORY, *SHARED))


def question_options(command: Callable[..., None]) -> Callable[..., None]:
    """Declare the same for a command that answers one question, which has fewer formats."""
    return declared(command, (TARGETS, ANSWER_FORMAT, *SHARED))


def report_options(command: Callable[..., None]) -> Callable[..., None]:
    """Declare the same for a command that has targets of its own."""
    return declared(command, (FORMAT, INVENTORY, *SHARED))


def family_options(command: Callable[..., None]) -> Callable[..., None]:
    """Declare the same for an answer that can be drawn."""
    return declared(command, (TARGETS, FAMILY_FORMAT, *SHARED))


def fleet_options(command: Callable[..., None]) -> Callable[..., None]:
    """Declare the same for a command whose formats are its own."""
    return declared(command, SHARED)


def sql_options(command: Callable[..., None]) -> Callable[..., None]:
    """Declare the same for a question in SQL."""
    return declared(command, (TABLE_FORMAT, *SHARED))


def declared(command: Callable[..., None], declarations: Iterable[Declare]) -> Callable[..., None]:
    """Declare options and arguments, and hand over as `options` what is not a command's own."""

    @wraps(command)
    def with_options(**values: Any) -> None:
        shared = {name: values.pop(name) for name in names}
        command(**values, options=gather(**shared))

    own = {"targets", *parameters(with_options)}
    for declare in reversed(tuple(declarations)):
        declare(with_options)
    names = [name for name in parameters(with_options) if name not in own]
    return with_options


def parameters(command: Callable[..., None]) -> list[str]:
    """Name what was declared of a command so far."""
    declared: list[click.Parameter] = vars(command).get("__click_params__", [])
    return [each.name for each in declared if each.name]


def gather(
    *,
    implicit: bool,
    resources: bool,
    no_tests: bool,
    no_project_config: bool,
    no_cache: bool,
    actions: tuple[str, ...],
    **others: Any,
) -> Options:
    """Make one value of all options."""
    narrowed = {name: others.pop(name) for name in ("unchecked", "in_loop", "languages", "names", "paths")}
    selection = Selection(implicit, resources, not no_tests, actions=tuple(map(Action, actions)), **narrowed)
    return Options(selection=selection, configured=not no_project_config, cached=not no_cache, **others)


def processors() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


TARGETS: Declare = click.argument(
    "targets", nargs=-1, required=True, metavar="TARGET...", shell_complete=complete_target
)
FORMAT: Declare = click.option("--format", "style", type=click.Choice([*FORMATS]), help="How to write the report.")
INVENTORY: Declare = click.option(
    "--inventory", is_flag=True, help="Put every site into SARIF, not only what deserves a look."
)
ANSWER_FORMAT: Declare = click.option(
    "--format", "style", type=click.Choice([*ANSWERS]), help="How to write the answer."
)
QUERIES: Declare = click.option(
    "--queries",
    multiple=True,
    type=click.Path(),
    metavar="DIR",
    help="Read languages, or patterns for known ones, from the folders in DIR.",
)
CATALOGUE: Declare = click.option(
    "--catalogue",
    "catalogues",
    multiple=True,
    type=click.Path(),
    metavar="FILE",
    help="Believe what FILE says of names, whatever else is known or found.",
)
FAMILY_FORMAT: Declare = click.option(
    "--format", "style", type=click.Choice([*ANSWERS, *DRAWINGS]), help="How to write the answer."
)
TABLE_FORMAT: Declare = click.option("--format", "style", type=click.Choice([*TABLES]), help="How to write the rows.")
SHARED: tuple[Declare, ...] = (
    click.option(
        "-o",
        "--output",
        "outputs",
        multiple=True,
        type=click.Path(),
        metavar="FILE",
        help="Write to FILE, in the format of its suffix. May be repeated.",
    ),
    click.option("--all", "implicit", is_flag=True, help="Show implicit allocations too: literals, growth ..."),
    click.option("--resources", is_flag=True, help="Show files, sockets and other handles too."),
    click.option(
        "--action",
        "actions",
        multiple=True,
        type=click.Choice([action.value for action in Action]),
        help="Only what does this.",
    ),
    click.option("--language", "languages", multiple=True, metavar="LANGUAGE", help="Only files in this language."),
    click.option("--name", "names", multiple=True, metavar="NAME", help="Only this class, allocator, type or family."),
    click.option(
        "--path", "paths", multiple=True, metavar="GLOB", help="Only these files, or what these folders hold."
    ),
    click.option("--no-tests", is_flag=True, help="Leave test code out."),
    click.option("--unchecked", is_flag=True, help="Only what is used without asking whether there was any memory."),
    click.option("--in-loop", is_flag=True, help="Only what stands in a loop."),
    click.option("--exclude", multiple=True, metavar="GLOB", help="Do not even read these files or folders."),
    QUERIES,
    CATALOGUE,
    click.option("--no-project-config", is_flag=True, help="Ignore an allocscan.toml in the scanned tree."),
    click.option("--revision", default="", metavar="REVISION", help="The branch, tag or commit to read."),
    click.option("--subtree", metavar="FOLDER", help="The part of the tree to report."),
    click.option("--refresh", is_flag=True, help="Fetch what is new before a clone is read."),
    click.option("--no-cache", is_flag=True, help="Find everything out anew."),
    click.option(
        "-j", "--jobs", type=click.IntRange(min=1), default=processors, metavar="N", help="Processes to use at once."
    ),
    click.option("--no-pager", is_flag=True, help="Do not hand long pages to a pager."),
    click.option("--dask", default="", metavar="ADDRESS", help="Let a cluster of Dask read files: tcp://HOST:8786."),
    click.option("-q", "--quiet", is_flag=True, help="No progress, notes or hints: the report and errors only."),
)
"""Decorators, in the order in which the help shows them."""
