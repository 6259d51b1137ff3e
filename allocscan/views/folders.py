"""The folders of a tree, each with what lies below it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename, dirname

from allocscan.model import Action, Report
from allocscan.summary import by_action, grouped

TOP = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, or a folder with everything below it."""

    path: str
    """Relative to the tree; empty for its top."""
    depth: int
    """How many shown folders it lies in."""
    folder: bool
    files: int
    """Those that were read, with sites or without."""
    lines: int
    actions: Mapping[Action, int]
    language: str = ""

    @property
    def name(self) -> str:
        """Give its own name."""
        return basename(self.path)

    @property
    def sites(self) -> int:
        """Count its sites."""
        return sum(self.actions.values())


def folders(report: Report) -> tuple[Entry, ...]:
    """List folders and the files in them that hold sites, as a tree is printed; the most used branch first."""
    files = tuple(measure(report))
    children: dict[str, list[Entry]] = {}
    for entry in (*files, *add_up(files)):
        if entry.sites and entry.path:
            children.setdefault(dirname(entry.path), []).append(entry)
    return tuple(walk(children))


def measure(report: Report) -> Iterator[Entry]:
    """Yield every file that was read."""
    sites = grouped(report.sites, lambda site: site.location.path)
    for file in report.files:
        yield Entry(file.path, 0, False, 1, file.lines, by_action(sites.get(file.path, ())), file.language)


def add_up(files: Iterable[Entry]) -> Iterator[Entry]:
    """Yield every folder with the totals of what lies below it."""
    below: dict[str, list[Entry]] = {}
    for file in files:
        for folder in above(file.path):
            below.setdefault(folder, []).append(file)
    for path, held in below.items():
        yield total(path, held)


def total(path: str, files: list[Entry]) -> Entry:
    """Add up the files of a folder."""
    actions = {action: sum(file.actions[action] for file in files) for action in Action}
    return Entry(path, 0, True, len(files), sum(file.lines for file in files), actions)


def above(path: str) -> Iterator[str]:
    """Yield the folders that a file lies in, the innermost first, the top last."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def walk(children: Mapping[str, list[Entry]]) -> Iterator[Entry]:
    """Yield everything below the top, each folder before what it holds."""
    pending = [(0, entry) for entry in last_first(children.get(TOP, ()))]
    while pending:
        depth, entry = pending.pop()
        yield Entry(entry.path, depth, entry.folder, entry.files, entry.lines, entry.actions, entry.language)
        pending += [(depth + 1, child) for child in last_first(children.get(entry.path, ()) if entry.folder else ())]


def last_first(entries: Iterable[Entry]) -> list[Entry]:
    """Order entries for a stack."""
    return sorted(entries, key=lambda entry: (entry.sites, not entry.folder, entry.path))
