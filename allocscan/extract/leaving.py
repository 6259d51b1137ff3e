"""What is handed out where a function is left because it holds nothing."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping

from allocscan.extract.quoting import Text
from allocscan.syntax import Match, Span

Asked = Mapping[Span, tuple[Span, list[Match]]]
"""For each place where a function is left on a condition, that condition and what it asks to hold nothing."""
EITHER = "||"


def read_asked(text: Text, roles: Mapping[str, list[Match]]) -> Asked:
    """Find what must hold nothing for a function to be left, by the statement that leaves it."""
    asking = sorted(roles.get("lacks", ()), key=begin)
    returns = sorted(roles.get("return", ()), key=begin)
    return dict(asked_by(text, roles.get("leave", ()), asking, returns)) if asking else {}


def asked_by(
    text: Text, leaving: list[Match] | tuple[()], asking: list[Match], returns: list[Match]
) -> Iterator[tuple[Span, tuple[Span, list[Match]]]]:
    """Yield the last statement of each branch that leaves its function, with the condition and what that asks."""
    for match in leaving:
        condition = match.parts["condition"][0]
        asked = asking[bisect_left(asking, condition[0], key=begin) : bisect_left(asking, condition[1], key=begin)]
        last = bisect_left(returns, match.span[1], key=begin) - 1
        if asked and last >= 0 and begin(returns[last]) >= condition[1] and EITHER not in text.squeezed(condition):
            yield returns[last].span, (condition, asked)


def is_nothing(text: Text, asked: Asked, match: Match, place: str, named: Callable[[Span], Mapping[Span, str]]) -> bool:
    """Tell whether a statement leaves its function because a place holds nothing, and nothing was put there since."""
    (_, end), asking = asked.get(match.span, ((0, 0), []))
    lacking = any(place in named(each.parts["value"][0]).values() for each in asking)
    return lacking and not re.search(rf"(?<!\w){re.escape(place)}(?!\w)", text.squeezed((end, match.span[0])))


def begin(match: Match) -> int:
    """Say where a match begins."""
    return match.span[0]
