"""`allocscan scan --html`: a report as pages, and a browser that opens them."""

from dataclasses import replace
from pathlib import Path

import click

from allocscan.cli.options import Options
from allocscan.filters import select
from allocscan.model import Report
from allocscan.reporters import Read

FIRST = "index.html"


def check_pages(pages: str | None, show: bool, targets: tuple[str, ...]) -> None:
    """Refuse what cannot be written or opened."""
    if show and not pages:
        raise click.UsageError("--open needs --html, which says what to open")
    if pages and len(targets) > 1:
        raise click.UsageError("--html takes one TARGET: a report has a folder to itself")


def write_pages(report: Report, read: Read, folder: Path, options: Options) -> str:
    """Write a report into a folder, implicit sites for those who look for them; give its first page."""
    from allocscan import __version__
    from allocscan.cli.progress import shown_progress
    from allocscan.processes import processes
    from allocscan.reporters.html.pages import write_folder
    from allocscan.rules import load_rules

    shown = select(report, options.selection)
    every = select(report, replace(options.selection, implicit=True))
    languages, version = load_rules(options.queries).languages, __version__
    with shown_progress(options.quiet) as progress, processes(options.jobs) as executor:
        write_folder(shown, every, folder, read, languages, version=version, executor=executor, progress=progress)
    return str(folder / FIRST)


def open_page(folder: Path) -> None:
    """Show the first page in a browser."""
    import webbrowser

    webbrowser.open((folder / FIRST).resolve().as_uri())
