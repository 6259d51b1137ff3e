"""A program is run under a tool, as its user would run it, and the tool's log is read."""

import ctypes.util
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from allocscan.errors import TraceError
from allocscan.trace.tools import Tool

RUNS = ("-m", "-c")
"""Options of an interpreter that say what it runs."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended, and the logs of its tool."""

    exit_code: int
    logs: tuple[Path, ...]
    """That of the program itself is the first one; the others are of the processes that it started."""
    copies: int = 0
    """Processes whose logs are left out because they repeat what their parents did."""


def run(tool: Tool, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Ended:
    """Run a program under a tool that writes to a folder; what it says goes where it always goes."""
    if tool.hook:
        hook = files("allocscan.trace").joinpath("hook.py").read_text(encoding="utf-8")
        (folder / tool.hook).write_text(hook, encoding="utf-8")
    line = [word.format(folder=folder) for word in available(tool)]
    before = interpreter(command) if tool.inside else 0
    if not shutil.which(command[0]):
        raise TraceError(f"{command[0]} cannot be run: there is no such program")
    process = subprocess.Popen(
        [*command[:before], *line, *command[before:]], env=surroundings(tool, folder, environment)
    )
    with process:
        code = wait(process)
    logs = written(tool, folder, process.pid)
    own = tuple(log for log in logs if not tool.beside or log.with_stem(tool.beside).exists())
    return Ended(code, own or logs, len(logs) - len(own or logs))


def available(tool: Tool) -> tuple[str, ...]:
    """Give what stands before a program, once it is sure that the tool is there."""
    if tool.command and not tool.inside and not shutil.which(tool.command[0]):
        raise TraceError(f"{tool.command[0]} is not installed; on Debian it is in the package {tool.package}")
    return tool.command


def interpreter(command: Sequence[str]) -> int:
    """Count the words of a command that are an interpreter and its options, and not yet what it runs."""
    rest = (number for number, word in enumerate(command) if number and (word in RUNS or not word.startswith("-")))
    return next(rest, len(command))


def surroundings(tool: Tool, folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Give the environment that a program runs in."""
    added = {name: value.format(folder=folder) for name, value in tool.environment.items()}
    return {**environment, **added, **preloaded(tool, environment), **hooked(tool, folder, environment)}


def hooked(tool: Tool, folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Let an interpreter find a tool's file before all others."""
    if not tool.hook:
        return {}
    return {"PYTHONPATH": os.pathsep.join(filter(None, (str(folder), environment.get("PYTHONPATH"))))}


def preloaded(tool: Tool, environment: Mapping[str, str]) -> dict[str, str]:
    """Put a tool's library before what is loaded anyway."""
    if not tool.library:
        return {}
    found = ctypes.util.find_library(tool.library)
    if found is None:
        raise TraceError(f"lib{tool.library} is not installed; on Debian it is in the package {tool.package}")
    return {"LD_PRELOAD": " ".join(filter(None, (found, environment.get("LD_PRELOAD"))))}


def wait(process: subprocess.Popen[bytes]) -> int:
    """Wait for a program; the first Ctrl-C is its own affair, the second one ends it."""
    try:
        return process.wait()
    except KeyboardInterrupt:
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.kill()
            raise


def written(tool: Tool, folder: Path, process: int) -> tuple[Path, ...]:
    """Find the logs of a program and of all that it has started, its own first."""
    logs = sorted(folder.glob("log*"), key=lambda log: (str(process) not in log.name.split("."), log.name))
    if not logs:
        raise TraceError(f"{tool.name}: {tool.none}{said(folder)}")
    return tuple(logs)


def said(folder: Path) -> str:
    """Quote what a tool said that wrote no log."""
    texts = [path.read_text(encoding="utf-8", errors="replace").strip() for path in sorted(folder.glob("messages*"))]
    lines = [line for text in texts for line in text.splitlines()]
    return f": {lines[-1]}" if lines else ""
