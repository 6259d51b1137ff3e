"""Everything that knows tree-sitter: parse, inject, query; only plain values leave."""

import sys
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from allocscan.languages import Language
from allocscan.prepare import Span, Variant, prepare
from allocscan.syntax.machine import Machine, Respelling, load_grammar, machine_of
from allocscan.syntax.matching import Match, find_matches
from allocscan.syntax.parsing import NEARBY, Parsed, damage, hidden_within, merged, parse, parse_repaired

DEEPEST_INJECTION = 40
SPAN_OF = attrgetter("span")


class Syntax(NamedTuple):
    """What a text is made of, as far as the queries ask."""

    matches: tuple[Match, ...]
    """In the order of their first bytes, outer before inner."""
    lost: tuple[Span, ...]
    """Stretches that the grammar did not understand."""
    hidden: tuple[Span, ...] = ()
    """Comments and strings inside of those."""
    conditions: tuple[tuple[int, str], ...] = ()
    """From which byte on which condition holds, in order."""
    deep: tuple[int, ...] = ()
    """Bytes around which constructs are nested too deep to be looked for."""
    elsewhere: tuple[int, ...] = ()
    """Bytes where stretches begin that are another language's."""


class Unwieldy(Exception):
    """There is no sense in a text that could be found in reasonable time."""


def analyse(content: bytes, language: Language) -> Syntax:
    """Parse a text and run the language's queries over it, every branch and fragment included; raise Unwieldy."""
    machine = machine_of(language)
    prepared = prepare(respelled(content, machine.respell), language.preprocessor)
    found: list[Match] = []
    lost: list[Span] = []
    hidden: list[Span] = []
    deep: list[int] = []
    first: Parsed | None = None
    for variant in prepared.variants:
        parsed = parse_repaired(machine, variant.content, first)
        if parsed.is_unwieldy():
            raise Unwieldy
        owned = Stretches(variant.owned)
        found += examine(machine, parsed, variant, first is None, owned, deep)
        missed = [span for span in parsed.lost if owned.hold(span[0])]
        lost += missed
        hidden += hidden_within(machine, parsed.tree, missed)
        deep += parsed.deep
        first = first or parsed
    found.sort(key=lambda match: (match.span[0], -match.span[1]))
    matches, conditions = tuple(each_once(found)), prepared.conditions
    return Syntax(matches, merged(lost), merged(hidden), conditions, tuple(deep), prepared.elsewhere)


def respelled(content: bytes, respelling: Respelling) -> bytes:
    """Write what the grammar misreads in a way that it understands; nothing changes its place."""
    for pattern, replacement in respelling:
        changed = pattern.sub(replacement, content)
        content = changed if len(changed) == len(content) else content
    return content


def each_once(ordered: list[Match]) -> Iterator[Match]:
    """Leave out what several patterns or variants found in the same place."""
    for _, alike in groupby(ordered, SPAN_OF):
        first, *others = alike
        yield first
        known = {first.key} if others else set()
        for match in others:
            if match.key not in known:
                known.add(match.key)
                yield match


class Stretches:
    """Parts of a text, ready to be asked whether a byte lies in them."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]

    def hold(self, offset: int) -> bool:
        """Tell whether a byte lies in one of the parts."""
        number = bisect_right(self.starts, offset) - 1
        return number >= 0 and offset <= self.ends[number]


def examine(
    machine: Machine, parsed: Parsed, variant: Variant, whole: bool, owned: Stretches, deep: list[int]
) -> Iterator[Match]:
    """Find everything in the stretches that belong to a variant, fragments included, each once; note what is too deep.

    A grammar that sees fragments inside of fragments finds them again in each that is around them.
    """
    places = (None,) if whole else merged(variant.owned, NEARBY)
    found = [match for place in places for match in find_matches(machine, parsed.tree, within=place)]
    content = blanked(parsed.content, [match.span for match in found if match.role == "blank"])
    held = [match for match in found if owned.hold(match.span[0])]
    # Of several constructs in one place, the one that was found last is read first.
    yield from reversed(held)
    pending = [(match.span, 0) for match in held if match.role == "inject"]
    entered: set[Span] = set()
    while pending:
        span, depth = pending.pop()
        if span in entered:
            continue
        entered.add(span)
        if depth == DEEPEST_INJECTION:
            deep.append(span[0])
            continue
        inner = inject(machine, content[slice(*span)], span[0])
        yield from reversed(inner)
        pending += [(match.span, depth + 1) for match in inner if match.role == "inject"]


def blanked(content: bytes, spans: list[Span]) -> bytes:
    """Replace what would hide a fragment from the grammar by spaces."""
    if not spans:
        return content
    changed = bytearray(content)
    for start, end in spans:
        changed[start:end] = b" " * (end - start)
    return bytes(changed)


def inject(machine: Machine, fragment: bytes, offset: int) -> list[Match]:
    """Parse a fragment inside the wrapper that suits it best; matches keep their place in the file."""
    if wrapped := machine.wrapping.fullmatch(fragment):
        group = wrapped.lastindex or 0
        fragment, offset = wrapped[group], offset + wrapped.start(group)
    fragment = respelled(fragment, machine.respelled)
    best: tuple[list[Match], int] = ([], sys.maxsize)
    for wrapper in machine.wrappers:
        best = min(best, attempt(machine, fragment, offset, wrapper), key=lambda found: found[1])
        if not best[1]:
            break
    return best[0]


def attempt(machine: Machine, fragment: bytes, offset: int, wrapper: tuple[bytes, bytes]) -> tuple[list[Match], int]:
    """Parse a fragment inside one wrapper; weigh what it loses."""
    before, after = wrapper
    parsed = parse(machine, before + fragment + after)
    low, high = offset, offset + len(fragment)
    matches = find_matches(machine, parsed.tree, offset - len(before))
    return [clipped(match, low, high) for match in matches if touches(match, low, high)], damage(parsed)


def touches(match: Match, low: int, high: int) -> bool:
    """Tell whether a match, or all that it is about, lies inside a fragment."""
    spans = (match.span,) if low <= match.span[0] and match.span[1] <= high else sum(match.parts.values(), ())
    return bool(spans) and all(low <= start and end <= high for start, end in spans)


def clipped(match: Match, low: int, high: int) -> Match:
    """Cut what a wrapper adds off a match."""
    span = (max(match.span[0], low), min(match.span[1], high))
    return match if span == match.span else match._replace(span=span)


__all__ = ["Match", "Span", "Syntax", "Unwieldy", "analyse", "load_grammar", "machine_of"]
