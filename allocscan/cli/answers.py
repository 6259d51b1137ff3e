"""What the commands share that answer one question of each target: a page for a person, or JSON for a program."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import TextIO, cast

from allocscan.cli.options import ANSWERS, Options
from allocscan.cli.outputs import PAGE, opened, outputs, repeatable
from allocscan.model import Report
from allocscan.reporters import FORMATS, Read
from allocscan.reporters.fields import Record
from allocscan.reporters.ink import Line, page_width, write

Page = Callable[[int], Iterator[Line]]
"""Lays an answer out in so many columns."""
Answer = Callable[[Report, Read], tuple[Page, Callable[[], Record]]]
"""Answers a question of a report: for a person, and as a record."""

Draw = Callable[[Report, TextIO], None]
"""Draws an answer in one format."""
NONE: Mapping[str, Draw] = {}


def answer(targets: tuple[str, ...], options: Options, ask: Answer, drawings: Mapping[str, Draw] = NONE) -> None:
    """Ask the same of each target, and write what comes back; some answers can be drawn as well."""
    from allocscan.cli import reports
    from allocscan.reporters import answers

    chosen = outputs(options, {**ANSWERS, **{name: FORMATS[name] for name in drawings}}, PAGE)
    repeatable(options, chosen)
    with opened(chosen, paged=not options.no_pager) as places, closing(reports.scanned(targets, options)) as scans:
        for number, (report, read) in enumerate(scans):
            page, record = ask(report, read)
            for each, place in places:
                stream = cast(TextIO, place)
                if each.form.name == PAGE:
                    stream.write("\n" if number else "")
                    write(page(page_width(stream)), stream, report)
                elif each.form.name in drawings:
                    drawings[each.form.name](report, stream)
                else:
                    answers.write(report, record(), stream)
                stream.flush()
