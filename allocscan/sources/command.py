"""The one way in which git is run: without prompts, hooks or other programs, and with few transports or none."""

import os
import re
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from subprocess import PIPE
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from allocscan.errors import SourceError
from allocscan.sources.address import SCHEMES
from allocscan.sources.progress import Progress

if TYPE_CHECKING:
    from git import Git

Repository = tuple[str, ...]
"""The options that tell git where a repository is."""

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
}
TRANSPORTS = {"GIT_ALLOW_PROTOCOL": ":".join(SCHEMES)}
LONGEST_LINE = 2**16
PREFIX = re.compile(r"(fatal|error|remote): ")


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


def git() -> "Git":
    """Import GitPython, which takes a while and needs git itself."""
    try:
        from git import Git
    except ImportError:
        raise SourceError("git is not installed; install it, or name a folder that is no repository") from None
    return Git()


def command(runner: "Git", repository: Repository, arguments: Iterable[str]) -> list[str]:
    """Put a command line together."""
    options = [word for option in OPTIONS for word in ("-c", option)]
    return [runner.git_exec_name, "--no-pager", *options, *repository, *arguments]


def run(repository: Repository, *arguments: str, feed: bytes = b"", network: bool = False) -> bytes:
    """Run git to its end, by default without any network, and give what it wrote."""
    runner = git()
    with TemporaryFile() as stream:
        stream.write(feed)
        stream.seek(0)
        status, output, complaint = runner.execute(
            command(runner, repository, arguments),
            istream=stream,
            with_extended_output=True,
            with_exceptions=False,
            stdout_as_string=False,
            strip_newline_in_stdout=False,
            env=ENVIRONMENT | TRANSPORTS if network else ENVIRONMENT,
            # Without a terminal nobody can be asked anything.
            start_new_session=network,
        )
    if status:
        raise Failed(complaint)
    return output


@contextmanager
def serving(repository: Repository, *arguments: str) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Run git as long as the block does, without any network; give its input and its output."""
    runner = git()
    process = runner.execute(command(runner, repository, arguments), istream=PIPE, as_process=True, env=ENVIRONMENT)
    try:
        yield process.stdin, process.stdout
    finally:
        with suppress(OSError):
            process.stdin.close()
        process.terminate()
        del process


def transfer(repository: Repository, *arguments: str, feed: bytes = b"", progress: Progress) -> str:
    """Run git with the network until it ends, tell how far it is, and give what else it said."""
    from git.exc import GitCommandError
    from git.util import CallableRemoteProgress

    runner = git()
    reader = CallableRemoteProgress(reporting(progress))
    with TemporaryFile() as stream:
        stream.write(feed)
        stream.seek(0)
        process = runner.execute(
            command(runner, repository, arguments),
            istream=stream,
            as_process=True,
            with_stdout=False,
            env=ENVIRONMENT | TRANSPORTS,
            start_new_session=True,
        )
        try:
            handle = reader.new_message_handler()
            for line in lines(process.stderr):
                handle(line)
            process.wait()
        except GitCommandError:
            raise Failed("\n".join([*reader.error_lines, *reader.other_lines])) from None
        except BaseException:
            # Git has helpers, which would go on without it.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            raise
    return "\n".join(reader.other_lines)


def lines(stream: BufferedReader) -> Iterator[str]:
    """Yield what is written line by line, also where a line is written over the one before."""
    rest = b""
    while chunk := stream.read1(LONGEST_LINE):
        *whole, rest = re.split(rb"[\r\n]", rest[-LONGEST_LINE:] + chunk)
        yield from (line.decode("utf-8", "replace") for line in whole)
    yield rest.decode("utf-8", "replace")


def reporting(progress: Progress) -> Callable[..., None]:
    """Translate what GitPython tells about a transfer."""
    from git.util import RemoteProgress

    stages = {
        RemoteProgress.COUNTING: "counting",
        RemoteProgress.COMPRESSING: "compressing",
        RemoteProgress.RECEIVING: "receiving",
        RemoteProgress.RESOLVING: "resolving",
    }

    def update(code: int, done: float | str | None, total: float | str | None = None, _message: str = "") -> None:
        stage = stages.get(code & RemoteProgress.OP_MASK)
        if stage:
            progress(stage, int(done or 0), int(total) if total else None)

    return update
