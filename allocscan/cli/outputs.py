"""Where reports go and in which format: what `-o`, the suffixes of files and `--format` decide together."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import click

from allocscan.cli import pager
from allocscan.cli.console import STANDARD, output, whole_path
from allocscan.cli.options import Options
from allocscan.cli.recording import current
from allocscan.model import Report
from allocscan.remembered.renewal import Shown
from allocscan.reporters import FORMATS, Format, Medium, Place, Read, Write, by_suffix, writing

PAGE = "terminal"
"""The format for a person."""


@dataclass(frozen=True, slots=True)
class Output:
    """A place that reports go to, and how they are written there."""

    path: str
    form: Format

    @property
    def standard(self) -> bool:
        """Tell whether it is standard output."""
        return self.path == STANDARD


Places = list[tuple[Output, Place]]
"""What is open to be written to."""


def outputs(options: Options, formats: Mapping[str, Format], default: str) -> tuple[Output, ...]:
    """Decide on the format of each output: its suffix says it, or else `--format`."""
    paths = options.outputs or (STANDARD,)
    repeated = next((path for path in paths if paths.count(path) > 1), None)
    if repeated:
        raise click.UsageError(f"-o {repeated} is given twice")
    chosen = tuple(Output(path, by_suffix(path) or FORMATS[options.style or default]) for path in paths)
    check_style(options.style, chosen)
    for each in chosen:
        check(each, formats)
    return chosen


def check_style(style: str | None, chosen: Iterable[Output]) -> None:
    """Refuse a `--format` that nothing is written in."""
    said = {each.form.name: each.path for each in chosen}
    if style and style not in said:
        other, path = next(iter(said.items()))
        raise click.UsageError(f"--format {style} is without effect: the suffix of {path} says {other}")


def check(chosen: Output, formats: Mapping[str, Format]) -> None:
    """Refuse a format that a command does not write, or that cannot go where it should."""
    if chosen.form.name not in formats:
        raise click.UsageError(f"an answer is written as {' or '.join(formats)}, not as {chosen.form.name}")
    if chosen.standard and chosen.form.medium is not Medium.TEXT:
        raise click.UsageError(f"{chosen.form.name} needs a file: name it with -o")


def settings(options: Options, chosen: Iterable[Output]) -> dict[str, Any]:
    """Give what formats can be told beside; refuse what none of them heeds."""
    from allocscan import __version__

    if options.inventory and not any("inventory" in each.form.settings for each in chosen):
        raise click.UsageError("--inventory is for SARIF: name a file.sarif with -o, or say --format sarif")
    return {"inventory": options.inventory, "version": __version__}


def repeatable(options: Options, chosen: Iterable[Output]) -> None:
    """Say that nothing comes of a run but what it prints, if that is so."""
    alone = options.cached and not (options.refresh or options.dask)
    current().whole = alone and all(each.standard for each in chosen)


def showing(chosen: Iterable[Output], measured: bool) -> Shown:
    """Say what of the scanned files can change what a run prints; who measures them looks at all but their texts."""
    most = {each.form.shows for each in chosen} | ({Shown.OUTLINES} if measured else set())
    return max(most, key=[*Shown].index, default=Shown.TEXT)


def looked_at(chosen: Iterable[Output]) -> tuple[str, ...]:
    """Name the parts of a report that some formats look at; none where one of them looks at all."""
    parts = [each.form.parts for each in chosen]
    return tuple(dict.fromkeys(chain.from_iterable(parts))) if all(parts) else ()


@contextmanager
def opened(chosen: Iterable[Output], *, paged: bool = False) -> Iterator[Places]:
    """Open all outputs; the files appear together, once everything is written."""
    with ExitStack() as stack:
        yield [(each, stack.enter_context(place(each, paged))) for each in chosen]


def place(chosen: Output, paged: bool) -> AbstractContextManager[Place]:
    """Open one output, or prepare its path; pages for a person may be long."""
    if chosen.standard and chosen.form.name == PAGE:
        return pager.paged(paged)
    return output(chosen.path) if chosen.form.medium is Medium.TEXT else whole_path(Path(chosen.path))


@contextmanager
def writers(places: Places, **settings: Any) -> Iterator[Write]:
    """Give what writes a report to each of some places in its format."""
    with ExitStack() as stack:
        writes = [stack.enter_context(writing(chosen.form, place, **settings)) for chosen, place in places]

        def write_all(report: Report, read: Read) -> None:
            for write in writes:
                write(report, read)

        yield write_all
