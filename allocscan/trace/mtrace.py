"""The log of the C library's `mtrace`: every call, with the address that it came from."""

import re

from allocscan.errors import TraceError
from allocscan.trace.blocks import NOTHING, Blocks
from allocscan.trace.log import Log, lines, total
from allocscan.trace.symbols import Resolving, Symbols

START = b"= Start"
LINE = re.compile(
    r"@ (?:(?P<library>.*?):)?(?:\((?P<function>[^()+]*)\+?(?P<offset>[0-9a-fx]*)\))?\[0x(?P<address>[0-9a-f]+)\] "
    r"(?P<sign>[-+<>!]) 0x(?P<block>[0-9a-f]+)(?: (?P<size>0x[0-9a-f]+|0))?"
)
NOTE = "only the function that called the allocator is known, not who called that one"
Origin = tuple[str, int]


def sniff(content: bytes) -> bool:
    """Tell whether a log is one of these."""
    return content.startswith(START)


def read(content: bytes, symbols: Symbols) -> Log:
    """Read a log."""
    blocks: Blocks[Origin] = Blocks()
    for number, line in enumerate(lines(content), 1):
        if line and not line.startswith("="):
            note(blocks, line, number)
    stacks = tuple(blocks.stacks(resolving(symbols, blocks).frames))
    return Log("mtrace", stacks, total(stacks, NOTHING), notes=(NOTE,))


def note(blocks: Blocks[Origin], line: str, number: int) -> None:
    """Note what one line says; what could not be resized stays as it is."""
    found = LINE.fullmatch(line)
    if found is None or (found["sign"] in "+>" and not found["size"]):
        raise TraceError(f"line {number} is damaged or cut off")
    block = int(found["block"], 16)
    if found["sign"] in "-<":
        blocks.release(block)
    elif found["sign"] in "+>":
        blocks.obtain(block, int(found["size"], 16), (found["library"] or "", int(found["address"], 16)))


def resolving(symbols: Symbols, blocks: Blocks[Origin]) -> Resolving:
    """Prepare to say where the addresses of a log are."""
    addresses: dict[str, list[int]] = {}
    for library, address in blocks.counts:
        addresses.setdefault(library, []).append(address)
    return Resolving(symbols, addresses)
