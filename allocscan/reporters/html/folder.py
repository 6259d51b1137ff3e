"""A report as a folder of pages, which replaces only what is such a folder itself."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from allocscan.errors import AllocscanError

MARKER = ".allocscan-report"
"""The file that says that a folder is a report, and may be replaced by one."""
MARKER_TEXT = "This folder is a report of allocscan, which replaces it as a whole when it writes here again.\n"


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """Give a folder to be filled, and put it in the place of an older report once it is whole."""
    target = folder.resolve()
    check(folder, target)
    part, old = (target.with_name(f".{target.name}.{os.getpid()}.{what}") for what in ("part", "old"))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.mkdir()
        (part / MARKER).write_text(MARKER_TEXT, encoding="utf-8")
        yield part
        swap(part, target, old)
    except OSError as error:
        raise AllocscanError(f"cannot write {folder}: {error.strerror}") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def check(folder: Path, target: Path) -> None:
    """Refuse to replace what no report of ours is."""
    if target.exists() and not target.is_dir():
        raise AllocscanError(f"cannot write {folder}: it is a file; name a folder")
    if target.is_dir() and any(target.iterdir()) and not (target / MARKER).is_file():
        raise AllocscanError(
            f"cannot write {folder}: it holds files that are no report of allocscan's; name another folder"
        )


def swap(part: Path, target: Path, old: Path) -> None:
    """Put a folder in the place of another, which is there until the new one can be."""
    if target.exists():
        target.rename(old)
    try:
        part.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
