"""What becomes of the results of calls: asked for, or thrown away."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from allocscan.extract.quoting import NEEDLESS_SPACE, Text
from allocscan.languages import Results
from allocscan.model import Call, Tested
from allocscan.syntax import Span

NEARBY = 40
"""Bytes before a call that tell whether something takes its result."""
Asked = tuple[int, int, str]
"""Where a condition stands, its line, and how it reads."""


@lru_cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern; an empty one matches nothing."""
    return re.compile(pattern or r"(?!)")


@lru_cache
def framed(results: Results) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Compile what stands around a call whose result is thrown away."""
    before = f"(?:{results.before})\\s*\\Z" if results.before else "(?!)"
    return re.compile(before.encode()), re.compile((results.after or "(?!)").encode())


def is_dropped(text: Text, span: Span, results: Results) -> bool:
    """Tell whether a call is a whole statement."""
    before, after = framed(results)
    return bool(
        after.match(text.content, span[1]) and before.search(text.content[max(0, span[0] - NEARBY) : span[0]])
    )


def asserted(calls: Iterable[Call], results: Results) -> Iterator[Asked]:
    """Yield the arguments of calls that take conditions."""
    asserts = compiled(results.asserts)
    for call in calls:
        if asserts.search(call.name):
            for argument in call.arguments:
                yield call.context.inside, call.location.line, f"({NEEDLESS_SPACE.sub('', argument)})"


def read_tested(asked: Iterable[Asked], results: Results) -> Iterator[Tested]:
    """Find the places that conditions ask for, each with the last line on which one does."""
    last: dict[tuple[int, str], int] = {}
    pattern = compiled(results.tested)
    for inside, line, condition in asked:
        for found in pattern.finditer(condition):
            key = inside, found["place"] or found["other"]
            last[key] = max(line, last.get(key, 0))
    for (inside, place), line in last.items():
        yield Tested(place, inside, line)
