"""The output of `ltrace`: the calls of a program into its libraries, by name, and with `-i` by address."""

import re
from collections.abc import Iterator

from allocscan.trace.blocks import NOTHING, Blocks
from allocscan.trace.log import Frame, Log, total
from allocscan.trace.symbols import Resolving, Symbols

CALL = re.compile(
    r"(?:\[pid (?P<pid>\d+)\] |(?P<process>\d+) )?(?:[\d:.]+ )?(?:\[0x(?P<address>[0-9a-f]+)\] )?"
    r"(?:(?P<library>\S+?)->)?(?P<function>[\w@.]+)\((?P<arguments>.*?)"
    r"(?:\) += (?P<result>\S+)|(?P<open> <unfinished \.\.\.>|$))"
)
RESUMED = re.compile(
    r"(?:\[pid (?P<pid>\d+)\] |(?P<process>\d+) )?(?:[\d:.]+ )?(?:\[0x[0-9a-f]+\] )?"
    r"<\.\.\. (?P<function>[\w@.]+) resumed> .*\) += (?P<result>\S+)"
)
ENDED = re.compile(r"(?:\[pid \d+\] |\d+ )?(?:[\d:.]+ )?(?:\[0x[0-9a-f]+\] )?(?:\+\+\+|---) .*")
SIZES = {"malloc": (0,), "calloc": (0, 1), "realloc": (1,), "reallocarray": (1, 2), "memalign": (1,)}
SIZES |= {"aligned_alloc": (1,), "valloc": (0,), "pvalloc": (0,)}
"""The arguments whose product is the size of a block."""
NEW, DELETE = re.compile(r"_Zn[wa]\w*"), re.compile(r"free|cfree|_Zd[la]\w*")
RESIZED = frozenset(("realloc", "reallocarray"))
NOTE = "only what the program itself asked of malloc, new and the like is counted, not what libraries obtained for it"
FIRST = 20
"""Lines that a log is known by."""

Origin = tuple[str, str, int]
"""The library that called, what it called, and from which address."""


def sniff(content: bytes) -> bool:
    """Tell whether a log is one of these."""
    lines = [line for line in content[:8192].decode("utf-8", "replace").splitlines()[:FIRST] if line.strip()]
    known = [line for line in lines if CALL.match(line) or ENDED.fullmatch(line) or RESUMED.fullmatch(line)]
    return any("(" in line for line in known) and 2 * len(known) > len(lines)


def read(content: bytes, symbols: Symbols) -> Log:
    """Read a log."""
    blocks: Blocks[Origin] = Blocks()
    addresses: dict[str, list[int]] = {}
    for call, result in calls(content.decode("utf-8", "replace")):
        note(blocks, call, result)
        if call["address"] and acts(call["function"]):
            addresses.setdefault(call["library"] or "", []).append(int(call["address"], 16))
    resolving = Resolving(symbols, addresses)

    def frames(origin: Origin) -> tuple[Frame, ...]:
        library, _, address = origin
        return resolving.frames((library, address)) if address else ()

    stacks = tuple(blocks.stacks(frames, lambda origin: Frame(origin[1])))
    return Log("ltrace", stacks, total(stacks, NOTHING), notes=(NOTE,))


def calls(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each call with its result; what an allocator does for itself is no call of the program."""
    pending: dict[tuple[str, str], re.Match[str]] = {}
    for line in text.splitlines():
        if found := CALL.match(line):
            if found["result"] is not None:
                if not any(who == process(found) and obtains(what) for who, what in pending):
                    yield found, found["result"]
            else:
                pending[process(found), found["function"]] = found
        elif (found := RESUMED.fullmatch(line)) and (call := pending.pop((process(found), found["function"]), None)):
            yield call, found["result"]


def process(found: re.Match[str]) -> str:
    """Say which process or thread a line is of."""
    return found["pid"] or found["process"] or ""


def note(blocks: Blocks[Origin], call: re.Match[str], result: str) -> None:
    """Note what one call does to memory."""
    function, _, _ = call["function"].partition("@")
    arguments = call["arguments"].split(", ")
    if DELETE.fullmatch(function):
        blocks.release(number(arguments[0]))
    sizes = sizes_of(function)
    if not sizes or not number(result):
        return
    if function in RESIZED:
        blocks.release(number(arguments[0]))
    size = 1
    for position in sizes:
        size *= number(arguments[position])
    blocks.obtain(number(result), size, (call["library"] or "", function, int(call["address"] or "0", 16)))


def sizes_of(function: str) -> tuple[int, ...]:
    """Say which arguments of a function give the size of the block that it obtains; none when it obtains none."""
    return (0,) if NEW.fullmatch(function) else SIZES.get(function, ())


def acts(function: str) -> bool:
    """Tell whether a function obtains memory or gives it back."""
    return obtains(function) or DELETE.fullmatch(function.partition("@")[0]) is not None


def obtains(function: str) -> bool:
    """Tell whether a function obtains memory."""
    return bool(sizes_of(function.partition("@")[0]))


def number(text: str) -> int:
    """Read a number as ltrace writes it; nothing is 0."""
    return 0 if text in ("nil", "NULL", "<void>", "") else int(text, 0)
