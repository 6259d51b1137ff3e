"""The files of a git work tree: tracked ones, and untracked ones that are not ignored."""

import os
from pathlib import Path

from allocscan.errors import SourceError
from allocscan.sources.command import Failed, run

NO_REPOSITORY = "not a git repository"


def list_work_tree(folder: Path) -> tuple[list[str], str]:
    """List what git lists, and a note; no names where git does not speak of this folder."""
    repository = ("-C", str(folder.absolute()))
    try:
        # A repository may claim that its files lie elsewhere.
        if run(repository, "rev-parse", "--is-inside-work-tree") != b"true\n":
            return [], "all files are read, ignored ones too, for git has its work tree elsewhere"
        listed = run(repository, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    except Failed as failure:
        if NO_REPOSITORY in failure.complaint:
            return [], ""
        return [], f"all files are read, ignored ones too, for git refuses the folder: {failure.line}"
    except SourceError as error:
        return [], f"all files are read, ignored ones too: {error}"
    names = sorted({os.fsdecode(name) for name in listed.split(b"\0") if name})
    if not names:
        return [], "all files are read, for git ignores the whole folder"
    nested = [name for name in names if name.endswith("/")]
    note = f"left out as repositories of their own: {', '.join(nested)}" if nested else ""
    return [name for name in names if not name.endswith("/")], note
