"""JSON: the records of JSON Lines as one object, grouped by what they are."""

import json
from typing import TextIO

from allocscan.model import Report
from allocscan.reporters import Read
from allocscan.reporters.records import groups, report_record, summary_record


def report(report: Report, stream: TextIO, _read: Read) -> None:
    """Write a report as one object."""
    lists = {name: list(group) for name, group in groups(report).items()}
    json.dump({"report": report_record(report), **lists, "summary": summary_record(report)}, stream, indent=2)
    stream.write("\n")
