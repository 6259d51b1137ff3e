"""The files of a git work tree: tracked ones, and untracked ones that are not ignored."""

import os
from pathlib import Path
from typing import NamedTuple

from allocscan import git
from allocscan.errors import SourceError

NO_REPOSITORY = "not a git repository"


class WorkTree(NamedTuple):
    """What git lists in a folder."""

    names: list[str]
    """None where git does not speak of this folder."""
    note: str
    listed: bytes = b""
    """In its own words."""


def list_work_tree(folder: Path) -> WorkTree:
    """List what git lists, and say why it lists nothing."""
    try:
        listed = git.listed(str(folder.absolute()))
    except git.Failed as failure:
        if NO_REPOSITORY in failure.complaint:
            return WorkTree([], "")
        return WorkTree([], f"all files are read, ignored ones too, for git refuses the folder: {failure.line}")
    except SourceError as error:
        return WorkTree([], f"all files are read, ignored ones too: {error}")
    if listed is None:
        return WorkTree([], "all files are read, ignored ones too, for git has its work tree elsewhere")
    names = sorted({os.fsdecode(name) for name in listed.split(b"\0") if name})
    if not names:
        return WorkTree([], "all files are read, for git ignores the whole folder")
    nested = [name for name in names if name.endswith("/")]
    note = f"left out as repositories of their own: {', '.join(nested)}" if nested else ""
    return WorkTree([name for name in names if not name.endswith("/")], note, listed)
