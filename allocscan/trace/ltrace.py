"""The output of `ltrace`: the calls of a program into its libraries, by name, and with `-i` by address."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from allocscan.errors import TraceError
from allocscan.trace.blocks import NOTHING, Blocks
from allocscan.trace.log import Frame, Log, lines, total
from allocscan.trace.symbols import Resolving, Symbols

CALL = re.compile(
    r"(?:\[pid (?P<pid>\d+)\] |(?P<process>\d+) )?(?:[\d:.]+ )?(?:\[0x(?P<address>[0-9a-f]+)\] )?"
    r"(?:(?P<library>\S+?)->)?(?P<function>[\w@.]+)\((?P<arguments>.*?)"
    r"(?:\) += (?P<result>\S+)|(?P<open> <(?:unfinished|no return) \.\.\.>|$))"
)
RESUMED = re.compile(
    r"(?:\[pid (?P<pid>\d+)\] |(?P<process>\d+) )?(?:[\d:.]+ )?(?:\[0x[0-9a-f]+\] )?"
    r"<\.\.\. (?P<function>[\w@.]+) resumed> .*\) += (?P<result>\S+)"
)
WHO = r"(?:\[pid (?P<pid>\d+)\] |(?P<process>\d+) )?(?:[\d:.]+ )?(?:\[0x[0-9a-f]+\] )?"
ENDED = re.compile(WHO + r"(?:\+\+\+|---) .*")
STARTS = re.compile(WHO)
BEGUN = re.compile(WHO + r"--- Called exec\(\) ---")
FORK = re.compile(WHO + r"(?:(?:\S+?->)?v?fork\(|<\.\.\. v?fork resumed> ).*\) += (?P<result>[1-9]\d*)\b")
THREAD = "pthread_create("
SIZES = {"malloc": (0,), "calloc": (0, 1), "realloc": (1,), "reallocarray": (1, 2), "memalign": (1,)}
SIZES |= {"aligned_alloc": (1,), "valloc": (0,), "pvalloc": (0,)}
"""The arguments whose product is the size of a block."""
NEW, DELETE = re.compile(r"_Zn[wa]\w*"), re.compile(r"free|cfree|_Zd[la]\w*")
RESIZED = frozenset(("realloc", "reallocarray"))
ANOTHER = "another program that was started"
NOTE = "what the C library obtained for itself is not counted: of calls inside of it, ltrace does not know the names"
CUT = (
    "the log does not tell how the program ended, so it may be cut off, and what seems leaked may have been given back"
)
INSIDE = re.compile(r"libc[.-]|ld-linux")
"""How the library begins whose calls ltrace lists under wrong names."""
FIRST, TAIL = 20, 400
"""Lines that a log is known by, and bytes in which it says how the program ended."""

Call = tuple[re.Match[str], str]
"""A call, and its result."""
Origin = tuple[str, str, str, int]
"""The program, the library of it that called, what that called, and from which address."""


def sniff(content: bytes) -> bool:
    """Tell whether a log is one of these."""
    first = [line for line in islice(lines(content[:8192]), FIRST) if line.strip()]
    known = [line for line in first if CALL.match(line) or ENDED.fullmatch(line) or RESUMED.fullmatch(line)]
    return any("(" in line for line in known) and 2 * len(known) > len(first)


def read(content: bytes, symbols: Symbols) -> Log:
    """Read a log."""
    processes = Processes(content)
    blocks: Blocks[Origin] = Blocks()
    addresses: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for call, result in calls(content, processes):
        who = process(call)
        note(blocks, call, result, processes.space(who), processes.program(who))
        if call["address"] and acts(call["function"]):
            addresses[processes.program(who)][call["library"] or ""].append(int(call["address"], 16))
    programs = {program: resolving(symbols, found, program) for program, found in addresses.items()}

    def frames(origin: Origin) -> tuple[Frame, ...]:
        program, library, _, address = origin
        places = programs.get(program)
        if program and not places:
            return (Frame(library=ANOTHER),)
        return places.frames((library, address)) if places and address else ()

    stacks = tuple(blocks.stacks(frames, lambda origin: Frame(origin[2])))
    notes = (NOTE,) if b"+++ " in content[-TAIL:] else (NOTE, CUT)
    return Log("ltrace", stacks, total(stacks, NOTHING), notes=notes, processes=max(1, len(processes.spaces)))


def resolving(symbols: Symbols, addresses: Mapping[str, list[int]], program: str) -> Resolving | None:
    """Prepare to say where addresses are; of a program that was started, it is not said which one it is."""
    try:
        return Resolving(symbols, addresses)
    except TraceError:
        if program:
            return None
        raise


class Processes:
    """Which memory and which program each process has: threads share both, and what was forked has its own memory."""

    def __init__(self, content: bytes) -> None:
        self.parents = {found["result"]: process(found) for found in filter(None, map(FORK.match, lines(content)))}
        self.leaders = dict(leaders(lines(content), self.parents))
        """Of each thread the one that started it."""
        self.begun: Counter[str] = Counter()
        """How many programs each process has begun since it was forked."""
        self.spaces: set[str] = set()

    def begin(self, who: str) -> None:
        """Note that a process begins another program."""
        self.begun[who] += 1

    def space(self, who: str) -> str:
        """Name the memory of a process."""
        who = self.leaders.get(who, who)
        named = self.program(who) if self.begun[who] else who if who in self.parents else ""
        self.spaces.add(named)
        return named

    def program(self, who: str) -> str:
        """Name the program of a process: empty for the one that the log is of."""
        who = self.leaders.get(who, who)
        while not self.begun[who] and who in self.parents:
            who = self.parents[who]
            who = self.leaders.get(who, who)
        return f"{who}.{self.begun[who]}" if self.begun[who] else ""


def leaders(log: Iterable[str], parents: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each thread with the one that started it: whoever has asked for a thread last."""
    last, known = "", {*parents, *parents.values()}
    for line in log:
        who = process(found) if (found := STARTS.match(line)) else ""
        if who not in known:
            known.add(who)
            if last:
                yield who, last
        if THREAD in line:
            last = who


def calls(content: bytes, processes: Processes) -> Iterator[Call]:
    """Yield each call with its result; what an allocator does for itself is no call of the program."""
    pending: dict[tuple[str, str], re.Match[str]] = {}
    for line in lines(content):
        if begun := BEGUN.match(line):
            processes.begin(process(begun))
        elif found := CALL.match(line):
            if INSIDE.match(found["library"] or ""):
                continue
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


def note(blocks: Blocks[Origin], call: re.Match[str], result: str, space: str, program: str) -> None:
    """Note what one call does to the memory of a program."""
    function, _, _ = call["function"].partition("@")
    arguments = call["arguments"].split(", ")
    if DELETE.fullmatch(function):
        blocks.release((space, number(arguments[0])))
    sizes = sizes_of(function)
    if not sizes or not number(result):
        return
    if function in RESIZED:
        blocks.release((space, number(arguments[0])))
    size = 1
    for position in sizes:
        size *= number(arguments[position])
    origin = program, call["library"] or "", function, int(call["address"] or "0", 16)
    blocks.obtain((space, number(result)), size, origin)


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
