"""Every format tells the same numbers of one run."""

import csv
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from allocscan.model import Action
from allocscan.reporters import FORMATS
from allocscan.sources import sample_names
from tests.cli.conftest import Run, ran

__all__ = ["ran"]

Totals = dict[str, int]
ACTIONS = tuple(each.value for each in Action)
SUFFIXES = (".json", ".jsonl", ".csv", ".sqlite", ".sarif", ".md", ".html", ".txt")
DRAWN = {"dot", "mermaid"}
"""Formats that show allocators and no totals."""
STREAMED = {"grep"}
"""Formats that no suffix stands for."""


def totals(actions: Iterable[str]) -> Totals:
    """Count sites by action."""
    counted = Counter(action for action in actions if action in ACTIONS)
    return {action: counted[action] for action in ACTIONS}


def whole(path: Path) -> dict[str, Any]:
    """Read JSON."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def of_json(path: Path) -> Totals:
    sites = totals(site["action"] for site in whole(path)["sites"])
    summary = whole(path)["summary"]
    assert {action: summary[action] for action in ACTIONS} == sites
    return sites


def of_jsonl(path: Path) -> Totals:
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return totals(each["action"] for each in records if each["record"] == "site")


def of_csv(path: Path) -> Totals:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return totals(row["action"] for row in csv.DictReader(stream))


def of_sqlite(path: Path) -> Totals:
    with closing(sqlite3.connect(path)) as database:
        sites = totals(action for (action,) in database.execute("SELECT action FROM sites"))
        for view in ("by_family", "by_file"):
            (said,) = database.execute(f"SELECT COALESCE(SUM(sites), 0) FROM {view}").fetchone()
            assert said == sum(sites.values()), view
    return sites


def of_sarif(path: Path) -> Totals:
    return totals(result["ruleId"] for run in whole(path)["runs"] for result in run["results"])


def of_table(path: Path, languages: int) -> Totals:
    """Add up the rows of a table of languages, whose heading names the actions."""
    table = [cells(line) for line in path.read_text(encoding="utf-8").splitlines()]
    heading = next(at for at, row in enumerate(table) if set(ACTIONS) <= set(row))
    first = table[heading].index(ACTIONS[0]) - len(table[heading])
    rows = [[number(cell) for cell in (*row, "")[first - 1 : first + 3]] for row in table[heading + 1 :]]
    counted = [row for row in rows if len(row) == len(ACTIONS) and None not in row][:languages]
    return {action: sum(row[at] or 0 for row in counted) for at, action in enumerate(ACTIONS)}


def cells(line: str) -> list[str]:
    """Divide a row of a table."""
    return re.split(r" *\| *| {2,}", line.strip(" |"))


def number(cell: str) -> int | None:
    """Read a number, if it is one."""
    return int(cell.replace(",", "")) if cell.replace(",", "").isdigit() else None


def of_page(path: Path) -> Totals:
    """Read the tiles of the first page."""
    text = path.read_text(encoding="utf-8")
    tiles = re.findall(r'<span class="action (\w+)">(?:(?!</li>).)*?<strong>([\d,]+)</strong>', text, re.DOTALL)
    return {action: int(number.replace(",", "")) for action, number in tiles}


READERS: dict[str, Callable[[Path], Totals]] = {
    ".json": of_json,
    ".jsonl": of_jsonl,
    ".csv": of_csv,
    ".sqlite": of_sqlite,
    ".sarif": of_sarif,
    ".html": of_page,
}


def told(folder: Path) -> dict[str, Totals]:
    """Read the totals that each file of a run tells."""
    languages = len(whole(folder / "report.json")["summary"]["languages"])
    found = {suffix: reader(folder / f"report{suffix}") for suffix, reader in READERS.items()}
    for suffix in (".md", ".txt"):
        found[suffix] = of_table(folder / f"report{suffix}", languages)
    return {**found, "pages": of_page(folder / "pages" / "index.html")}


@pytest.mark.parametrize("everything", [(), ("--all", "--resources")])
@pytest.mark.parametrize("name", sample_names())
def test_every_format_tells_the_same_totals(name: str, everything: tuple[str, ...], ran: Run, tmp_path: Path) -> None:
    outputs = [part for suffix in SUFFIXES for part in ("-o", str(tmp_path / f"report{suffix}"))]
    assert ran(name, *everything, "--inventory", "--html", str(tmp_path / "pages"), *outputs).code == 0
    found = told(tmp_path)
    assert all(each == found[".json"] for each in found.values()), found
    lines = ran(name, *everything, "--format", "grep").output.splitlines()
    assert len(lines) == sum(found[".json"].values())


def test_no_format_is_left_out() -> None:
    read = {name for name, each in FORMATS.items() if set(each.suffixes) & set(SUFFIXES)}
    assert read | {"terminal"} | STREAMED | DRAWN == set(FORMATS)
