"""Git as it is run for repositories: to its end, or for as long as something is read from it or fetched."""

import os
import re
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from subprocess import PIPE
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from allocscan import git
from allocscan.errors import SourceError
from allocscan.git import Failed, Repository
from allocscan.sources.address import SCHEMES
from allocscan.sources.progress import Progress

if TYPE_CHECKING:
    from git import Git

TRANSPORTS = {"GIT_ALLOW_PROTOCOL": ":".join(SCHEMES)}
LONGEST_LINE = 2**16


def gitpython() -> "Git":
    """Import GitPython, which takes a while and needs git itself."""
    try:
        from git import Git
    except ImportError:
        raise SourceError("git is not installed; install it, or name a folder that is no repository") from None
    return Git()


def run(repository: Repository, *arguments: str, feed: bytes = b"", network: bool = False) -> bytes:
    """Run git to its end, by default without any network, and give what it wrote."""
    return git.run(repository, *arguments, feed=feed, more=TRANSPORTS if network else {}, alone=network)


def command(runner: "Git", repository: Repository, arguments: Iterable[str]) -> list[str]:
    """Put a command line together for what goes on while it is listened to."""
    return [runner.git_exec_name, *git.words(repository, arguments)]


@contextmanager
def serving(repository: Repository, *arguments: str) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Run git as long as the block does, without any network; give its input and its output."""
    runner = gitpython()
    process = runner.execute(command(runner, repository, arguments), istream=PIPE, as_process=True, env=git.ENVIRONMENT)
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

    runner = gitpython()
    reader = CallableRemoteProgress(reporting(progress))
    with TemporaryFile() as stream:
        stream.write(feed)
        stream.seek(0)
        process = runner.execute(
            command(runner, repository, arguments),
            istream=stream,
            as_process=True,
            with_stdout=False,
            env={**git.ENVIRONMENT, **TRANSPORTS},
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
