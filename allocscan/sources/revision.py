"""A commit of a repository on this machine, which is read without touching the files there."""

from collections.abc import Collection

from allocscan.errors import SourceError
from allocscan.git import Failed, Repository
from allocscan.model import Source
from allocscan.sources.command import run
from allocscan.sources.commit import choose_files, find_commit, open_files, sizes_of
from allocscan.sources.listing import NEWEST
from allocscan.sources.targets import Settings, Target
from allocscan.sources.tree import SourceTree


def open_revision(target: Target, suffixes: Collection[str], settings: Settings) -> SourceTree:
    """Open a commit in the repository that a folder belongs to, as far as it lies in that folder."""
    assert target.folder
    repository = ("-C", str(target.folder.absolute()))
    revision = target.revision or NEWEST
    commit = find_commit(repository, revision)
    if not commit:
        raise missing(repository, target, revision)
    source = Source(target.name, target.location, revision, commit.name, commit.date, target.subtree, local=False)
    chosen = choose_files(commit, source, suffixes, settings, deep=not target.single)
    sizes = sizes_of(repository, [entry.object for entry in chosen.values()])
    # A crafted repository can hold anything under the name of an object.
    return open_files(commit, source, chosen, sizes, settings.max_size, verified=False)


def missing(repository: Repository, target: Target, revision: str) -> SourceError:
    """Say why a revision cannot be read."""
    try:
        run(repository, "rev-parse", "--git-dir")
    except Failed as failure:
        return SourceError(f"{target.location} has no revisions that git can read: {failure.line}")
    return SourceError(f"{target.location} has no branch, tag or commit {revision!r}")
