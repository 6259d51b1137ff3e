"""What several records say in the same way."""

from typing import Any

from allocscan.model import Caller, Ending, Evidence, Location, Target

Record = dict[str, Any]


def location_fields(location: Location) -> Record:
    """Say where something stands."""
    return {
        "path": location.path,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
    }


def target_fields(target: Target) -> Record:
    """Say which definition is meant."""
    return {"path": target.path, "line": target.line, "name": target.name}


def evidence_fields(evidence: Evidence) -> Record:
    """Say what speaks for a discovery, and where."""
    location = evidence.location
    return {"path": location.path, "line": location.line, "statement": evidence.statement}


def ending_fields(ending: Ending) -> Record:
    """Say what becomes of memory in one place."""
    return {
        "fate": ending.fate.value,
        "line": ending.line,
        "statement": ending.statement,
        "name": ending.name or None,
        "family": ending.family or None,
    }


def caller_fields(caller: Caller) -> Record:
    """Say what calls, and where."""
    return {
        "path": caller.function.path,
        "line": caller.function.line or None,
        "name": caller.function.name or None,
        "lines": list(caller.lines),
        "basis": caller.basis.value,
    }
