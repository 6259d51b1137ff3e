"""Programs and libraries: their code, their names, and the debug information that they carry."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from elftools.common.exceptions import DWARFError, ELFError
from elftools.dwarf.dwarfinfo import DWARFInfo
from elftools.elf.elffile import ELFFile
from elftools.elf.sections import SymbolTableSection

from allocscan.trace.log import Frame
from allocscan.trace.units import Unit, spans

DAMAGE = (DWARFError, ELFError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError)
"""What reading a program stumbles over that is not as it should be."""
PAGE = 0x1000


class Binary:
    """A program or library, with the debug information that it carries."""

    def __init__(self, path: Path) -> None:
        self.elf = ELFFile(path.open("rb"))
        self.units: dict[int, Unit] = {}

    @cached_property
    def dwarf(self) -> DWARFInfo | None:
        """The debug information, where there is some."""
        return self.elf.get_dwarf_info() if self.elf.has_dwarf_info() else None

    @cached_property
    def symbols(self) -> list[tuple[int, int, str]]:
        """Begin, end and name of each function that the linker knows."""
        found = []
        for section in self.elf.iter_sections():
            if isinstance(section, SymbolTableSection):
                for symbol in section.iter_symbols():
                    if symbol["st_info"]["type"] == "STT_FUNC" and symbol["st_value"]:
                        found.append((symbol["st_value"], symbol["st_value"] + symbol["st_size"], symbol.name))
        return sorted(found)

    def frames(self, address: int) -> Iterator[Frame]:
        """Yield the frames at the call that returns to an address."""
        try:
            unit = self.unit(address - 1)
            found = tuple(unit.frames(address - 1)) if unit else ()
        except DAMAGE:
            found = ()
        if found:
            yield from found
        elif name := self.function(address - 1):
            yield Frame(name)

    def unit(self, address: int) -> "Unit | None":
        """Find the unit of compilation that an address belongs to."""
        if self.dwarf is None:
            return None
        offset = self.offset(address)
        if offset is None:
            return None
        if offset not in self.units:
            self.units[offset] = Unit(self.dwarf, self.dwarf.get_CU_at(offset))
        return self.units[offset]

    def offset(self, address: int) -> int | None:
        """Find where the debug information of an address begins."""
        assert self.dwarf is not None
        aranges = self.dwarf.get_aranges()
        found: int | None = aranges.cu_offset_at_addr(address) if aranges else None
        if found is None:
            within = (offset for begin, end, offset in self.extents if begin <= address < end)
            found = next(within, None)
        return found

    @cached_property
    def extents(self) -> list[tuple[int, int, int]]:
        """Begin and end of the code of each unit, for programs without a table of that."""
        assert self.dwarf is not None
        units = list(self.dwarf.iter_CUs())
        return [(*span, unit.cu_offset) for unit in units for span in spans(self.dwarf, unit.get_top_DIE(), unit)]

    def function(self, address: int) -> str:
        """Name the function that the linker knows at an address."""
        index = bisect_right(self.symbols, (address, 1 << 64, "")) - 1
        if index < 0:
            return ""
        begin, end, name = self.symbols[index]
        return name if address < max(end, begin + 1) else ""

    def base(self, addresses: Iterable[int]) -> int | None:
        """Find where a program was loaded: the only place where calls stand before all addresses, as returns need."""
        wanted = sorted(set(addresses))
        returns = RETURNS.get(self.elf.get_machine_arch())
        if returns is None or not wanted:
            return None
        found = [base for base in self.bases(wanted[0]) if all(returns(self, each - base) for each in wanted)]
        return found[0] if len(found) == 1 else None

    def bases(self, address: int) -> Iterator[int]:
        """Yield the pages that a program may have been loaded at, given that an address is in its code."""
        for begin, data in self.code:
            for page in range(begin - begin % PAGE, begin + len(data), PAGE):
                base = (address - address % PAGE) - page
                if base >= 0:
                    yield base

    @cached_property
    def start(self) -> int:
        """The address that the beginning of the file is meant to be loaded at."""
        return min((part["p_vaddr"] - part["p_offset"] for part in self.elf.iter_segments("PT_LOAD")), default=0)

    def at(self, offset: int) -> int:
        """Give the address that some place in the file is meant to be loaded at."""
        parts = [part for part in self.elf.iter_segments("PT_LOAD") if part["p_offset"] <= offset]
        return offset + (parts[-1]["p_vaddr"] - parts[-1]["p_offset"] if parts else 0)

    def contains(self, address: int) -> bool:
        """Tell whether code is at an address."""
        return any(begin <= address <= begin + len(data) for begin, data in self.code)

    def before(self, address: int, length: int) -> bytes:
        """Give the bytes in front of an address."""
        for begin, data in self.code:
            if begin + length <= address <= begin + len(data):
                return data[address - begin - length : address - begin]
        return b""

    @cached_property
    def code(self) -> list[tuple[int, bytes]]:
        """The parts that are executed."""
        executable = (part for part in self.elf.iter_segments("PT_LOAD") if part["p_flags"] & 1)
        return [(part["p_vaddr"], part.data()) for part in executable]


def returns_on_intel(binary: Binary, address: int) -> bool:
    """Tell whether an instruction that calls ends at an address: directly, or through a slot of a table."""
    near, far = binary.before(address, 5), binary.before(address, 6)
    if near[:1] == b"\xe8" and binary.contains(address + int.from_bytes(near[1:], "little", signed=True)):
        return True
    return far[:2] == b"\xff\x15" or (binary.before(address, 2)[:1] == b"\xff" and 0xD0 <= near[-1] <= 0xD7)


def returns_on_arm(binary: Binary, address: int) -> bool:
    """Tell whether an instruction that calls stands before an address: directly, or through a register."""
    word = int.from_bytes(binary.before(address, 4), "little")
    return word >> 26 == 0b100101 or word & 0xFFFFFC1F == 0xD63F0000


RETURNS: Mapping[str, Callable[[Binary, int], bool]] = {"x64": returns_on_intel, "AArch64": returns_on_arm}
"""For each processor what tells an address that a call returns to."""
