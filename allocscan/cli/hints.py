"""What to type next, after a report for a person."""

import re
from shlex import join

from allocscan import summary
from allocscan.cli.console import columns
from allocscan.cli.options import Options
from allocscan.model import Report
from allocscan.reporters.wording import escape

WIDTH = 80
"""Columns in which commands are explained; longer ones stand alone."""


def next_steps(report: Report, target: str, options: Options) -> list[str]:
    """Give lines that show more of what was just scanned."""
    what = [target, *retyped(options)]
    steps = [
        (join(["allocscan", *what, "--format", "grep"]), "every site, line by line"),
        (join(["allocscan", *what, "--format", "jsonl", "-o", f"{report.source.name}.jsonl"]), "for programs"),
    ]
    used = most_telling(report)
    if used:
        name = re.findall(r"[\w$]+", used.name)[-1]
        steps.insert(0, (join(["allocscan", "find", name, *what]), "where it is used"))
    lines = [f"  {line}" for line in columns(steps)]
    if max(map(len, lines)) > WIDTH:
        lines = [f"  {escape(command)}" for command, _ in steps]
    return ["", "Next", *lines]


def most_telling(report: Report) -> summary.NameTotal | None:
    """Choose a name to look for: the most used one that the tree itself defines, if it defines any."""
    used = [total for total in summary.by_name(report) if re.search(r"\w", total.name)]
    own = (total for total in used if total.definition or total.wraps)
    return next(own, used[0] if used else None)


def retyped(options: Options) -> list[str]:
    """Give the options that say what a target means."""
    revision = ["--revision", options.revision] if options.revision else []
    subtree = ["--subtree", options.subtree] if options.subtree is not None else []
    return [*revision, *subtree]
