"""Texts of equal length in which one branch of every conditional is taken."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from allocscan.languages import Preprocessor
from allocscan.prepare.conditions import polarity
from allocscan.prepare.layout import (
    NOWHERE,
    Layout,
    Span,
    conditions,
    find_directive,
    lay_out,
    mark_elsewhere,
    mark_guards,
)
from allocscan.prepare.mending import NOT_NEWLINE

MOST_VARIANTS = 8


class Variant(NamedTuple):
    """A text in which one branch of every conditional is taken."""

    content: bytes
    owned: tuple[Span, ...]
    """The stretches that no variant before this one has taken."""


class Prepared(NamedTuple):
    """A text with its conditionals undone."""

    variants: tuple[Variant, ...]
    conditions: tuple[tuple[int, str], ...]
    """From which byte on which condition holds, in order."""
    elsewhere: tuple[int, ...] = ()
    """Where stretches of interest begin that are left out, because they are another language's."""


def prepare(content: bytes, preprocessor: Preprocessor) -> Prepared:
    """Undo the conditionals of a text; one that has none is its own only variant."""
    content = without_comments(content, preprocessor)
    if not preprocessor.opens or not find_directive(preprocessor).search(content):
        return Prepared((Variant(content, ((0, len(content)),)),), ())
    layout = lay_out(content, preprocessor)
    mark_guards(content, layout, preprocessor)
    elsewhere = tuple(mark_elsewhere(layout, preprocessor))
    return Prepared(tuple(vary(content, layout, preprocessor)), tuple(conditions(layout)), elsewhere)


def without_comments(content: bytes, preprocessor: Preprocessor) -> bytes:
    """Blank the comments inside directives, which the grammar would take for their end."""
    if not preprocessor.comments:
        return content
    comment = re.compile(preprocessor.comment.encode(), re.DOTALL)
    return re.sub(
        preprocessor.comments.encode(),
        lambda directive: comment.sub(without_comment, directive[0]),
        content,
        flags=re.MULTILINE | re.DOTALL,
    )


def without_comment(found: re.Match[bytes]) -> bytes:
    """Blank a comment; what looks like the beginning of one elsewhere begins none for the grammar either."""
    return NOT_NEWLINE.sub(b" ", found[0]) if found["comment"] else found[0].replace(b"/*", b"__")


def vary(content: bytes, layout: Layout, preprocessor: Preprocessor) -> Iterator[Variant]:
    """Yield variants until every branch of interest has been taken."""
    for number in range(MOST_VARIANTS):
        wanted = find_wanted(layout)
        if number and not any(wanted):
            return
        taken = choose(layout, wanted if number else [False] * len(wanted), preprocessor)
        new = [branch for branch in taken if branch not in layout.covered]
        owned = [span for branch in new for span in layout.branches[branch].segments]
        yield Variant(blanked(content, layout, taken), tuple(sorted(owned if number else owned + layout.plain)))
        layout.covered.update(taken)


def find_wanted(layout: Layout) -> list[bool]:
    """Find the branches that hold something which no variant has taken."""
    open_branches = layout.interesting - layout.covered
    wanted = [number in open_branches for number in range(len(layout.branches))]
    for number in range(len(wanted) - 1, -1, -1):
        outer = layout.branches[number].outer
        if wanted[number] and outer != NOWHERE:
            wanted[outer] = True
    return wanted


def choose(layout: Layout, wanted: list[bool], preprocessor: Preprocessor) -> set[int]:
    """Take one branch of every conditional, so that equal conditions are decided alike."""
    assumed = assume(layout, wanted)
    taken: set[int] = set()
    for group in layout.groups:
        outer = layout.branches[group[0]].outer
        if outer == NOWHERE or outer in taken:
            possible = [number for number in group if number not in layout.elsewhere]
            branch = choose_branch(layout, possible, wanted, assumed, preprocessor) if possible else None
            if branch is not None:
                taken.add(branch)
    return taken


def assume(layout: Layout, wanted: list[bool]) -> dict[str, bool]:
    """Decide conditions so that the wanted branches are taken."""
    assumed: dict[str, bool] = {}
    for group in layout.groups:
        if any(wanted[number] for number in group):
            atom, positive = polarity(layout.branches[group[0]].condition)
            assumed.setdefault(atom, wanted[group[0]] == positive)
    return assumed


def choose_branch(
    layout: Layout, group: list[int], wanted: list[bool], assumed: dict[str, bool], preprocessor: Preprocessor
) -> int | None:
    """Take one branch of a conditional, or none where nothing is written for the case."""
    first, *others = group
    atom, positive = polarity(layout.branches[first].condition)
    default = not positive if atom in preprocessor.dead else True
    if assumed.setdefault(atom, positive if default else not positive) == positive:
        return first
    return next((number for number in others if wanted[number]), others[0] if others else None)


def blanked(content: bytes, layout: Layout, taken: set[int]) -> bytes:
    """Replace directives and untaken branches by spaces; line ends stay."""
    spans = list(layout.directives)
    for number, branch in enumerate(layout.branches):
        if number not in taken:
            spans += branch.segments
    parts, position = [], 0
    for start, end in sorted(spans):
        parts += [content[position:start], NOT_NEWLINE.sub(b" ", content[start:end])]
        position = end
    return b"".join([*parts, content[position:]])
