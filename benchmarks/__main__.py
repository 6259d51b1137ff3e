"""`python -m benchmarks TREE...`: print what allocscan and other tools take for the same files."""

import platform
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from allocscan.cli.console import columns, say
from benchmarks.measuring import Cost, cost, peak
from benchmarks.rounds import COLD, Row, compare, processors, warm_up
from benchmarks.tools import others, scan
from benchmarks.workload import Workload, copied, repeated

MEASURE = "ast-grep"
"""The tool that others are held against, where it is there."""
TIMES = (1, 2, 4, 8)
"""How often a tree is repeated."""
CURVE = ("times", "best s", "each x once", "cpu s", "each x once", "MB", "MB each")

TREE = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("trees", nargs=-1, required=True, type=TREE)
@click.option("--rounds", type=click.IntRange(min=1), default=3, help="How often everything is run.")
@click.option("--without", multiple=True, metavar="TOOL", help="Leave a tool out. May be repeated.")
@click.option("--scaling", is_flag=True, help="Measure the tree 1, 2, 4 and 8 times instead.")
def main(trees: tuple[Path, ...], rounds: int, without: tuple[str, ...], scaling: bool) -> None:
    """Measure allocscan and other tools on copies of the files of each TREE.

    Nothing is fetched, and nothing outside a temporary folder is written. Tools
    are those of the `bench` extra, as far as they are installed.
    """
    print(f"{date.today()}, {platform.machine()}, {processors()} processors, Python {platform.python_version()}")
    for tree in trees:
        with TemporaryDirectory(prefix="allocscan-") as place:
            work = copied(tree.resolve(), Path(place, "files"))
            print(f"\n{describe(work)}")
            if scaling:
                curve(work, Path(place), rounds)
            else:
                comparison(work, Path(place), rounds, without)


def describe(work: Workload) -> str:
    """Say what is measured."""
    return f"{work.name}: {len(work.files):,} files in {work.language}, {work.lines:,} lines, {work.size:,} bytes"


def comparison(work: Workload, place: Path, rounds: int, without: tuple[str, ...]) -> None:
    """Print a table of allocscan and the other tools."""
    peers, missing = others(work, place / "peers")
    for name in missing:
        print(f"not installed: {name}")
    chosen = {name: command for name, command in peers.items() if name not in without}
    rows = compare(work, chosen, place, rounds, say)
    measure = next((row.median for row in rows if row.name == MEASURE), None)
    title = ("", "median s", "from", "to", "cpu s", "MB", f"x {MEASURE}" if measure else "")
    print("\n".join(columns([title, *(cells(row, measure) for row in rows)])))


def cells(row: Row, measure: float | None) -> tuple[str, ...]:
    """Write a row of the table."""
    times = (row.median, min(row.seconds), max(row.seconds), row.busy)
    ratio = f"{row.median / measure:.2f}" if measure else ""
    return (row.name, *(f"{seconds:.2f}" for seconds in times), f"{row.peak / 1e6:.0f}", ratio)


def curve(work: Workload, place: Path, rounds: int) -> None:
    """Print what a tree takes that is there several times, and how much of that falls on each."""
    sizes = {times: repeated(work, times, place / f"times{times}") for times in TIMES}
    taken: dict[int, list[Cost]] = {times: [] for times in TIMES}
    for number in range(rounds):
        for times, each in sizes.items():
            say(f"{each.name}: round {number + 1}, {COLD}")
            warm_up(each)
            taken[times].append(cost(scan(each, place / f"round{number}-{times}", *together())))
    say(f"{work.name}: memory")
    held = {times: peak(scan(each, place / f"memory{times}", *together())) for times, each in sizes.items()}
    print("\n".join(columns([CURVE, *points(taken, held)])))


def together() -> tuple[str, ...]:
    """Say that all processors work."""
    return "--jobs", str(processors())


def points(taken: Mapping[int, Iterable[Cost]], held: Mapping[int, int]) -> Iterable[tuple[str, ...]]:
    """Write the points of the curve; the least of several times has the least of other things in it."""
    seconds = {times: min(each.seconds for each in costs) for times, costs in taken.items()}
    busy = {times: min(each.busy for each in costs) for times, costs in taken.items()}
    for times in taken:
        clock, used = (f"{spent[times] / times / spent[TIMES[0]]:.2f}" for spent in (seconds, busy))
        memory = (f"{held[times] / 1e6:.0f}", f"{held[times] / times / 1e6:.0f}")
        yield (str(times), f"{seconds[times]:.2f}", clock, f"{busy[times]:.2f}", used, *memory)


if __name__ == "__main__":
    main()
