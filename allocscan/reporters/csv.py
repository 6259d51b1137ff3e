"""CSV: a row for each site, for spreadsheets and data frames."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from allocscan.model import Report
from allocscan.reporters import Read, Write
from allocscan.reporters.cells import cells
from allocscan.reporters.columns import columns
from allocscan.reporters.records import site_records

SOURCE = ("target", "commit")
"""The columns that tell several targets apart."""


@contextmanager
def writing(stream: TextIO) -> Iterator[Write]:
    """Write the names of the columns, then the sites of any number of reports."""
    rows = csv.writer(stream)
    wanted = columns("site")
    rows.writerow((*SOURCE, *(column.name for column in wanted)))

    def write(report: Report, _read: Read) -> None:
        source = (report.source.name, report.source.commit)
        for record in site_records(report):
            rows.writerow(cells((*source, *(column.of(record) for column in wanted))))
        stream.flush()

    yield write
