"""A repository elsewhere, read through its clone."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from allocscan.git import Failed, Repository
from allocscan.model import Source
from allocscan.sources.clones import exclusive, place_of, repository_in, writable
from allocscan.sources.commit import LINK_MODE, Commit, Entry, all_sizes, choose_files, find_commit, open_files
from allocscan.sources.listing import NEWEST
from allocscan.sources.locks import in_use
from allocscan.sources.progress import Progress
from allocscan.sources.targets import Settings, Target
from allocscan.sources.transfer import (
    ALL_REFS,
    FULL_HASH,
    PART_OF_HASH,
    Remote,
    absent,
    explained,
    fetch_commit,
    fetch_files,
    ref_of,
)
from allocscan.sources.tree import SourceTree


def open_clone(target: Target, suffixes: Collection[str], settings: Settings, progress: Progress) -> SourceTree:
    """Open a commit of a clone, after fetching what is not there yet."""
    place = place_of(settings.cache, target.url)
    revision = target.revision or NEWEST
    remote = Remote(repository_in(place), target.url, progress)
    with exclusive(place, lambda: progress("waiting for another run", 0, None)):
        commit, note = bring_commit(place, target, revision, settings, progress)
        source = Source(target.name, target.location, revision, commit.name, commit.date, target.subtree, local=False)
        chosen = choose_files(commit, source, suffixes, settings)
        sizes, more = bring_files(remote, source, chosen)
        tree = open_files(commit, source, chosen, sizes, settings.max_size, verified=True)
        tree.resources.enter_context(in_use(place))
    tree.note = note or more
    return tree


def bring_commit(
    place: Path, target: Target, revision: str, settings: Settings, progress: Progress
) -> tuple[Commit, str]:
    """Find a commit in the clone, or fetch it; and a note on how that went."""
    cached = find_cached(repository_in(place), revision) if place.exists() else None
    if cached and (FULL_HASH.fullmatch(revision) or not settings.refresh):
        return cached, ""
    with writable(place, target.url) as folder:
        progress("connecting", 0, None)
        remote = Remote(repository_in(folder), target.url, progress)
        try:
            note = fetch_commit(remote, revision)
        except Failed as failure:
            raise explained(remote, target.location, revision, failure, advice(cached, revision)) from None
        commit = find_cached(remote.clone, revision)
        if not commit:
            raise absent(remote, target.location, revision)
    return replace(commit, repository=repository_in(place)), note


def find_cached(clone: Repository, revision: str) -> Commit | None:
    """Find the commit of a revision that was fetched before."""
    names = [ref_of(revision), *(f"{refs}{revision}" for refs in ALL_REFS)]
    if FULL_HASH.fullmatch(revision) or PART_OF_HASH.fullmatch(revision):
        names.append(revision)
    return next((commit for name in names if (commit := find_commit(clone, name))), None)


def advice(cached: Commit | None, revision: str) -> str:
    """Say what can be done while there is no network."""
    if cached:
        return f"; without --refresh its state of {cached.date[:10]} can be read"
    return f"; {'it' if revision == NEWEST else revision} can be read without a network once it was fetched"


def bring_files(remote: Remote, source: Source, chosen: Mapping[str, Entry]) -> tuple[Mapping[str, int], str]:
    """Fetch the files that are not there yet; give the sizes of all, and a note."""
    sizes = all_sizes(remote.clone)
    missing = {entry.object for entry in chosen.values() if entry.mode != LINK_MODE} - sizes.keys()
    if not missing:
        return sizes, ""
    try:
        note = fetch_files(remote, source.revision, source.commit, missing)
    except Failed as failure:
        raise explained(remote, source.location, source.commit, failure) from None
    return all_sizes(remote.clone), note
