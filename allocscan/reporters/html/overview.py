"""The first page: what was scanned, what was found, and what was not understood."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from posixpath import dirname

from allocscan import summary
from allocscan.model import Problem, Report, Site
from allocscan.reporters.html.findings import ROOM, RuleRows
from allocscan.reporters.html.links import Link, Links, explorer
from allocscan.reporters.html.rows import becomes
from allocscan.reporters.html.treemap import Box, squarify
from allocscan.reporters.html.watched import Watched, watched
from allocscan.reporters.page import unmatched_lines
from allocscan.reporters.wording import opening
from allocscan.views.folders import Entry

BARS = 12
"""Bars of a chart; the rest is added up in the last one."""
PROBLEMS, LOSSES = 200, 50
WIDE, HIGH = 960.0, 420.0
"""The size of the map, in its own units."""
TITLE, MARGIN = 18.0, 2.0
"""Room for the name of a folder, and around what it holds."""
LEGIBLE = 34.0
"""Boxes that are narrower bear no name."""
SPLIT = 60.0
"""Folders that are narrower or lower are not divided."""
LETTER = 7.2
"""The width of a letter."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart."""

    label: Link
    count: int
    share: float
    """Of the longest bar, in percent; 0 for what is no single bar."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Sites counted by one of their sides."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A box of the map."""

    box: Box
    label: str
    """What fits into the box."""
    title: str
    href: str
    depth: int
    density: int
    """Sites per line in five steps, from 0."""
    folder: bool


@dataclass(frozen=True, slots=True)
class Loss:
    """A file of which something was lost."""

    place: Link
    percent: float
    bytes: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """What was not understood, and where."""

    place: Link
    problem: Problem


@dataclass(frozen=True, slots=True)
class Overview:
    """The page, part by part."""

    explicit: int
    implicit: int
    languages: tuple[summary.LanguageTotal, ...]
    total: summary.LanguageTotal
    map: tuple[Cell, ...]
    charts: tuple[Chart, ...]
    unmatched: tuple[str, ...]
    """Of which families one end is missing."""
    looks: Chart
    """What deserves a look."""
    loss: float
    losses: tuple[Loss, ...]
    troubles: tuple[Trouble, ...]
    damaged: int
    """Files of which something was lost; there may be room for fewer. Likewise `problems`."""
    problems: int
    watched: Watched | None
    """What programs did; None where none was watched."""


def overview(
    report: Report, every: Report, entries: tuple[Entry, ...], rules: tuple[RuleRows, ...], links: Links
) -> Overview:
    """Lay the page out: what is counted, beside everything that was found."""
    languages = summary.by_language(report)
    worst = summary.worst_files(report.files)
    explicit = summary.count_explicit(every.sites)
    return Overview(
        explicit,
        len(every.sites) - explicit,
        languages,
        summary.add_up("together", languages),
        tuple(treemap(entries, links)),
        tuple(charts(report, links)),
        tuple(map(opening, unmatched_lines(report))),
        Chart("Worth a look", tuple(rule_bars(rules))),
        summary.parse_loss(report.files),
        tuple(
            Loss(links.line(file.path, 1, file.path), summary.parse_loss([file]), file.lost) for file in worst[:LOSSES]
        ),
        tuple(
            Trouble(links.line(each.path, each.line), each) for each in sorted(report.problems, key=gravity)[:PROBLEMS]
        ),
        len(worst),
        len(report.problems),
        watched(report, links),
    )


def gravity(problem: Problem) -> tuple[str, str, int]:
    """Order problems by kind, then by place."""
    return problem.kind, problem.path, problem.line


def charts(report: Report, links: Links) -> Iterator[Chart]:
    """Count sites by each of some sides."""
    sides: tuple[tuple[str, str, Callable[[Site], str]], ...] = (
        ("By family", "family", lambda site: site.family),
        ("By form", "form", lambda site: site.form.value),
        ("By type", "type", lambda site: site.type),
        ("What becomes of it in its function", "becomes", lambda site: becomes(links.references.life_of(site))),
        ("By allocator or class", "allocator", summary.canonical_name),
    )
    told: list[Counter[str]] = []
    for title, facet, side in sides:
        counted = Counter(filter(None, map(side, report.sites)))
        if counted and counted not in told:
            told.append(counted)
            yield Chart(title, tuple(bars(facet, counted)))


def bars(facet: str, counted: Counter[str]) -> Iterator[Bar]:
    """Yield the longest bars, the rest together."""
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    longest = ranked[0][1]
    for name, count in ranked[:BARS]:
        yield Bar(Link(name, explorer(**{facet: name})), count, 100 * count / longest)
    rest = sum(count for _, count in ranked[BARS:])
    if rest:
        yield Bar(Link(f"{len(ranked) - BARS:,} others"), rest, 0.0)


def rule_bars(rules: tuple[RuleRows, ...]) -> Iterator[Bar]:
    """Yield a bar for each rule that has findings."""
    longest = max((len(each.rows) for each in rules), default=0)
    for each in rules:
        yield Bar(Link(each.about.title, f"{ROOM}#{each.rule}"), len(each.rows), 100 * len(each.rows) / longest)


def treemap(entries: Iterable[Entry], links: Links) -> Iterator[Cell]:
    """Divide a rectangle among folders and files by their sites, and each folder that has room among what it holds."""
    children: dict[str, list[Entry]] = {}
    for entry in entries:
        children.setdefault(dirname(entry.path), []).append(entry)
    pending = [(0, "", Box(0.0, 0.0, WIDE, HIGH))]
    while pending:
        depth, path, box = pending.pop(0)
        held = children.get(path, [])
        for entry, place in zip(held, squarify([each.sites for each in held], box), strict=True):
            divided = entry.folder and min(place.width, place.height) >= SPLIT
            yield cell(entry, place, depth, divided, links)
            if divided:
                pending.append((depth + 1, entry.path, place.inner(MARGIN, TITLE)))


def cell(entry: Entry, box: Box, depth: int, divided: bool, links: Links) -> Cell:
    """Describe a box; a folder that is not divided stands for all that it holds."""
    room = int((box.width - 6) / LETTER)
    fits = box.width >= LEGIBLE and box.height >= TITLE - MARGIN
    name = entry.name + ("/" if entry.folder else "")
    label = (name if len(name) <= room else f"{name[: room - 1]}…") if fits else ""
    title = f"{entry.path}{'/' if entry.folder else ''}: {entry.sites:,} sites in {entry.lines:,} lines"
    return Cell(box, label, title, inside(entry, links), depth, -1 if divided else density(entry), entry.folder)


def inside(entry: Entry, links: Links) -> str:
    """Lead to the sites of a folder, or to the page of a file, where it has one."""
    if entry.folder:
        return explorer(directory=entry.path)
    return links.line(entry.path, 1).href if entry.path in links.files else explorer(q=entry.path)


def density(entry: Entry) -> int:
    """Say how close sites stand, in five steps: up to 5, 10, 20 and 40 in a thousand lines, or more."""
    thousand = 1000 * entry.sites / max(1, entry.lines)
    return sum(thousand > step for step in (5, 10, 20, 40))
