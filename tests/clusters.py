"""The parts of a cluster of Dask, each a process of its own, on the loopback interface."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep

import pytest

from tests.sources.servers import free_port


@contextmanager
def serving(place: Path) -> Iterator[str]:
    """Start a scheduler on a free port."""
    port = free_port()
    with started(place, "scheduler", "--host", "127.0.0.1", "--port", str(port)):
        wait_for(port)
        yield f"tcp://127.0.0.1:{port}"


def wait_for(port: int) -> None:
    """Wait until somebody answers."""
    for _ in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        sleep(0.1)
    pytest.fail("the scheduler does not start")


@contextmanager
def started(place: Path, *words: str, **settings: str) -> Iterator[None]:
    """Start a part of a cluster, with an environment of its own, and stop it at the end."""
    line = [sys.executable, "-m", "dask", *words, "--no-dashboard"]
    environment = {**os.environ, "DASK_TEMPORARY_DIRECTORY": str(place), **settings}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(line, env=environment, cwd=place, stdout=quiet, stderr=quiet) as process:
        try:
            yield
        finally:
            process.terminate()
