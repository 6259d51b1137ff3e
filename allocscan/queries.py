"""The patterns of a language folder: read, with those that they inherit, and checked."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from allocscan.errors import QueryError
from allocscan.model import Action, Form
from allocscan.tables import read_text

TABLE_FILE = "language.toml"
QUERY_FILES = ("sites.scm", "symbols.scm", "flows.scm")
ERROR_FILE = "errors.scm"

ACTING = frozenset(
    {f"{action}.{form}" for action in Action for form in Form} | {f"call.{form}" for form in Form} | {"call"}
)
"""Captures on what acts on memory, or might."""

REGIONS = frozenset(("unevaluated", "constant", "initial", "deferred"))
"""Captures on code that is looked at but not run, that the compiler runs, that it runs where no `deferred`
code is around, and that the program runs after all."""

ROLES = (
    ACTING
    | REGIONS
    | {
        "import",
        "group",
        "loop",
        "branch",
        "leave",
        "test",
        "flow",
        "return",
        "declares",
        "through",
        "interior",
        "inject",
        "blank",
        "lost",
    }
    | {"silent", "neither", "container", "holds", "lacks", "dropped", "nullable"}
)
"""Captures on a whole construct; `definition.<kind>` joins them with any kind."""

DETAILS = frozenset(
    ("name", "receiver", "target", "variable", "field", "source", "value", "arguments", "parameters", "bases")
    + ("size", "type", "condition", "attribute", "body", "module", "alias", "qualifier", "grown", "operand")
)
"""Captures on parts of a construct."""

CATALOGUES = "catalogues"
"""The folder beside those of the languages."""
INHERITS = re.compile(r"; inherits: (\S+)[^\S\n]*\n")


class Patterns(NamedTuple):
    """The text of one query file."""

    text: str
    path: Path = Path()

    @property
    def number(self) -> int:
        """Count the patterns: each begins in the first column."""
        return len(re.findall(r"^[(\[]", self.text, re.MULTILINE))


def joined(patterns: Iterable[Patterns]) -> str:
    """Put patterns into one text."""
    return "\n".join(part.text for part in patterns)


def language_folders(root: Path) -> Iterator[Path]:
    """List the folders of languages in a folder; raise QueryError for one that cannot be meant."""
    if not root.is_dir():
        raise QueryError(f"{root}: there is no such folder of queries")
    if any(is_written(path) for path in root.iterdir()):
        raise QueryError(f"{root}: is the folder of one language; name the folder that it lies in")
    places = [path for path in sorted(root.iterdir()) if path.is_dir() and any(map(is_written, path.iterdir()))]
    if not places and not (root / CATALOGUES).is_dir():
        raise QueryError(f"{root}: holds no folder with {TABLE_FILE} or queries")
    for place in places:
        check_names(place)
        yield place


def is_written(path: Path) -> bool:
    """Tell whether a file belongs to a language."""
    return path.name == TABLE_FILE or path.suffix == Path(ERROR_FILE).suffix


def check_names(place: Path) -> None:
    """Raise QueryError for a query that nothing would read."""
    for path in sorted(place.iterdir()):
        if is_written(path) and path.name not in (TABLE_FILE, *QUERY_FILES, ERROR_FILE):
            raise QueryError(f"{path}: unknown file; queries are {', '.join((*QUERY_FILES, ERROR_FILE))}")


def load_patterns(path: Path, roots: tuple[Path, ...] = (), below: tuple[Path, ...] = ()) -> tuple[Patterns, ...]:
    """Read a query file, after those that its first line inherits from; nothing where there is none."""
    if not path.exists():
        return ()
    if path in below:
        raise QueryError(f"{path}: inherits from itself")
    text = read_text(path, QueryError)
    check_captures(text, path)
    inherits = INHERITS.match(text)
    parent = parent_of(path, inherits[1], roots) / path.name if inherits else None
    return (*(load_patterns(parent, roots, (*below, path)) if parent else ()), Patterns(text, path))


def parent_of(path: Path, name: str, roots: tuple[Path, ...]) -> Path:
    """Find the folder that defines what a query inherits from: beside its own, or else in the last root that has it."""
    for root in (path.parent.parent, *reversed(roots)):
        if (root / name / TABLE_FILE).exists() and root / name != path.parent:
            return root / name
    raise QueryError(f"{path}: inherits from {name}, which no folder defines")


def check_captures(text: str, path: Path) -> None:
    """Raise QueryError for a capture outside the vocabulary; those that begin with `_` serve predicates."""
    bare = re.sub(r'"(?:\\.|[^"\\])*"|;.*', "", text)
    for name in re.findall(r"@([\w.]+)", bare):
        if not (name in ROLES | DETAILS or name.startswith(("definition.", "_"))):
            accepted = ", ".join(sorted(ROLES | DETAILS | {"definition.<kind>"}))
            raise QueryError(f"{path}: unknown capture @{name}; accepted are {accepted}")
