"""What a student has tried, remembered between runs."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Effort:
    """What has been done about one exercise."""

    tries: int = 0
    """Answers that were judged."""
    hints: int = 0
    """Hints that were shown."""
    solved: bool = False


NONE = Effort()
Progress = Mapping[str, Effort]
"""By the names of exercises."""


def read_progress(path: Path) -> Progress:
    """Read what is remembered; nothing where there is none, or where it makes no sense."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): read_effort(fields) for name, fields in table.items()}
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        return {}


def read_effort(fields: Mapping[str, Any]) -> Effort:
    """Read what has been done about one exercise."""
    return Effort(int(fields["tries"]), int(fields["hints"]), bool(fields["solved"]))


def write_progress(path: Path, progress: Progress) -> None:
    """Remember it; raise OSError where that cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps({name: asdict(effort) for name, effort in progress.items()}, indent=1), encoding="utf-8")
    part.replace(path)


def tried(effort: Effort, right: bool) -> Effort:
    """Count an answer; what was solved once stays solved."""
    return replace(effort, tries=effort.tries + 1, solved=effort.solved or right)


def hinted(effort: Effort, most: int) -> Effort:
    """Count a hint, as far as there are any."""
    return replace(effort, hints=min(effort.hints + 1, most))
