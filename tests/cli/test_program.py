"""The program as a whole: what a line means, and how it ends."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from allocscan.cli import COMMANDS
from allocscan.cli import program as group
from allocscan.errors import ExitCode
from tests.cli.conftest import Ran, Run

ROOT = Path(__file__).parent.parent.parent
MANUAL = ROOT / "docs" / "usage.md"


def test_the_version_is_short(ran: Run) -> None:
    for option in ("--version", "-V"):
        assert re.fullmatch(r"allocscan \S.*\n", ran(option).output)


def test_the_version_costs_little(program: list[str]) -> None:
    script = "import sys; from allocscan.cli import run; run(['--version']); print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in shown.stdout.split()}
    assert not loaded & {"rich", "git", "tree_sitter", "platformdirs", "multiprocessing"}


def test_a_line_without_words_shows_the_help(ran: Run) -> None:
    shown = ran()
    assert shown == ran("--help")
    assert shown.code == ExitCode.OK
    assert "Examples:" in shown.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples(name: str, ran: Run) -> None:
    shown = ran(name, "--help")
    assert shown.code == ExitCode.OK
    assert f"Usage: allocscan {name}" in shown.output
    assert "Examples:" in shown.output
    assert max(map(len, shown.output.splitlines())) <= 80


def test_a_line_without_a_command_scans(ran: Run, asked: list[object]) -> None:
    assert ran("deluge", "redis", "--all") == ran("scan", "deluge", "redis", "--all")
    assert ran("--all", "deluge").code == ExitCode.OK
    assert len(asked) == 3


def test_a_folder_may_be_named_like_a_command(ran: Run, asked: list[tuple[tuple[str, ...], object]]) -> None:
    ran("./find")
    ran("scan", "find")
    assert [targets for targets, _ in asked] == [("./find",), ("find",)]


# How it ends.


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("deluge", "--colour"), "No such option"),
        (("scan",), "Missing argument 'TARGET...'"),
        (("find", "Torrent"), "Missing argument 'TARGET...'"),
        (("deluge", "--format", "xml"), "'xml' is not one of"),
        (("deluge", "--jobs", "0"), "0 is not in the range"),
        (("deluge", "--action", "leak"), "'leak' is not one of"),
        (("unknown",), "unknown target 'unknown'"),
        (("deluge", "-o", "/no/such/folder/report"), "/no/such/folder"),
    ],
)
def test_errors_are_one_line(line: tuple[str, ...], said: str, ran: Run, asked: list[object]) -> None:
    failed = ran(*line)
    assert failed.code == ExitCode.ERROR
    assert failed.output == ""
    assert failed.errors.startswith("allocscan: ")
    assert failed.errors.count("\n") == 1
    assert said in failed.errors


def test_a_wrong_line_says_where_help_is(ran: Run) -> None:
    assert ran("find").errors.endswith("(see allocscan find --help)\n")


def test_errors_cannot_speak_to_the_terminal(ran: Run) -> None:
    assert "\x1b" not in ran("scan", "--\x1b[2J").errors


def test_an_interrupted_run_says_so_by_its_code(ran: Run, asked: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("allocscan.reporters.terminal.report", interrupted)
    assert ran("deluge") == Ran(ExitCode.INTERRUPTED, "", "")


def test_ctrl_c_leaves_no_traceback() -> None:
    script = """
import os, signal, sys
from allocscan.cli import reports, run
reports.scanned = lambda *_: (os.kill(os.getpid(), signal.SIGINT) for _ in [0])
sys.exit(run(["deluge"]))
"""
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (ExitCode.INTERRUPTED, "", "")


def test_a_closed_pipe_is_silent(program: list[str], sources_of_c: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        line = [*program, str(sources_of_c), "--language", "c", "--format", "jsonl"]
        ended = subprocess.run(line, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    finally:
        os.close(writing)
    assert (ended.returncode, ended.stderr) == (ExitCode.OK, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_one_line(program: list[str], sources_of_c: Path) -> None:
    line = [*program, str(sources_of_c), "--language", "c"]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ended = subprocess.run(line, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == ExitCode.ERROR
    assert re.fullmatch(r"allocscan: .*\n", ended.stderr)


def test_any_encoding_will_do() -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    script = "from allocscan.cli import run; run([]); print('\\u2192')"
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert ended.stdout.endswith(b"\\u2192\n")


# Colour.


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, True),
        ({"TERM": "dumb"}, False),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_a_terminal_is_coloured(
    environment: dict[str, str], coloured: bool, program: list[str], sources_of_c: Path
) -> None:
    master, slave = pty.openpty()
    line = [*program, "find", "malloc", str(sources_of_c), "--language", "c"]
    usual = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    try:
        subprocess.run(
            line,
            cwd=ROOT,
            stdout=slave,
            stderr=subprocess.DEVNULL,
            check=True,
            env=usual | {"TERM": "xterm"} | environment,
        )
        shown = os.read(master, 65536).decode()
    finally:
        os.close(slave)
        os.close(master)
    assert ("\x1b[" in shown) is coloured
    assert "main.c" in shown


def test_colour_can_be_forced(ran: Run, asked: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in ran("deluge").output
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" in ran("deluge").output
    assert "\x1b" in ran("find", "zmalloc", "deluge").output


def test_a_file_is_never_coloured(
    ran: Run, asked: list[object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    ran("deluge", "-o", str(tmp_path / "report"))
    assert "\x1b" not in (tmp_path / "report").read_text(encoding="utf-8")


# The manual.


def test_every_command_and_option_is_documented() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    context = click.Context(group)
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command
        assert f"\n## {name}\n" in text
        check_options(command, text)
    check_options(group, text)


def check_options(command: click.Command, text: str) -> None:
    """Look for each spelling of each option."""
    spellings = [spelling for option in command.get_params(click.Context(command)) for spelling in option.opts]
    missing = [spelling for spelling in spellings if spelling.startswith("-") and f"`{spelling}" not in text]
    assert not missing, f"{command.name}: not in the manual: {missing}"


def test_the_manual_documents_nothing_else() -> None:
    documented = set(re.findall(r"^- .*?`(--[a-z-]+)", MANUAL.read_text(encoding="utf-8"), re.MULTILINE))
    context = click.Context(group)
    commands = [group, *(group.get_command(context, name) for name in COMMANDS)]
    known = {name for each in commands if each for option in each.get_params(context) for name in option.opts}
    assert documented <= known


# The shell.


def completed(words: str) -> list[str]:
    """Complete the last word of a line as bash would ask for it."""
    environment = os.environ | {
        "_ALLOCSCAN_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    line = [sys.executable, "-m", "allocscan"]
    shown = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return shown.stdout.splitlines()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("allocscan fi", "plain,find"),
        ("allocscan del", "plain,deluge"),
        ("allocscan ./", "file,./"),
        ("allocscan --for", "plain,--format"),
        ("allocscan --vers", "plain,--version"),
        ("allocscan deluge --for", "plain,--format"),
        ("allocscan deluge --format js", "plain,jsonl"),
        ("allocscan find Torrent del", "plain,deluge"),
        ("allocscan scan del", "plain,deluge"),
    ],
)
def test_the_shell_is_offered(words: str, offered: str) -> None:
    assert offered in completed(words)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_can_be_set_up(shell: str, program: list[str]) -> None:
    environment = os.environ | {"_ALLOCSCAN_COMPLETE": f"{shell}_source"}
    shown = subprocess.run(program, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if shell == "bash" and "not supported" in shown.stderr:
        pytest.skip("bash is too old")
    assert "_ALLOCSCAN_COMPLETE" in shown.stdout
