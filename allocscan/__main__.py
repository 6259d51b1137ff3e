"""Where the program begins: `allocscan`, and `python -m allocscan`."""

import os
import sys
import time
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

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
    """Say what this process is asked, with all that can change the answer; None where a terminal would show it."""
    began = time.time_ns()
    if sys.stdout is None or sys.stdout.isatty():
        return None
    from allocscan import repeats

    heard = sorted((name, said) for name, said in os.environ.items() if name not in UNHEARD)
    stream = sys.stdout.encoding, sys.stdout.errors
    return repeats.question((sys.version, __file__, sys.orig_argv, here(), heard, stream), began)


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
    try:
        for beside, text in answer.printed:
            stream = sys.stderr if beside else sys.stdout
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
            stream.write(text)
            stream.flush()
    except OSError as error:
        from allocscan.cli import failed

        return failed(error)
    return answer.code


if __name__ == "__main__":
    main()
