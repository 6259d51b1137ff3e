"""A search in the text and the truth, side by side, for a person."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from allocscan.model import Target
from allocscan.reporters import Read
from allocscan.reporters.grep import source_lines
from allocscan.reporters.ink import (
    BAD,
    BOLD,
    DIM,
    GOOD,
    MARK,
    NAME,
    PATH,
    PLAIN,
    Line,
    clipped,
    length,
    rule,
    spread,
    table,
)
from allocscan.reporters.wording import counted, escape, tail
from allocscan.views.comparison import Comparison, Hit, Miss, Reached

COUNT, PLACE, AFTER = 7, 30, 12
"""Columns of a number, of a place, and behind a name in a long line."""
EXAMPLES, WRAPPERS, LINKS = 3, 10, 4
"""How many of a kind are shown."""
COUNTED = frozenset(("line", "place", "site"))
"""Nouns that have a plural."""
FULL, EMPTY = "█", "░"


def lines(comparison: Comparison, source: str, read: Read, width: int) -> Iterator[Line]:
    """Lay the page out: both answers, then what is wrong, what is missed, and what lies behind wrappers."""
    for line in page(comparison, source, read, width):
        yield clipped(line, width)


def page(comparison: Comparison, source: str, read: Read, width: int) -> Iterator[Line]:
    """Yield the parts of the page."""
    title: Line = [(comparison.name, BOLD), (f" in {source}, {comparison.files:,} files", DIM)]
    yield spread(title, [(search(comparison), NAME)], width)
    yield rule(width)
    yield from side_by_side(comparison, width)
    yield from bars(comparison, width)
    yield from wrong(comparison, width)
    yield from missed(comparison, read, width)
    yield from behind(comparison, width)


def search(comparison: Comparison) -> str:
    """Write the search that is compared with."""
    return f"grep -n '{comparison.name}('"


def side_by_side(comparison: Comparison, width: int) -> Iterator[Line]:
    """Put what the search says beside what is true."""
    left = (
        [("the search prints", BOLD)],
        amount(comparison.lines, "line", PLAIN),
        amount(len(comparison.right), "place", GOOD, "where there is a site"),
        amount(len(comparison.wrong), "place", BAD, "where there is none"),
        amount(0, "", PLAIN),
    )
    unseen = sum(each.sites for each in comparison.reached)
    right = (
        [("there are", BOLD)],
        amount(comparison.sites, "site", PLAIN, f"of {comparison.name}"),
        amount(len(comparison.right), "found by the search", GOOD),
        amount(len(comparison.misses), "missed", BAD),
        amount(unseen, "more behind other names", BAD),
    )
    half = width // 2
    for one, other in zip(left, right, strict=True):
        yield [*one, (" " * (half - length(one)), PLAIN), *other]


def amount(count: int, noun: str, style: str, said: str = "") -> Line:
    """Write a number of things; nothing where there is nothing to count."""
    if not noun:
        return []
    plural = "s" if noun in COUNTED and count != 1 else ""
    return [
        (f"{count:>{COUNT},} ", style if count else DIM),
        (f"{noun}{plural} {said}".rstrip(), PLAIN if count else DIM),
    ]


def bars(comparison: Comparison, width: int) -> Iterator[Line]:
    """Draw how much of the search is right, and how much of the truth it finds."""
    right, every = len(comparison.right), comparison.sites + sum(each.sites for each in comparison.reached)
    yield []
    yield from bar(right, len(comparison.hits), "of what it prints is a site", width)
    yield from bar(right, every, "of what there is it prints", width)


def bar(part: int, whole: int, said: str, width: int) -> Iterator[Line]:
    """Draw a share."""
    if whole:
        room = width - 44
        full = round(room * part / whole)
        yield [
            ("  ", PLAIN),
            (FULL * full, GOOD),
            (EMPTY * (room - full), DIM),
            (f" {share(part, whole):>5} ", BOLD),
            (said, PLAIN),
        ]


def share(part: int, whole: int) -> str:
    """Write a share, so that neither little is taken for nothing nor most for all."""
    percent = round(100 * part / whole)
    return f"{percent if part in (0, whole) else min(max(percent, 1), 99)} %"


def wrong(comparison: Comparison, width: int) -> Iterator[Line]:
    """Show the hits that are no sites, by reason, the most frequent first."""
    if not comparison.wrong:
        return
    yield []
    yield [("Printed, and no site", BOLD)]
    ordered = sorted(comparison.wrong, key=lambda hit: hit.reason or "")
    groups = [(reason, list(hits)) for reason, hits in groupby(ordered, lambda hit: hit.reason)]
    for reason, hits in sorted(groups, key=lambda group: -len(group[1])):
        yield [(f"{len(hits):>{COUNT},}  ", BAD), (reason or "", PLAIN), (words(hits, comparison.name), DIM)]
        yield from examples([hit_line(hit, width) for hit in hits])


def words(hits: Iterable[Hit], name: str) -> str:
    """List the longer names that hide a shorter one."""
    found = dict.fromkeys(hit.mention.word for hit in hits if hit.mention.word != name)
    shown = ", ".join(list(found)[:LINKS])
    return f": {shown}{' …' if len(found) > LINKS else ''}" if found else ""


def examples(found: list[Line]) -> Iterator[Line]:
    """Show the first few lines, and say how many there are besides."""
    yield from found[:EXAMPLES]
    if len(found) > EXAMPLES:
        yield [(f"{'':{COUNT + 2}}and {len(found) - EXAMPLES:,} more", DIM)]


def hit_line(hit: Hit, width: int) -> Line:
    """Quote a hit; where it means another thing of the name, say which."""
    start = hit.mention.column - 1
    meant = f"  {place(hit.meant)}" if hit.meant else ""
    name = hit.mention.text[start : hit.mention.text.find("(", start)]
    line = quote(f"{hit.path}:{hit.mention.line}", hit.mention.text, start, len(name), width - len(meant))
    return [*line, (meant, PATH)]


def quote(where: str, text: str, start: int, size: int, width: int) -> Line:
    """Show a place and its line, so that the name is to be seen."""
    where = tail(where, PLACE)
    room = width - COUNT - 2 - PLACE - 2
    shown = text.lstrip()
    start -= len(text) - len(shown)
    first = max(0, start - room // 2) if start + size + AFTER > room else 0
    before = ("…" if first else "") + shown[first:start]
    line: Line = [(before, DIM), (shown[start : start + size], MARK), (shown[start + size :], DIM)]
    return [(" " * (COUNT + 2), PLAIN), (where.ljust(PLACE + 2), PATH), *clipped(line, room)]


def missed(comparison: Comparison, read: Read, width: int) -> Iterator[Line]:
    """Show the sites that the search does not find, by how they escape it."""
    if not comparison.misses:
        return
    yield []
    yield [("A site, and not printed", BOLD)]
    ordered = sorted(comparison.misses, key=miss_key)
    groups = [(key, list(misses)) for key, misses in groupby(ordered, miss_key)]
    for (way, name), misses in sorted(groups, key=lambda group: -len(group[1])):
        yield [(f"{len(misses):>{COUNT},}  ", BAD), (way, PLAIN), (f": {escape(name)}", NAME)]
        yield from examples([miss_line(miss, read, width) for miss in misses])


def miss_key(miss: Miss) -> tuple[str, str]:
    """Group sites by how they escape, and by what is written."""
    return miss.way, miss.site.name


def miss_line(miss: Miss, read: Read, width: int) -> Line:
    """Quote a site."""
    location = miss.site.location
    found = source_lines(read(location.path))[location.line - 1 : location.line]
    text = found[0].rstrip("\r") if found else miss.site.name
    start = max(text.find(miss.site.name, location.column - 1), 0)
    return quote(f"{location.path}:{location.line}", text, start, len(miss.site.name), width)


def behind(comparison: Comparison, width: int) -> Iterator[Line]:
    """Show through what else the name is reached."""
    found = comparison.reached
    if not found:
        return
    yield []
    total = sum(each.sites for each in found)
    said = f"  {total:,} under {counted(len(found), 'name')}"
    yield [("Sites that end there, under names that no search knows", BOLD), (said, DIM)]
    yield from table([reached_row(each, width) for each in found[:WRAPPERS]], width)
    if len(found) > WRAPPERS:
        rest = sum(each.sites for each in found[WRAPPERS:])
        yield [(f"{'':{COUNT + 2}}and {rest:,} more under {len(found) - WRAPPERS:,} other names", DIM)]


def reached_row(each: Reached, width: int) -> tuple[Line, ...]:
    """Give the cells of one wrapper: how often, its name, where it is defined, and the way down."""
    return (
        [(f"{each.sites:,}", PLAIN)],
        [(tail(each.name, width // 4), NAME)],
        [(tail(place(each.definition), width // 4), PATH)],
        [(path_down(each, width // 3), DIM)],
    )


def path_down(each: Reached, width: int) -> str:
    """Say how a wrapper comes to the name, in so many columns."""
    if each.subclass:
        return f"a subclass of {each.chain[-1]}"
    links = each.chain[1:]
    chains = [" → ".join(("", *shown)).strip() for shown in (links, (links[0], "…", links[-1]), ("…", links[-1]))]
    return next((chain for chain in chains if len(chain) <= width), chains[-1])


def place(target: Target | None) -> str:
    """Say where something is defined."""
    return f"{target.path}:{target.line}" if target else ""
