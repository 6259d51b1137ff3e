"""jemalloc's statistics, as `stats_print` writes them: totals, with no site of any kind."""

import json

from allocscan.errors import TraceError
from allocscan.model import Measure
from allocscan.trace.log import Log
from allocscan.trace.symbols import Symbols

TEXT, OBJECT = b"___ Begin jemalloc statistics ___", b'{"jemalloc":'
END = "--- End jemalloc statistics ---"
COLUMNS, TOTAL = ["allocated", "nmalloc", "ndalloc"], "total:"
NOTES = (
    "statistics name no place in the source: these are totals",
    "they count what jemalloc keeps ready in its caches as held (unless run with tcache:false), and their own buffer",
    "sizes are those of jemalloc's size classes, which blocks are rounded up to",
)


def sniff(content: bytes) -> bool:
    """Tell whether a log holds one of these, possibly among what else a program said."""
    return TEXT in content or OBJECT in content


def read(content: bytes, _symbols: Symbols) -> Log:
    """Read the totals."""
    text = content.decode("utf-8", "replace")
    allocated, obtained, released = from_object(text) if OBJECT in content else from_text(text)
    measure = Measure(blocks=obtained, live_bytes=allocated, live_blocks=obtained - released)
    return Log("jemalloc", (), measure, notes=NOTES)


def from_object(text: str) -> tuple[int, int, int]:
    """Read statistics that were written as JSON: bytes held, blocks obtained, blocks given back."""
    data, _ = json.JSONDecoder().raw_decode(text, text.index(OBJECT.decode()))
    arenas = data["jemalloc"]["stats.arenas"]
    # A program with one arena has nothing to merge.
    counted = [arenas["merged"]] if "merged" in arenas else list(arenas.values())
    sizes = [arena[size] for arena in counted for size in ("small", "large")]
    allocated, obtained, released = (sum(int(size[name]) for size in sizes) for name in COLUMNS)
    return allocated, obtained, released


def from_text(text: str) -> tuple[int, int, int]:
    """Read statistics that were written for people; the first table of totals is that of all arenas."""
    body, found, _ = text[text.index(TEXT.decode()) :].partition(END)
    if not found:
        raise TraceError("the statistics are cut off")
    rows = [line.split() for line in body.splitlines()]
    heading = next((number for number, row in enumerate(rows) if row[:2] == COLUMNS[:2]), len(rows))
    totals = next((row[1:] for row in rows[heading:] if row[:1] == [TOTAL]), None)
    if totals is None:
        raise TraceError("the statistics hold no totals; run with stats_print:true alone")
    allocated, obtained, released = (int(totals[rows[heading].index(name)]) for name in COLUMNS)
    return allocated, obtained, released
