"""Valgrind's DHAT, as JSON: every place that obtained memory, how long it was held and how much it was used."""

import json
import re
from typing import Any

from allocscan.errors import TraceError
from allocscan.model import Action, Measure
from allocscan.trace.log import Frame, Log, Stack, total
from allocscan.trace.symbols import Symbols

VERSION = 2
FRAME = re.compile(r"0x[0-9A-Fa-f]+: (?P<function>.*) \((?:in (?P<library>.*)|(?P<path>.*):(?P<line>\d+))\)")
UNKNOWN = "???"
COUNTED = {
    "bytes": "tb",
    "blocks": "tbk",
    "live_bytes": "eb",
    "live_blocks": "ebk",
    "leaked_bytes": "eb",
    "leaked_blocks": "ebk",
    "peak_bytes": "gb",
    "lifetime": "tl",
    "read_bytes": "rb",
    "written_bytes": "wb",
}
"""What a measure is called in the log; what is still held at the end counts as lost."""
NOTE = "what was resized counts where it was first obtained, and what was held at the end counts as leaked"


def sniff(content: bytes) -> bool:
    """Tell whether a log is one of these."""
    return content[:200].lstrip().startswith(b"{") and b'"dhatFileVersion"' in content[:200]


def read(content: bytes, _symbols: Symbols) -> Log:
    """Read a log."""
    data = parse(content)
    frames = [frame(text) for text in data["ftbl"]]
    stacks = tuple(stack(point, frames) for point in data["pps"])
    counted = {name for name in COUNTED if all(getattr(each.measure, name) is not None for each in stacks)}
    return Log(
        tool="dhat",
        stacks=stacks,
        measure=total(stacks, Measure(**dict.fromkeys(counted, 0))),
        counts=frozenset((Action.ALLOCATE,)),
        command=str(data["cmd"]),
        notes=(NOTE,),
    )


def parse(content: bytes) -> dict[str, Any]:
    """Parse a log, and make sure that it is about memory."""
    data: dict[str, Any] = json.loads(content)
    if data["dhatFileVersion"] != VERSION:
        raise TraceError(f"version {data['dhatFileVersion']} of DHAT's format is not known, only {VERSION}")
    if data["mode"] != "heap":
        raise TraceError(f"DHAT was run with --mode={data['mode']}, which says nothing of the heap")
    return data


def stack(point: dict[str, Any], frames: list[Frame]) -> Stack:
    """Read what was counted of one place."""
    measure = {name: natural(point[key]) for name, key in COUNTED.items() if key in point}
    return Stack(tuple(frames[natural(index)] for index in point["fs"]), Measure(**measure))


def natural(value: object) -> int:
    """Insist on a number that counts something."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TraceError(f"it counts {value!r} of something")
    return value


def frame(text: str) -> Frame:
    """Read one frame: an address, a function, and the place in the source or the library."""
    found = FRAME.fullmatch(text)
    if found is None:
        return Frame(text.partition(": ")[2].replace(UNKNOWN, ""))
    function = "" if found["function"] == UNKNOWN else found["function"]
    return Frame(function, found["path"] or "", int(found["line"] or 0), found["library"] or "")
