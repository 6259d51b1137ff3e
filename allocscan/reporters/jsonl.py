"""JSON Lines: a record per line."""

import json
from typing import TextIO

from allocscan.model import Report
from allocscan.reporters import Read
from allocscan.reporters.records import records


def report(report: Report, stream: TextIO, _read: Read) -> None:
    """Write the records of a report, one to a line."""
    for record in records(report):
        stream.write(json.dumps(record) + "\n")
