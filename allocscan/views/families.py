"""The allocators of a tree by family, each below what it wraps."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from allocscan.model import Action, Allocator, Kind, Report, Role, Target
from allocscan.summary import by_action, grouped
from allocscan.views.naming import last_part, wrapped

Uses = Mapping[tuple[str, Target | None], int]


@dataclass(frozen=True, slots=True)
class Member:
    """An allocator in its family."""

    allocator: Allocator
    depth: int
    """How many wrappers that are shown stand below it."""
    sites: int
    """How often it is used in what is shown."""


@dataclass(frozen=True, slots=True)
class Family:
    """What takes memory and what gives it back, in the order of a tree."""

    name: str
    actions: Mapping[Action, int]
    givers: tuple[Member, ...]
    takers: tuple[Member, ...]
    hidden: int
    """Members for which there was no room."""
    lacks: Action | None = None
    """What nothing in the whole tree does by name, of taking the family's memory and giving it back."""


def families(report: Report, most: int | None = None) -> tuple[Family, ...]:
    """Arrange the allocators that are used, the family with most sites first; show the most used of each."""
    uses = count_uses(report)
    sites = grouped(report.sites, lambda site: site.family)
    members = grouped(report.allocators, lambda allocator: allocator.family)
    lacks = {each.family: each.lacks for each in report.unmatched}
    found = (
        replace(arrange(name, by_action(sites[name]), members[name], uses, most), lacks=lacks.get(name))
        for name in sites
        if name in members
    )
    return tuple(sorted(found, key=lambda family: (-sum(family.actions.values()), family.name)))


def count_uses(report: Report) -> Uses:
    """Count the sites of each allocator; what means none that the tree is known to define is the library's."""
    defined = {(each.name, each.definition) for each in report.allocators}
    meanings = ((site.allocator, site.resolved) for site in report.sites)
    return Counter(meaning if meaning in defined else (meaning[0], None) for meaning in meanings)


def arrange(name: str, actions: Mapping[Action, int], members: list[Allocator], uses: Uses, most: int | None) -> Family:
    """Arrange one family."""
    givers = tree([each for each in members if each.role != Role.DEALLOCATOR], uses, most)
    takers = tree([each for each in members if each.role == Role.DEALLOCATOR], uses, most)
    return Family(name, actions, givers, takers, len(members) - len(givers) - len(takers))


def tree(members: list[Allocator], uses: Uses, most: int | None) -> tuple[Member, ...]:
    """Put the most used allocators below what they wrap; what is wrapped is there however little it is used itself."""
    ranked = sorted(members, key=lambda each: (-used(each, uses), each.name, str(each.definition)))
    parents = find_parents(ranked)
    chosen = ranked if most is None else [each for each in ranked[:most] if used(each, uses) or each.definition]
    kept = with_parents(chosen, parents)
    children: dict[Allocator | None, list[Allocator]] = {}
    for member in kept:
        children.setdefault(parents.get(member), []).append(member)
    weights = {member: weight(member, children, uses) for member in kept}
    return tuple(walk(children, weights, uses))


def used(allocator: Allocator, uses: Uses) -> int:
    """Count the uses of an allocator in what is shown; of a library all that bear its name."""
    if allocator.kind is Kind.FACTORY:
        return allocator.sites
    if allocator.definition:
        return uses.get((allocator.name, allocator.definition), 0)
    return uses.get((allocator.name, None), 0) or allocator.sites


def find_parents(members: list[Allocator]) -> dict[Allocator, Allocator]:
    """Find what each allocator wraps among the others; none is its own ancestor."""
    named = grouped(members, lambda member: last_part(member.name))
    parents: dict[Allocator, Allocator] = {}
    for member in members:
        place = member.definition.path if member.definition else ""
        candidates = named.get(last_part(member.wraps[0]), []) if member.wraps else []
        parent = wrapped(member.wraps, (other for other in candidates if other != member), place)
        if parent and member not in ancestors(parent, parents):
            parents[member] = parent
    return parents


def ancestors(member: Allocator, parents: Mapping[Allocator, Allocator]) -> list[Allocator]:
    """List an allocator and all that it stands above, as far as is known by now."""
    line = [member]
    while (parent := parents.get(line[-1])) is not None:
        line.append(parent)
    return line


def with_parents(chosen: Iterable[Allocator], parents: Mapping[Allocator, Allocator]) -> list[Allocator]:
    """Add to some allocators what they wrap."""
    return list(dict.fromkeys(each for member in chosen for each in ancestors(member, parents)))


def weight(member: Allocator, children: Mapping[Allocator | None, list[Allocator]], uses: Uses) -> int:
    """Count the uses of an allocator and of all above it."""
    total, pending = 0, [member]
    while pending:
        current = pending.pop()
        total += used(current, uses)
        pending += children.get(current, [])
    return total


def walk(
    children: Mapping[Allocator | None, list[Allocator]], weights: Mapping[Allocator, int], uses: Uses
) -> Iterable[Member]:
    """Yield the members of a tree from its roots on, the most used branch first."""
    pending = [(0, root) for root in heaviest_last(children.get(None, []), weights)]
    while pending:
        depth, member = pending.pop()
        yield Member(member, depth, used(member, uses))
        pending += [(depth + 1, child) for child in heaviest_last(children.get(member, []), weights)]


def heaviest_last(members: list[Allocator], weights: Mapping[Allocator, int]) -> list[Allocator]:
    """Order allocators for a stack."""
    return sorted(members, key=lambda member: (weights[member], member.name))
