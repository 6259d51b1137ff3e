"""Conditional compilation, undone: texts of equal length in which every directive is blank.

A text whose `#if` splits a construct does not parse. Each variant takes one branch of every
conditional and blanks the others, so that positions stay true; together the variants take every
branch that could hold something of interest.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from allocscan.languages import Preprocessor

MOST_VARIANTS = 8
DEEPEST = 200
"""Nested conditionals that are told apart."""
FARTHEST = 400
"""Empty bytes that may lie between what does not parse and what hides it from the grammar."""
NOWHERE = -1
AND, OR = " && ", "||"
NOT_NEWLINE = re.compile(rb"[^\r\n]")

Span = tuple[int, int]
"""Bytes from and up to."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A text in which one branch of every conditional is taken."""

    content: bytes
    owned: tuple[Span, ...]
    """The stretches that no variant before this one has taken."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text with its conditionals undone."""

    variants: tuple[Variant, ...]
    conditions: tuple[tuple[int, str], ...]
    """From which byte on which condition holds, in order."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch of a conditional."""

    group: int
    outer: int
    """The branch that the conditional stands in."""
    condition: str
    segments: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Layout:
    """The branches of a text, outer before inner; groups hold the branches of one conditional."""

    branches: list[Branch] = field(default_factory=list)
    groups: list[list[int]] = field(default_factory=list)
    plain: list[Span] = field(default_factory=list)
    """Stretches outside of every conditional."""
    directives: list[Span] = field(default_factory=list)
    guards: set[int] = field(default_factory=set)
    """Branches that only keep a header from being read twice."""
    interesting: set[int] = field(default_factory=set)
    covered: set[int] = field(default_factory=set)
    """Branches that a variant has taken."""


def prepare(content: bytes, preprocessor: Preprocessor) -> Prepared:
    """Undo the conditionals of a text; one that has none is its own only variant."""
    content = without_comments(content, preprocessor)
    if not preprocessor.opens or not find_directive(preprocessor).search(content):
        return Prepared((Variant(content, ((0, len(content)),)),), ())
    layout = lay_out(content, preprocessor)
    mark_guards(content, layout, preprocessor)
    return Prepared(tuple(vary(content, layout, preprocessor)), tuple(conditions(layout)))


def without_comments(content: bytes, preprocessor: Preprocessor) -> bytes:
    """Blank the comments inside directives, which the grammar would take for their end."""
    if not preprocessor.comments:
        return content
    comment = re.compile(preprocessor.comment.encode(), re.DOTALL)
    return re.sub(
        preprocessor.comments.encode(),
        lambda directive: comment.sub(lambda found: NOT_NEWLINE.sub(b" ", found[0]), directive[0]),
        content,
        flags=re.MULTILINE | re.DOTALL,
    )


@lru_cache
def find_directive(preprocessor: Preprocessor) -> re.Pattern[bytes]:
    """Compile what recognises conditional directives."""
    words = "|".join((*preprocessor.opens, *preprocessor.continues, *preprocessor.closes))
    directive = preprocessor.directive.replace("WORD", f"(?P<word>{words})\\b")
    return re.compile(f"{directive}|{preprocessor.skip}".encode(), re.MULTILINE | re.DOTALL)


def lay_out(content: bytes, preprocessor: Preprocessor) -> Layout:
    """Find the conditionals of a text and what each branch of them holds."""
    layout, position = Layout(), 0
    stack: list[int] = []
    interesting = re.compile(preprocessor.interesting.encode())
    for match in find_directive(preprocessor).finditer(content):
        if match["word"] is None:
            continue
        word, condition = match["word"].decode(), tidy(match["condition"])
        add_segment(content, layout, stack, (position, match.start()), interesting)
        layout.directives.append(match.span())
        position = match.end()
        if word in preprocessor.opens and len(stack) < DEEPEST:
            layout.groups.append([])
            open_branch(layout, stack, len(layout.groups) - 1, preprocessor.opens[word].format(condition))
        elif stack and word in preprocessor.continues:
            last = layout.branches[stack.pop()]
            said = preprocessor.continues[word].format(condition)
            open_branch(layout, stack, last.group, said or negated(layout, last.group))
        elif stack and word in preprocessor.closes:
            stack.pop()
    add_segment(content, layout, stack, (position, len(content)), interesting)
    return layout


def mark_guards(content: bytes, layout: Layout, preprocessor: Preprocessor) -> None:
    """Find the conditionals that only keep a header from being read twice."""
    for number, branch in enumerate(layout.branches):
        name = re.search(r"\w+(?=\W*$)", branch.condition)
        if name and branch.segments and preprocessor.guard:
            pattern = preprocessor.guard.replace("NAME", name[0]).encode()
            if re.compile(pattern).match(content, *branch.segments[0]):
                layout.guards.add(number)


