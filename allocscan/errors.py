"""What can go wrong on purpose, and the exit codes."""

from enum import IntEnum


class ExitCode(IntEnum):
    """How the program ends, for whoever called it."""

    OK = 0
    """A report was written, whatever it holds."""
    FAILED = 1
    """A condition of `--fail-on` was met, or one target of a fleet failed."""
    ERROR = 2
    """No report could be written."""
    INTERRUPTED = 130
    """A person pressed Ctrl-C."""


class AllocscanError(Exception):
    """A reason why there can be no report, as one line that says what to do."""


class SourceError(AllocscanError):
    """A target is unknown, unreachable, or holds nothing to scan."""


class ConditionError(AllocscanError):
    """A condition asks for something that nobody measures."""


class QueryError(AllocscanError):
    """A language folder holds something that its grammar or the vocabulary does not know."""


class CatalogueError(AllocscanError):
    """A catalogue says something that the vocabulary does not know."""


class ExerciseError(AllocscanError):
    """An exercise is unknown, or says something that makes no question."""


class ClusterError(AllocscanError):
    """A cluster cannot be reached, or is of no use."""


class FleetError(AllocscanError):
    """What holds the results of a fleet cannot be used."""


class TraceError(AllocscanError):
    """A log of a running program cannot be had, or is not understood."""
