"""Where the program begins: `allocscan`, and `python -m allocscan`."""

import os
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from allocscan import __version__

if TYPE_CHECKING:
    from allocscan.repeats import Answer, Question

VERSION = (["--version"], ["-V"])
UNHEARD = frozenset(("_", "OLDPWD", "PWD", "SHLVL"))
"""Variables that change nothing; shells set them anew for each command."""
INTERRUPTED = 130


def main() -> None:
    """Run the command line that the program was started with; its version needs nothing of the rest."""
    if sys.argv[1:] in VERSION:
        print(f"allocscan {__version__}")
        return
    from allocscan.processes import collect_seldom

    collect_seldom()
    try:
        asked = question()
        answer = remembered(asked) if asked else None
        if answer:
            sys.exit(repeat(answer))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    from allocscan.cli import main

    main(asked)


def question() -> "Question | None":
    """Say what this process is asked, with all that can change the answer; None where nobody would hear it."""
    began = time.time_ns()
    if sys.stdout is None:
        return None
    from allocscan import repeats

    heard = sorted((name, said) for name, said in os.environ.items() if name not in UNHEARD)
    stream = sys.stdout.encoding, sys.stdout.errors, sys.stdout.isatty(), columns()
    return repeats.question((sys.version, __file__, sys.orig_argv, here(), heard, stream), began)


def columns() -> int:
    """Say how wide the terminal is that the answer is shown by; 0 where none does."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return 0


def here() -> str:
    """Name the folder that relative paths begin in; empty where it is gone."""
    try:
        return str(Path.cwd())
    except FileNotFoundError:
        return ""


def remembered(asked: "Question") -> "Answer | None":
    """Give what was answered before."""
    from allocscan.cache import Cache
    from allocscan.places import default_store
    from allocscan.repeats import repeated

    return repeated(Cache(default_store()), asked)


def repeat(answer: "Answer") -> int:
    """Print an answer again, and give its exit code."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        with page(answer.paged) as stream:
            for beside, text in answer.printed:
                (sys.stderr if beside else stream).write(text)
                stream.flush()
    except OSError as error:
        from allocscan.cli import failed

        return failed(error)
    return answer.code


def page(paged: bool) -> "AbstractContextManager[TextIO]":
    """Give standard output, or what shows it by a pager where it is long."""
    if not (paged and sys.stdout.isatty()):
        return nullcontext(sys.stdout)
    from allocscan.cli.pager import paged as shown

    return shown(paged)


if __name__ == "__main__":
    main()