def tidy(condition: bytes) -> str:
    """Write a condition on one line, without its comments."""
    text = re.sub(rb"/\*.*?\*/|//[^\n]*|\\\r?\n", b" ", condition, flags=re.DOTALL)
    return " ".join(text.decode("utf-8", "replace").split())


def add_segment(content: bytes, layout: Layout, stack: list[int], span: Span, interesting: re.Pattern[bytes]) -> None:
    """Note a stretch between two directives."""
    if not stack:
        layout.plain.append(span)
        return
    layout.branches[stack[-1]].segments.append(span)
    if interesting.search(content, *span):
        layout.interesting.add(stack[-1])


def open_branch(layout: Layout, stack: list[int], group: int, condition: str) -> None:
    """Begin a branch."""
    layout.groups[group].append(len(layout.branches))
    layout.branches.append(Branch(group, stack[-1] if stack else NOWHERE, condition))
    stack.append(len(layout.branches) - 1)


def negated(layout: Layout, group: int) -> str:
    """Say that none of a conditional's branches so far was taken."""
    return AND.join(negation(layout.branches[number].condition) for number in layout.groups[group])


def negation(condition: str) -> str:
    """Negate a condition."""
    atom, positive = polarity(condition)
    if not positive:
        return atom
    return f"!{atom}" if re.fullmatch(r"\w+(\s*\([^()]*\))?", atom) else f"!({atom})"


def polarity(condition: str) -> tuple[str, bool]:
    """Split a condition into what is asked, and whether it must hold."""
    found = re.fullmatch(r"!\s*(\w+(?:\s*\([^()]*\))?|\w+\s+\w+)", condition)
    return (found[1], False) if found else (condition, True)


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
            branch = choose_branch(layout, group, wanted, assumed, preprocessor)
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


def mend(content: bytes, ruined: Iterable[Span], repair: re.Pattern[bytes]) -> bytes:
    """Apply a repair to the lines that do not parse and the last line before them, at equal length."""
    mended = bytearray(content)
    for start, end in damaged_lines(content, ruined):
        for match in repair.finditer(content, start, end):
            apply(mended, match)
    return bytes(mended)


def damaged_lines(content: bytes, ruined: Iterable[Span]) -> Iterator[Span]:
    """Yield what a repair may change, each part of it once."""
    first = last = 0
    for start, end in sorted(ruined):
        begin = line_before(content, content.rfind(b"\n", 0, start))
        if begin > last:
            yield first, last
            first = begin
        if end >= last:
            last = content.find(b"\n", end) + 1 or len(content)
    yield first, last


def line_before(content: bytes, end: int) -> int:
    """Find where the last line begins that holds something before a byte, if it is not far."""
    low = max(end - FARTHEST, 0)
    return max(content.rfind(b"\n", 0, low + len(content[low : max(end, 0)].rstrip())) + 1, 0)


def apply(content: bytearray, match: re.Match[bytes]) -> None:
    """Make one repair."""
    for group, text in match.groupdict().items():
        match group.rstrip("0123456789"):
            case _ if not text:
                continue
            case "blank":
                content[slice(*match.span(group))] = NOT_NEWLINE.sub(b" ", text)
            case "word":
                content[slice(*match.span(group))] = NOT_NEWLINE.sub(b"_", text)
            case "end":
                content[match.start(group)] = ord(";")
            case "comma":
                content[match.start(group)] = ord(",")


def conditions(layout: Layout) -> Iterator[tuple[int, str]]:
    """Say from where on which condition holds."""
    spans = [(span, NOWHERE) for span in layout.plain]
    spans += [(span, number) for number, branch in enumerate(layout.branches) for span in branch.segments]
    for (start, _), number in sorted(spans):
        yield start, full_condition(layout, number)


def full_condition(layout: Layout, number: int) -> str:
    """Join the conditions of a branch and of those around it."""
    said: list[str] = []
    while number != NOWHERE:
        if number not in layout.guards:
            said.append(layout.branches[number].condition)
        number = layout.branches[number].outer
    several = len(said) > 1
    return AND.join(f"({each})" if several and OR in outermost(each) else each for each in reversed(said))


def is_dead(condition: str, preprocessor: Preprocessor) -> bool:
    """Tell whether a condition never holds, because one of those that it joins never does."""
    joined = outermost(condition)
    return OR not in joined and any(each in preprocessor.dead for each in joined.split(AND))


def outermost(condition: str) -> str:
    """Leave out what stands in parentheses."""
    kept, depth = [], 0
    for part in re.split("([()])", condition):
        depth += (part == "(") - (part == ")")
        if not depth:
            kept.append(part)
    return "".join(kept)
