"""Names in front of a parenthesis where a text was not understood."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from allocscan.extract.quoting import Text
from allocscan.model import Mentioned
from allocscan.syntax import Match, Span, Stretches

CALLED = re.compile(rb"(?<!\w)[A-Za-z_]\w*+(?=\s{0,8}\()")
MOST = 1000
"""Names of one file that are kept."""


def read_unparsed(
    text: Text, lost: Iterable[Span], hidden: tuple[Span, ...], acting: Iterable[Match]
) -> Iterator[Mentioned]:
    """Yield the names of lost stretches that are no comment and no string, and that no construct was read from."""
    comments = Stretches(hidden)
    known = {start for match in acting for start, _ in match.parts.get("name", ())}
    found = (word for start, end in lost for word in CALLED.finditer(text.content, start, end))
    unread = (word for word in found if word.start() not in known and not comments.hold(word.start()))
    for word in islice(unread, MOST):
        yield Mentioned(text.quote(word.span()), text.line(word.start()))
