"""What is brought from a repository elsewhere: one commit, and then only the files that are asked for."""

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote, unquote

from allocscan.errors import SourceError
from allocscan.git import Failed, Repository
from allocscan.sources.command import run, transfer
from allocscan.sources.listing import NEWEST
from allocscan.sources.progress import Progress

REMOTE = "origin"
REFS = "refs/allocscan/"
FETCH = (
    "fetch",
    "--progress",
    "--no-tags",
    "--no-write-fetch-head",
    "--recurse-submodules=no",
    "--no-auto-maintenance",
)
NEWEST_ONLY = "--depth=1"
WHOLE_HISTORY = f"--depth={2**31 - 1}"
WITHOUT_FILES = "--filter=blob:none"
ALL_REFS = ("refs/all/tags/", "refs/all/heads/")
EVERYTHING = tuple(f"+{ref.replace('all/', '')}*:{ref}*" for ref in ALL_REFS)
WHOLE = "allocscan.whole"
"""The setting of a clone whose server gives all files or none."""
FULL_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
PART_OF_HASH = re.compile(r"[0-9a-f]{5,39}")
NO_NAME = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|^[-+]")
"""What the name of a branch or tag never contains."""

WITHHELD = re.compile(r"unadvertised object|want \w+ not valid")
ABSENT = re.compile(r"couldn't find remote ref|not our ref|no such remote ref")
NOT_SHALLOW = re.compile(r"does not support shallow|dumb http")
SSH_ADVICE = re.compile(r"fatal: Could not read|Please make sure|and the repository exists")
UNFILTERED = "filtering not recognized"
ALL_FILES = "the server cannot leave files out, so all of them were transferred"
ALL_COMMITS = "the server does not give single commits, so the whole history was transferred"


@dataclass(frozen=True, slots=True)
class Remote:
    """A repository elsewhere, and the clone that takes in what it gives."""

    clone: Repository
    url: str
    progress: Progress

    @property
    def repository(self) -> Repository:
        """Tell git the address, which is told each time and never stored, for it may hold a password."""
        return (*self.clone, "-c", f"remote.{REMOTE}.url={self.url}")

    def fetch(self, *arguments: str, feed: bytes = b"", anew: bool = False) -> str:
        """Run one fetch, and give what git said; `anew` does not tell the server what is there."""
        options = ("-c", "fetch.negotiationAlgorithm=noop") if anew else ()
        try:
            return transfer((*self.repository, *options), *FETCH, *arguments, feed=feed, progress=self.progress)
        finally:
            if WITHOUT_FILES in arguments:
                forget_remote(self.clone)


def forget_remote(clone: Repository) -> None:
    """Undo that git remembers where to find the files that were left out: it would look there for each by itself."""
    with suppress(Failed):
        run(clone, "config", "--remove-section", f"remote.{REMOTE}")


def ref_of(revision: str) -> str:
    """Name the place in a clone that keeps a revision."""
    return REFS + quote(revision, safe="").replace(".", "%2E").replace("~", "%7E")


def revision_of(ref: str) -> str:
    """Give the revision that a place keeps."""
    return unquote(ref.removeprefix(REFS))


def fetch_commit(remote: Remote, revision: str) -> str:
    """Bring the newest state of a revision without its files, if the server can do that; give a note."""
    if NO_NAME.search(revision):
        raise SourceError(f"{revision!r} is no revision; name a branch, a tag or a whole commit")
    refspec = f"+{revision}:{ref_of(revision)}"
    try:
        said = remote.fetch(NEWEST_ONLY, *filter_options(remote.clone), REMOTE, refspec)
    except Failed as failure:
        return fetch_history(remote, revision, failure)
    return ALL_FILES if UNFILTERED in said else ""


def fetch_history(remote: Remote, revision: str, failure: Failed) -> str:
    """Bring more than one commit, where the server gives no less."""
    if NOT_SHALLOW.search(failure.complaint):
        remote.fetch(REMOTE, *EVERYTHING, f"+{NEWEST}:{ref_of(NEWEST)}", anew=True)
    elif FULL_HASH.fullmatch(revision) and WITHHELD.search(failure.complaint):
        remote.fetch(WHOLE_HISTORY, REMOTE, *EVERYTHING, anew=True)
    else:
        raise failure
    return ALL_COMMITS


def filter_options(clone: Repository) -> tuple[str, ...]:
    """Ask for no files, unless the server is known to refuse them later."""
    try:
        run(clone, "config", "--get", WHOLE)
    except Failed:
        return (WITHOUT_FILES,)
    return ()


def fetch_files(remote: Remote, revision: str, commit: str, names: Collection[str]) -> str:
    """Bring the files that are missing, in one request; give a note."""
    try:
        remote.fetch("--stdin", REMOTE, feed="".join(f"{name}\n" for name in sorted(names)).encode(), anew=True)
    except Failed as failure:
        if not (WITHHELD.search(failure.complaint) or ABSENT.search(failure.complaint)):
            raise
        run(remote.clone, "config", WHOLE, "true")
        remote.fetch("--refetch", NEWEST_ONLY, REMOTE, f"+{commit}:{ref_of(revision)}")
        return ALL_FILES
    return ""


def explained(remote: Remote, location: str, revision: str, failure: Failed, hint: str = "") -> SourceError:
    """Say in one line why nothing came, and what can be done; the hint is for when nobody answers."""
    if ABSENT.search(failure.complaint) or WITHHELD.search(failure.complaint):
        return absent(remote, location, revision)
    if "terminal prompts disabled" in failure.complaint:
        return SourceError(f"{location} does not exist, or needs credentials that git does not have")
    return SourceError(f"{location} cannot be reached: {cause(failure)}{hint}")


def cause(failure: Failed) -> str:
    """Give the line that says most, without the address in it."""
    if failure.line.startswith("Could not read from remote"):
        own = [line for line in failure.complaint.splitlines() if line.strip() and not SSH_ADVICE.match(line)]
        return own[-1].strip() if own else failure.line
    line = re.sub(r"^unable to access '.*?': ", "", failure.line)
    # Over its own protocol git goes on in the next line.
    number = re.search(r"errno=(.*)", failure.complaint)
    return f"{line.rstrip(':')}: {number[1]}" if number and line.endswith(":") else line


def absent(remote: Remote, location: str, revision: str) -> SourceError:
    """Say that a repository does not have a revision, and what it has."""
    if revision == NEWEST:
        return SourceError(f"{location} is empty: it has no commits")
    close = similar(revision, names_at(remote))
    hint = f"; did you mean {close!r}?" if close else ""
    if not close and PART_OF_HASH.fullmatch(revision):
        hint = "; a commit is named by its whole hash"
    return SourceError(f"{location} has no branch, tag or commit {revision!r}{hint}")


def names_at(remote: Remote) -> list[str]:
    """List the branches and tags of a repository elsewhere; none if that fails."""
    try:
        output = run(remote.repository, "ls-remote", "--heads", "--tags", "--refs", REMOTE, network=True)
    except Failed:
        return []
    refs = [line.partition("\t")[2] for line in output.decode("utf-8", "replace").splitlines()]
    return [ref.removeprefix("refs/heads/").removeprefix("refs/tags/") for ref in refs]


def similar(revision: str, names: list[str]) -> str:
    """Find a name with the same version number, or else with nearly the same letters."""
    from difflib import get_close_matches

    numbers = re.findall(r"\d+", revision)
    same = [name for name in names if numbers and re.findall(r"\d+", name) == numbers]
    return next(iter(get_close_matches(revision, same, 1, 0) or get_close_matches(revision, names, 1)), "")
