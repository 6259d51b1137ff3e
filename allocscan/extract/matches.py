"""Matches, sorted, joined and followed to what they hand on."""

from collections.abc import Iterable, Iterator

from allocscan.extract.surroundings import richer
from allocscan.syntax import Match, Span


def unsilenced(matches: Iterable[Match]) -> Iterator[Match]:
    """Leave out what stands inside of what is no code, although it may read like some."""
    end = 0
    for match in matches:
        if match.role == "silent":
            end = max(end, match.span[1])
        elif match.span[0] >= end:
            yield match


def group(matches: Iterable[Match]) -> dict[str, list[Match]]:
    """Sort matches by role."""
    roles: dict[str, list[Match]] = {}
    for match in matches:
        roles.setdefault(match.role, []).append(match)
    return roles


def values(matches: Iterable[Match]) -> dict[Span, tuple[Span, ...]]:
    """Collect the values that each construct hands on."""
    found: dict[Span, tuple[Span, ...]] = {}
    for match in matches:
        found[match.span] = found.get(match.span, ()) + match.parts["value"]
    return found


def nested(matches: list[Match], groups: list[Match]) -> Iterator[tuple[Match, tuple[Match, ...]]]:
    """Yield each match with the groups that it stands in, outer before inner."""
    opened: list[Match] = []
    for match in sorted(groups + matches, key=lambda match: (match.span[0], -match.span[1])):
        while opened and opened[-1].span[1] <= match.span[0]:
            opened.pop()
        if match.role == "group":
            opened.append(match)
        else:
            yield match, tuple(opened)


def joined(matches: Iterable[Match]) -> Iterator[Match]:
    """Yield matches in their order, with those of one construct made one."""
    last: Match | None = None
    for match in matches:
        if last and last.span == match.span and last.role == match.role:
            last = richer(last, match)
            continue
        if last:
            yield last
        last = match
    if last:
        yield last


def leaves(span: Span, through: dict[Span, tuple[Span, ...]]) -> list[Span]:
    """Follow an expression through everything that hands values on, to where they come from."""
    if span not in through:
        return [span]
    found, pending = [], [span]
    while pending:
        current = pending.pop()
        inner = [value for value in through.get(current, ()) if value != current]
        pending += reversed(inner)
        if not inner:
            found.append(current)
    return found
