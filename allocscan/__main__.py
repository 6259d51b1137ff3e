"""Where the program begins: `allocscan`, and `python -m allocscan`."""

import os
import sys
import time

from allocscan import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from allocscan.remembered.repeats import Answer, Question
    from allocscan.store.cache import Cache

VERSION = (["--version"], ["-V"])
UNHEARD = frozenset(("_", "OLDPWD", "PWD", "SHLVL"))
"""Variables that change nothing; shells set them anew for each command."""
INTERRUPTED = 130


def main() -> None:
    """Run the command line that the program was started with; its version needs nothing of the rest."""
    if sys.argv[1:] in VERSION:
        print(f"allocscan {__version__}")
        return
    from allocscan.garbage import collect_seldom
    from allocscan.places import default_store
    from allocscan.store.cache import Cache

    collect_seldom()
    store = Cache(default_store(os.environ))
    try:
        code = answered(store)
    except KeyboardInterrupt:
        code = INTERRUPTED
    finally:
        store.close()
    sys.exit(code)


def answered(store: "Cache") -> int:
    """Answer what this process is asked, as before or anew, and give the exit code."""
    from allocscan.remembered.repeats import repeated

    asked = question()
    answer = repeated(store, asked) if asked else None
    if answer:
        return repeat(answer)
    from allocscan.cli import main

    return main(asked, store)


def question() -> "Question | None":
    """Say what this process is asked, with all that can change the answer; None where nobody would hear it."""
    began = time.time_ns()
    if sys.stdout is None:
        return None
    from allocscan.remembered import repeats

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
        return os.getcwd()
    except FileNotFoundError:
        return ""


def repeat(answer: "Answer") -> int:
    """Print an answer again, and give its exit code."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="backslashreplace")
    try:
        if answer.paged and sys.stdout.isatty():
            from allocscan.cli.pager import paged

            with paged(True) as pages:
                write(answer, pages)
        else:
            write(answer, sys.stdout)
    except OSError as error:
        from allocscan.cli import failed

        return failed(error)
    return answer.code


def write(answer: "Answer", stream: "TextIO") -> None:
    """Write what was printed, and beside the report what was beside it."""
    for beside, text in answer.printed:
        (sys.stderr if beside else stream).write(text)
        stream.flush()


if __name__ == "__main__":
    main()
