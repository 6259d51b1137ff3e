"""The tools that are measured, and one simple rule for each language, as each tool writes it."""

import os
import shutil
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import Command
from benchmarks.workload import Workload

NOTHING_FOUND = (0, 1)


@dataclass(frozen=True, slots=True)
class Rule:
    """The same question in three notations."""

    text: str
    """A regular expression."""
    tree: tuple[str, ...] = ()
    """For ast-grep; nothing where it does not know the language."""
    semantic: str = ""
    """For semgrep; empty where it does not know the language."""


RULES = {
    # By itself the pattern might be a declaration.
    "c": Rule(r"\bmalloc\(", ("int x = malloc($$$);", "--selector", "call_expression"), "malloc(...)"),
    "cpp": Rule(r"\bnew\b", ("new $T($$$)",), "new $T(...)"),
    "d": Rule(r"\bnew\b"),
    "go": Rule(r"\bmake\(", ("make($$$)",), "make(...)"),
    "python": Rule(r"\bdict\(", ("dict($$$)",), "dict(...)"),
    "rust": Rule(r"\bBox::new\(", ("Box::new($$$)",), "Box::new(...)"),
}
SEMGREP = ("scan", "--quiet", "--metrics=off", "--disable-version-check", "--no-git-ignore", "--max-target-bytes", "0")


def lines(work: Workload) -> dict[str, tuple[str, ...]]:
    """Give the command line of each tool that reads the language of a workload."""
    rule, folder = RULES[work.language], str(work.folder)
    found = {
        "grep": ("grep", "-rnE", rule.text, folder),
        "ripgrep": ("rg", "-n", "--no-ignore", "--hidden", rule.text, folder),
    }
    if rule.tree:
        found["ast-grep"] = ("ast-grep", "run", "--no-ignore=hidden", "-l", work.language, "-p", *rule.tree, folder)
    if rule.semantic:
        found["semgrep"] = ("semgrep", *SEMGREP, "--lang", work.language, "-e", rule.semantic, folder)
    return found


def others(work: Workload, home: Path) -> tuple[dict[str, Command], list[str]]:
    """Give the commands of the tools that are installed, and the names of those that are not."""
    found: dict[str, Command] = {}
    missing = []
    for name, (program, *arguments) in lines(work).items():
        if path := shutil.which(program, path=search_path()):
            found[name] = Command((path, *arguments), environment(home), NOTHING_FOUND)
        else:
            missing.append(name)
    return found, missing


def scan(work: Workload, home: Path, *more: str) -> Command:
    """Give the command of a scan that prints a line for each site, as the other tools do."""
    words = (sys.executable, "-m", "allocscan", "scan", str(work.folder), "--format", "grep", "-q", *more)
    return Command(words, environment(home))


def search_path() -> str:
    """Look for tools beside this Python first."""
    return os.pathsep.join((sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)))


def environment(home: Path) -> Mapping[str, str]:
    """Let a tool keep what it keeps in a folder of its own."""
    own = {"HOME": home, "XDG_CACHE_HOME": home / "cache", "XDG_CONFIG_HOME": home / "config"}
    return {**os.environ, **{name: str(place) for name, place in own.items()}, "PATH": search_path()}
