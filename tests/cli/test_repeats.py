"""What was asked before is answered again without a scan, and only while nothing could change the answer."""

import os
import pty
import struct
import subprocess
import sys
from collections.abc import Callable
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ
from time import sleep

import pytest

from allocscan.store.stamps import FINE, SECOND
from tests.cli.test_pager import received
from tests.sources.repositories import commit, git

SCRIPT = """
import sys
from allocscan.remembered import repeats
from allocscan.__main__ import main
kept, found = repeats.keep, repeats.repeated
def noted(kind, function):
    def call(*arguments):
        answer = function(*arguments)
        if answer or kind == "kept":
            sys.stderr.write(kind + "\\n")
        return answer
    return call
repeats.repeated = noted("repeated", found)
sys.argv = ["allocscan", *{arguments}]
main()
"""
SOURCE = """#include <stdlib.h>

int *{name}(void)
{{
	int *made = malloc({size});
	*made = 1;
	return made;
}}
"""
MINE = '[[family]]\nname = "mine"\nallocate = ["one"]\n'


class Asked:
    """Runs of the program, each in a process of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.here = home / "here"
        """Python looks for modules where it runs, so that nothing may change there."""
        self.here.mkdir(parents=True)
        self.environment = {**os.environ, "XDG_CACHE_HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")}

    def __call__(self, *arguments: str, **environment: str) -> tuple[str, bool]:
        """Run a command line; give what it prints, and whether that was known."""
        # Nothing is believed that was changed as late as this.
        sleep(2 * FINE / SECOND)
        command = [sys.executable, "-c", SCRIPT.format(arguments=list(arguments))]
        ran = subprocess.run(
            command, cwd=self.here, env={**self.environment, **environment}, capture_output=True, text=True, check=False
        )
        assert ran.returncode in (0, 1), ran.stderr
        known = ran.stderr.startswith("repeated\n")
        return ran.stdout + ran.stderr.removeprefix("repeated\n") + str(ran.returncode), known


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    """Begin without a cache."""
    return Asked(tmp_path / "home")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Write a small tree."""
    place = tmp_path / "tree"
    (place / "part").mkdir(parents=True)
    for name in ("one", "part/two"):
        (place / f"{name}.c").write_text(SOURCE.format(name=Path(name).name, size=8))
    return place


LINES = (
    ("scan", "{}"),
    ("scan", "{}", "--format", "csv", "--all", "--fail-on", "unchecked=0"),
    ("find", "malloc", "{}"),
    ("allocators", "{}", "--format", "json"),
)


@pytest.mark.parametrize("line", LINES)
def test_the_same_again_is_not_looked_for_again(line: tuple[str, ...], asked: Asked, tree: Path) -> None:
    words = [word.format(tree) for word in line]
    first, known = asked(*words)
    assert (known, first[-1]) == (False, "1" if "--fail-on" in line else "0")
    assert asked(*words) == (first, True)


