"""`allocscan scan --html`: a report as pages, and a browser that opens them."""

from dataclasses import replace
from pathlib import Path

import click

from allocscan.cli.options import Options
from allocscan.filters import select
from allocscan.model import Report
from allocscan.reporters import FORMATS, Read, by_suffix

FIRST = "index.html"


def placed(pages: str | None, options: Options) -> tuple[Path | None, Options]:
    """Tell a folder of pages from one page, which is an output like any other."""
    if pages and is_page(pages) and not Path(pages).is_dir():
        return None, replace(options, outputs=(*options.outputs, pages))
    return (Path(pages) if pages else None), options


def is_page(path: str) -> bool:
    """Tell whether a file is one page for a browser, as far as its name tells."""
    return by_suffix(path) is FORMATS["html"]


def first_page(folder: Path | None, options: Options) -> Path | None:
    """Name the page that a browser is to open."""
    return folder / FIRST if folder else next((Path(path) for path in options.outputs if is_page(path)), None)


def check_pages(folder: Path | None, show: bool, targets: tuple[str, ...], options: Options) -> None:
    """Refuse what cannot be written or opened."""
    if show and not first_page(folder, options):
        raise click.UsageError("--open needs --html, which says what to open")
    if folder and len(targets) > 1:
        raise click.UsageError("--html takes one TARGET: a report has a folder to itself")


def checked_out(report: Report, read: Read) -> Report:
    """Find where others see what lies in a folder, to lead there."""
    from allocscan.sources.checkout import find_checkout

    found = find_checkout(report.source, [file.path for file in report.files], read)
    return replace(report, source=replace(report.source, checkout=found)) if found else report


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


def open_page(page: Path) -> None:
    """Show a page in a browser."""
    import webbrowser

    webbrowser.open(page.resolve().as_uri())
