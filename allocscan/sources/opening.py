"""A target is opened in the way that suits it."""

from collections.abc import Iterable

from allocscan.errors import SourceError
from allocscan.git import Failed
from allocscan.sources.folder import is_bare, open_folder
from allocscan.sources.progress import Progress, silent
from allocscan.sources.targets import Settings, Target
from allocscan.sources.tree import SourceTree


def open_tree(
    target: Target, suffixes: Iterable[str], settings: Settings, *, progress: Progress = silent
) -> SourceTree:
    """Open the files of a target that end in one of the suffixes; raise SourceError where there are none."""
    try:
        tree = open_any(target, frozenset(suffixes), settings, progress)
    except Failed as failure:
        raise SourceError(f"{target.location} cannot be read: {failure.line}") from None
    tree.note = "; ".join(note for note in (target.note, tree.note) if note)
    return tree


def open_any(target: Target, suffixes: frozenset[str], settings: Settings, progress: Progress) -> SourceTree:
    """Open a target in the way that suits it; a folder needs nothing of what knows commits."""
    if not target.folder:
        from allocscan.sources.remote import open_clone

        return open_clone(target, suffixes, settings, progress)
    if target.revision or is_bare(target.folder):
        from allocscan.sources.revision import open_revision

        return open_revision(target, suffixes, settings)
    return open_folder(target, suffixes, settings)
