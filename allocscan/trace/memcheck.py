"""Valgrind's memcheck, as XML: leaks with their stacks."""

from collections.abc import Iterator
from xml.etree import ElementTree

from allocscan.errors import TraceError
from allocscan.model import Measure
from allocscan.trace.log import Frame, Log, Stack, total
from allocscan.trace.symbols import Symbols

LOST = frozenset(("Leak_DefinitelyLost", "Leak_IndirectlyLost", "Leak_PossiblyLost"))
REACHABLE = "Leak_StillReachable"


def sniff(content: bytes) -> bool:
    """Tell whether a log is one of these."""
    return content.lstrip()[:5] == b"<?xml" and b"<valgrindoutput>" in content[:2000]


def read(content: bytes, _symbols: Symbols) -> Log:
    """Read a log; nothing but leaks is counted."""
    root = parse(content)
    if root.findtext("protocoltool") != "memcheck":
        raise TraceError(
            f"it is a log of Valgrind's {root.findtext('protocoltool') or 'unknown tool'}, not of memcheck"
        )
    if not any(state.text == "FINISHED" for state in root.iterfind("status/state")):
        raise TraceError("the program had not ended when the log was written")
    options = [option.text or "" for option in root.iterfind("args/vargv/arg")]
    if not {"--leak-check=full", "--leak-check=yes"}.intersection(options):
        raise TraceError("it lists no leaks; run Valgrind with --leak-check=full --show-leak-kinds=all")
    everything = "--show-leak-kinds=all" in options
    stacks = tuple(leaks(root, everything))
    return Log(
        tool="memcheck",
        stacks=stacks,
        measure=total(stacks, nothing(everything)),
        command=" ".join(part.text or "" for part in root.iterfind("args/argv/*")),
        notes=() if everything else ("what is lost indirectly or still reachable is not in the log",),
    )


def parse(content: bytes) -> ElementTree.Element:
    """Parse XML that declares no entities, which a log has no use for and an attacker has."""
    text = content.decode("utf-8", "replace")
    if "<!DOCTYPE" in text:
        raise TraceError("it declares a document type, as no log of Valgrind does")
    try:
        return ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise TraceError(f"it is damaged or cut off ({error})") from None


def nothing(everything: bool) -> Measure:
    """Give zero of all that is counted."""
    live = 0 if everything else None
    return Measure(live_bytes=live, live_blocks=live, leaked_bytes=0, leaked_blocks=0)


def leaks(root: ElementTree.Element, everything: bool) -> Iterator[Stack]:
    """Yield what was lost, and what was only kept."""
    for error in root.iterfind("error"):
        kind = error.findtext("kind") or ""
        if kind in LOST or kind == REACHABLE:
            size = int(error.findtext("xwhat/leakedbytes") or error.findtext("leakedbytes") or "")
            blocks = int(error.findtext("xwhat/leakedblocks") or error.findtext("leakedblocks") or "")
            lost = kind in LOST
            measure = Measure(
                live_bytes=size if everything else None,
                live_blocks=blocks if everything else None,
                leaked_bytes=size if lost else 0,
                leaked_blocks=blocks if lost else 0,
            )
            yield Stack(tuple(map(frame, error.iterfind("stack[1]/frame"))), measure)


def frame(element: ElementTree.Element) -> Frame:
    """Read one frame."""
    place, file = element.findtext("dir"), element.findtext("file") or ""
    return Frame(
        function=element.findtext("fn") or "",
        path=f"{place}/{file}" if place and file else file,
        line=int(element.findtext("line") or 0),
        library=element.findtext("obj") or "",
    )
