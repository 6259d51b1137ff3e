"""How git is run: without prompts, hooks or other programs, and with few transports or none."""

import re
from collections.abc import Iterable, Mapping

from allocscan.errors import SourceError

Repository = tuple[str, ...]
"""The options that tell git where a repository is."""

PROGRAM = "git"
SETTER = "/usr/bin/env"
"""Runs a program with something added to its environment."""
OPTIONS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.askPass=",
    "credential.interactive=false",
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "fetch.unpackLimit=1",
    "fetch.writeCommitGraph=false",
    "gc.auto=0",
    "maintenance.auto=false",
)
"""Settings that stand above those of the user and of the repository."""

ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
    "SSH_ASKPASS_REQUIRE": "never",
    "GCM_INTERACTIVE": "never",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    # What is read is never completed from elsewhere: a crafted repository could say how.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    # Complaints are read.
    "LC_ALL": "POSIX",
}
PREFIX = re.compile(r"(fatal|error|remote): ")
NOTHING: Mapping[str, str] = {}
MISSING = 127
"""The status of a program that is not there."""


class Failed(Exception):
    """Git gave up, and what it said."""

    def __init__(self, complaint: str) -> None:
        super().__init__(complaint)
        self.complaint = complaint

    @property
    def line(self) -> str:
        """The line that says most, without what is the same in all of them."""
        lines = [line for line in self.complaint.splitlines() if line.strip()]
        fatal = [line for line in lines if line.startswith("fatal: ")] or lines or ["git gave no reason"]
        return PREFIX.sub("", fatal[0], count=1).strip()


def words(repository: Repository, arguments: Iterable[str]) -> list[str]:
    """Give what follows the name of the program."""
    options = [word for option in OPTIONS for word in ("-c", option)]
    return ["--no-pager", *options, *repository, *arguments]


def run(
    repository: Repository, *arguments: str, feed: bytes = b"", more: Mapping[str, str] = NOTHING, alone: bool = False
) -> bytes:
    """Run git to its end, with more in its environment if wanted, and give what it wrote."""
    import subprocess

    environment = [f"{name}={value}" for name, value in {**ENVIRONMENT, **more}.items()]
    command = [SETTER, *environment, PROGRAM, *words(repository, arguments)]
    try:
        # Without a terminal nobody can be asked anything.
        ran = subprocess.run(command, input=feed, capture_output=True, start_new_session=alone, check=False)
    except FileNotFoundError:
        raise SourceError(f"{SETTER} is not there, so that git cannot be run") from None
    if ran.returncode == MISSING:
        raise SourceError("git is not installed; install it, or name a folder that is no repository")
    if ran.returncode:
        raise Failed(ran.stderr.decode("utf-8", "replace"))
    return ran.stdout


def listed(folder: str) -> bytes | None:
    """List what git sees in a folder: tracked files, and others that are not ignored; None outside of its work tree."""
    repository = ("-C", folder)
    # A repository may claim that its files lie elsewhere.
    return listed_again(folder) if run(repository, "rev-parse", "--is-inside-work-tree") == b"true\n" else None


def listed_again(folder: str) -> bytes:
    """List the same, or fail, of what was a work tree."""
    return run(("-C", folder), "ls-files", "-z", "--cached", "--others", "--exclude-standard")
