"""The values that everything else passes around.

Each is imported when it is first asked for: what one file says needs nothing of what a report says.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from allocscan.model.facts import (
        UNPARSED,
        Call,
        Context,
        Definition,
        FileFacts,
        FileRecord,
        Flow,
        Import,
        Location,
        Mentioned,
        Problem,
        Question,
        Variable,
    )
    from allocscan.model.links import Effect, Evidence, Link, Reference, Target
    from allocscan.model.report import (
        Allocator,
        Caller,
        Checkout,
        Ending,
        FunctionRecord,
        Life,
        Report,
        ReportDefinition,
        Site,
        Source,
        Unmatched,
    )
    from allocscan.model.runs import MEASURES, Measure, Observation, Residue, Run, added
    from allocscan.model.words import (
        CLASS_KINDS,
        IMPLICIT,
        MEMBER_KINDS,
        TAKES,
        UNCALLED_KINDS,
        Action,
        Basis,
        Check,
        Fate,
        Form,
        Kind,
        Level,
        Resource,
        Role,
        SizeClass,
    )
else:

    def __getattr__(name: str) -> Any:
        """Find a value in the first module that has it; none imports one behind it."""
        for module in MODULES:
            found = vars(import_module(f"{__name__}.{module}"))
            if name in found:
                return globals().setdefault(name, found[name])
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


MODULES = ("words", "facts", "links", "runs", "report")
__all__ = [
    "CLASS_KINDS",
    "IMPLICIT",
    "MEASURES",
    "MEMBER_KINDS",
    "TAKES",
    "UNCALLED_KINDS",
    "UNPARSED",
    "Action",
    "Allocator",
    "Basis",
    "Call",
    "Caller",
    "Check",
    "Checkout",
    "Context",
    "Definition",
    "Effect",
    "Ending",
    "Evidence",
    "Fate",
    "FileFacts",
    "FileRecord",
    "Flow",
    "Form",
    "FunctionRecord",
    "Import",
    "Kind",
    "Level",
    "Life",
    "Link",
    "Location",
    "Measure",
    "Mentioned",
    "Observation",
    "Problem",
    "Question",
    "Reference",
    "Report",
    "ReportDefinition",
    "Residue",
    "Resource",
    "Role",
    "Run",
    "Site",
    "SizeClass",
    "Source",
    "Target",
    "Unmatched",
    "Variable",
    "added",
]