def edit(tree: Path) -> None:
    """Change a file so that its size and its time stay what they were."""
    file = tree / "part" / "two.c"
    before = file.stat()
    file.write_text(SOURCE.format(name="two", size=9))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def link(tree: Path) -> None:
    """Put a link in the place of a file."""
    (tree / "one.c").unlink()
    (tree / "one.c").symlink_to("part/two.c")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file": edit,
    "a new file": lambda tree: (tree / "part" / "new.c").write_text(SOURCE.format(name="new", size=1)),
    "a missing file": lambda tree: (tree / "one.c").unlink(),
    "a new name": lambda tree: (tree / "one.c").rename(tree / "more.c"),
    "a link": link,
    "a configuration": lambda tree: (tree / "allocscan.toml").write_text(MINE),
    "a repository": lambda tree: (git(tree, "init"), (tree / ".gitignore").write_text("one.c\n")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_seen(change: str, asked: Asked, tree: Path) -> None:
    line = ("scan", str(tree), "--format", "jsonl")
    before, _ = asked(*line)
    CHANGES[change](tree)
    after, known = asked(*line)
    assert not known
    assert after != before
    assert after == asked(*line, "--no-cache")[0]


def test_what_changed_just_now_is_not_believed(asked: Asked, tree: Path) -> None:
    line = ("scan", str(tree))
    later = (tree / "one.c").stat().st_mtime_ns + 3600 * SECOND
    os.utime(tree / "one.c", ns=(later, later))
    first, _ = asked(*line)
    assert asked(*line) == (first, False)


def test_a_work_tree_is_asked_again(asked: Asked, tree: Path) -> None:
    commit(tree, {".gitignore": "built/\n"})
    line = ("scan", str(tree), "--format", "jsonl")
    first, _ = asked(*line)
    assert asked(*line) == (first, True)
    (tree / "built").mkdir()
    (tree / "built" / "made.c").write_text(SOURCE.format(name="made", size=3))
    assert asked(*line) == (first, True), "what is ignored changes nothing"
    (tree / ".gitignore").write_text("")
    after, known = asked(*line)
    assert (known, "built/made.c" in after) == (False, True)


def test_the_environment_and_the_configuration_are_part_of_the_question(asked: Asked, tree: Path) -> None:
    line = ("scan", str(tree), "--format", "grep")
    plain, _ = asked(*line)
    coloured, known = asked(*line, FORCE_COLOR="1")
    assert (known, coloured != plain) == (False, True)
    assert asked(*line, FORCE_COLOR="1") == (coloured, True)
    assert asked(*line, SHLVL="7") == (plain, True)
    (asked.home / "config" / "allocscan").mkdir(parents=True)
    (asked.home / "config" / "allocscan" / "config.toml").write_text('[targets.x]\nurl = "https://localhost/x"\n')
    assert asked(*line) == (plain, False)


def test_what_was_given_is_looked_at_again(asked: Asked, tree: Path, tmp_path: Path) -> None:
    given, rules = tmp_path / "mine.toml", tmp_path / "rules"
    given.write_text(MINE)
    (tmp_path / "link.toml").symlink_to(given)
    (rules / "c").mkdir(parents=True)
    (rules / "c" / "sites.scm").write_text("")
    line = ("scan", str(tree), "--format", "jsonl", "--catalogue", str(tmp_path / "link.toml"), "--queries", str(rules))
    first, _ = asked(*line)
    assert asked(*line) == (first, True)
    given.write_text(MINE.replace("mine", "ours"))
    second, known = asked(*line)
    assert (known, second != first) == (False, True)
    (rules / "c" / "sites.scm").write_text("\n")
    assert asked(*line) == (second, False)


def test_what_does_more_than_print_is_done_again(asked: Asked, tree: Path) -> None:
    for line in (
        ("scan", str(tree), "-o", "report.jsonl"),
        ("scan", str(tree), "--no-cache"),
        ("allocators", str(tree), "--export", "mine.toml"),
        ("targets",),
    ):
        first, _ = asked(*line)
        assert asked(*line) == (first, False)


@pytest.mark.parametrize("lines", [5, 200])
def test_a_terminal_shows_the_same_again(lines: int, asked: Asked, tree: Path) -> None:
    def shown(columns: int) -> tuple[str, bool]:
        sleep(2 * FINE / SECOND)
        controlling, terminal = pty.openpty()
        ioctl(terminal, TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        clean = {name: said for name, said in asked.environment.items() if name not in ("LINES", "COLUMNS", "NO_COLOR")}
        ran = subprocess.Popen(
            [sys.executable, "-c", SCRIPT.format(arguments=["scan", str(tree)])],
            cwd=asked.here,
            env={**clean, "TERM": "xterm", "PAGER": "sed s/^/PAGED/"},
            stdout=terminal,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
        )
        os.close(terminal)
        text = b"".join(iter(lambda: received(controlling), b"")).decode()
        os.close(controlling)
        assert ran.stderr
        known = ran.stderr.read().startswith(b"repeated")
        assert ran.wait() == 0
        return text, known

    wide, known = shown(100)
    assert (known, wide.startswith("PAGED"), "\x1b[" in wide) == (False, lines < 10, True)
    assert shown(100) == (wide, True)
    narrow, known = shown(60)
    assert (known, narrow != wide) == (False, True)
    assert shown(60) == (narrow, True)


def test_a_damaged_answer_is_found_anew(asked: Asked, tree: Path) -> None:
    line = ("scan", str(tree))
    first, _ = asked(*line)
    store = asked.home / "allocscan" / "results.sqlite3"
    content = bytearray(store.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    store.write_bytes(content)
    assert asked(*line) == (first, False)
    assert asked(*line) == (first, True)


def test_nobody_reads_any_further(asked: Asked, tree: Path) -> None:
    line = [sys.executable, "-m", "allocscan", "scan", str(tree), "--format", "grep"]
    for _ in range(3):
        with subprocess.Popen(
            line, env=asked.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as ran:
            assert ran.stdout
            ran.stdout.close()
            assert ran.stderr
            assert ran.stderr.read() == ""
        assert ran.returncode == 0
