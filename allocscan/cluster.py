"""A cluster of Dask does tasks: whatever its workers lose, its scheduler has done again."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from threading import Lock
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

from allocscan.errors import ClusterError
from allocscan.keys import environment, packages
from allocscan.languages import Language
from allocscan.processes import Executor

if TYPE_CHECKING:
    from concurrent.futures import Future

    from distributed import Client

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")

PROGRAM = "allocscan"
PATIENCE = 5
"""Seconds to wait for the scheduler, and for a first worker."""
LOST = 60
"""Seconds to wait for a worker where all are gone."""
LARGEST = "1GiB"
"""More than any task has to carry."""

ALONE = Lock()
"""One task at a time in each process: threads would share parsers, and gain nothing."""


class Cluster:
    """The workers of a cluster, which must have the same program as this process."""

    def __init__(self, client: "Client", modules: tuple[str, ...]) -> None:
        self.client = client
        self.executor = client.get_executor(pure=False)
        self.modules = modules
        self.processors = sum(client.nthreads().values())

    def share(self, value: S) -> S:
        """Let each worker get a value when it needs it; one that is lost is made again."""
        return cast(S, self.client.submit(itself, value, pure=False))

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> "Future[R]":
        """Begin a task."""
        begun = self.executor.submit(checked, environment(self.modules), self.modules, fn, *args, **kwargs)
        return cast("Future[R]", begun)

    def check(self) -> None:
        """Wait for a worker where none is left; raise ClusterError where none comes."""
        try:
            self.client.wait_for_workers(1, timeout=LOST)
        except TimeoutError:
            raise ClusterError("the cluster has lost all of its workers") from None


def itself(value: S) -> S:
    """Give what was given."""
    return value


def checked(expected: str, modules: tuple[str, ...], act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Do a task, where that gives what it would give where it comes from."""
    if environment(modules) != expected:
        raise ClusterError("a worker has another allocscan, Python or grammar than this process")
    with ALONE:
        return act(*args, **kwargs)


@contextmanager
def cluster(address: str, languages: Iterable[Language]) -> Iterator[Executor]:
    """Give the cluster whose scheduler has an address, to read some languages."""
    try:
        from concurrent.futures import CancelledError

        from distributed import KilledWorker
    except ImportError:
        raise ClusterError("a cluster needs Dask: pip install 'allocscan[dask]'") from None
    with silenced(), connected(address) as client:
        try:
            yield Cluster(client, packages(languages))
        except Exception as error:
            if client.status == "running" and not isinstance(error, KilledWorker | CancelledError):
                raise
            raise ClusterError(f"the cluster at {address} has failed: {str(error) or 'it is gone'}") from None


@contextmanager
def silenced() -> Iterator[None]:
    """Keep Dask from writing to standard error: what matters is raised."""
    import dask

    with dask.config.set({"distributed.admin.large-graph-warning-threshold": LARGEST}):
        logging.disable()
        try:
            yield
        finally:
            logging.disable(logging.NOTSET)


@contextmanager
def connected(address: str) -> Iterator["Client"]:
    """Connect with a scheduler that has workers."""
    from distributed import Client
    from distributed.comm import get_address_host_port

    try:
        get_address_host_port(address, strict=True)
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except ValueError:
        raise ClusterError(f"{address} is no address of a scheduler, such as tcp://HOST:8786") from None
    except OSError:
        raise ClusterError(f"no scheduler of Dask answers at {address}") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
            for ask in (client.run_on_scheduler, client.run):
                ask(version, PROGRAM)
        except TimeoutError:
            raise ClusterError(f"the scheduler at {address} has no workers") from None
        except ModuleNotFoundError:
            raise ClusterError(f"the cluster at {address} lacks allocscan, which each of its machines needs") from None
        yield client
