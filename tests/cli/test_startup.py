"""What a run does not need is not imported: that is most of the time that a short one takes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

import allocscan
from allocscan.store.stamps import FINE, SECOND

SCRIPT = """
import sys
from allocscan.__main__ import main
sys.argv = ["allocscan", *{arguments}]
try:
    main()
except SystemExit as ending:
    assert not ending.code, ending
modules = sorted(sys.modules)
import json
print(json.dumps(modules), file=sys.stderr)
"""


def imported(home: Path, *arguments: str, where: Path | None = None) -> set[str]:
    """Run a command line in a process of its own, and name the modules that it imported."""
    command = [sys.executable, "-c", SCRIPT.format(arguments=list(arguments))]
    environment = {**os.environ, "XDG_CACHE_HOME": str(home)}
    ran = subprocess.run(command, env=environment, cwd=where, capture_output=True, text=True, check=True)
    return set(json.loads(ran.stderr.splitlines()[-1]))


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_needs_nothing_else(option: str, tmp_path: Path) -> None:
    modules = imported(tmp_path, option)
    assert "allocscan" in modules
    assert not modules & {"click", "allocscan.cli", "allocscan.model", "importlib.metadata"}


def test_both_ways_to_ask_for_the_version_say_the_same(program: list[str]) -> None:
    said = [
        subprocess.run([*program, *options], capture_output=True, text=True, check=True).stdout
        for options in (["--version"], ["--version", "--help"])
    ]
    assert said == [f"allocscan {allocscan.__version__}\n"] * 2


def test_what_was_remembered_needs_no_grammar(tmp_path: Path, sources_of_c: Path) -> None:
    arguments = ("scan", str(sources_of_c), "--format", "jsonl")
    needed = {"tree_sitter", "allocscan.linking", "allocscan.discover", "allocscan.extract"}
    assert needed <= imported(tmp_path, *arguments)
    again = imported(tmp_path, *arguments)
    assert not again & {*needed, "concurrent.futures", "multiprocessing", "git", "rich"}
    assert not again & {"subprocess", "allocscan.sources.commit"}, "a folder is no repository"


def test_what_is_only_printed_again_needs_nothing_of_that_size(tmp_path: Path, sources_of_c: Path) -> None:
    arguments, here = ("scan", str(sources_of_c), "--format", "jsonl"), tmp_path / "here"
    here.mkdir()
    sleep(2 * FINE / SECOND)
    imported(tmp_path / "home", *arguments, where=here)
    again = imported(tmp_path / "home", *arguments, where=here)
    assert {"allocscan.remembered.repeats", "sqlite3"} <= again
    late = {"typing", "re", "enum", "pathlib", "hashlib", "platformdirs", "allocscan.remembered.renewal"}
    assert again.isdisjoint(late)


def test_what_is_only_looked_at_again_needs_no_command_line(tmp_path: Path, sources_of_c: Path) -> None:
    arguments, here = ("scan", str(sources_of_c), "--format", "grep"), tmp_path / "here"
    here.mkdir()
    # Nothing is believed that was changed as late as this.
    sleep(2 * FINE / SECOND)
    imported(tmp_path / "home", *arguments, where=here)
    with (sources_of_c / "main.c").open("a", encoding="utf-8") as stream:
        stream.write("\n")
    again = imported(tmp_path / "home", *arguments, where=here)
    assert "allocscan.extract" in again
    assert again.isdisjoint({"click", "allocscan.cli", "allocscan.model.report", "dataclasses", "inspect"})
    assert "importlib.resources" not in again, "the package of a grammar is not needed, only what makes it"
