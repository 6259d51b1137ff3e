"""Classes that are allocators: what they offer, what they are built on, and what is built on them."""

from collections.abc import Iterator
from dataclasses import dataclass

from allocscan.filters import Wanted
from allocscan.model import FunctionRecord, Report, ReportDefinition, Role, Target
from allocscan.summary import grouped
from allocscan.views.callers import Usage, calls
from allocscan.views.naming import last_part, shared_folders


@dataclass(frozen=True, slots=True)
class Inner:
    """A member of an allocator, or another allocator that it has to do with."""

    name: str
    definition: Target | None
    """None where the tree defines nothing of the name: a parameter of the type, or a library's."""


@dataclass(frozen=True, slots=True)
class ProviderDossier:
    """All that is known of one class that is an allocator."""

    definition: ReportDefinition
    offers: tuple[Inner, ...]
    """The members by which it is known."""
    built_on: tuple[Inner, ...]
    """The allocators from which it has its memory."""
    users: tuple[Inner, ...]
    """The allocators that have their memory from it."""
    created: Usage
    """Calls that make one of it."""


def provider_dossiers(report: Report, wanted: Wanted) -> Iterator[ProviderDossier]:
    """Describe the allocators of a name that are classes."""
    providers = [each for each in report.definitions if each.role is Role.ALLOCATOR and each.offers]
    functions = grouped(report.functions, lambda each: each.name)
    for chosen in providers:
        if wanted.has_class(chosen.name):
            others = [each for each in providers if each != chosen]
            yield ProviderDossier(
                chosen,
                tuple(Inner(name, member(chosen, name, functions)) for name in chosen.offers),
                tuple(Inner(name, nearest(name, others, chosen)) for name in chosen.wraps),
                tuple(Inner(each.name, place(each)) for each in others if is_user(each, chosen)),
                calls(creating(chosen, functions)),
            )


def creating(chosen: ReportDefinition, functions: dict[str, list[FunctionRecord]]) -> FunctionRecord | None:
    """Find what is known of the calls of a class."""
    return next((each for each in functions.get(chosen.name, ()) if each.location == chosen.location), None)


def member(owner: ReportDefinition, name: str, functions: dict[str, list[FunctionRecord]]) -> Target | None:
    """Find the function of a class that has a name, where one is known."""
    inside = (
        each
        for each in functions.get(f"{owner.name}.{name}", ())
        if each.location.path == owner.location.path
        and owner.location.line <= each.location.line <= owner.location.end_line
    )
    return next((Target(each.location.path, each.location.line, each.name) for each in inside), None)


def nearest(name: str, others: list[ReportDefinition], user: ReportDefinition) -> Target | None:
    """Find the allocator that is meant by a name."""
    found = [each for each in others if last_part(each.name) == last_part(name)]
    path = user.location.path
    return place(max(found, key=lambda each: shared_folders(each.location.path, path))) if found else None


def is_user(other: ReportDefinition, chosen: ReportDefinition) -> bool:
    """Tell whether an allocator is built on another one."""
    return last_part(chosen.name) in map(last_part, other.wraps)


def place(definition: ReportDefinition) -> Target:
    """Say where a definition stands."""
    return Target(definition.location.path, definition.location.line, definition.name)
