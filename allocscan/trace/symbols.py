"""Addresses of programs and libraries, as the places in the source that their debug information tells of."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from posixpath import join as join_path

from elftools.common.exceptions import DWARFError, ELFError
from elftools.dwarf.compileunit import CompileUnit
from elftools.dwarf.die import DIE
from elftools.dwarf.dwarfinfo import DWARFInfo
from elftools.dwarf.ranges import BaseAddressEntry
from elftools.elf.elffile import ELFFile
from elftools.elf.sections import SymbolTableSection

from allocscan.errors import TraceError
from allocscan.trace.log import Frame

DAMAGE = (DWARFError, ELFError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError)
SCOPES = ("DW_TAG_subprogram", "DW_TAG_inlined_subroutine", "DW_TAG_lexical_block", "DW_TAG_try_block")
PAGE = 0x1000


class Symbols:
    """The programs and libraries that a log speaks of, each read when it is needed."""

    def __init__(self, binary: Path | None = None) -> None:
        self.binary = binary
        self.opened: dict[str, Binary | None] = {}

    def frames(self, library: str, address: int) -> tuple[Frame, ...]:
        """Say where in the source a call returns to, what was inlined there first."""
        binary = self.open(library)
        found = tuple(binary.frames(address)) if binary else ()
        return tuple(Frame(each.function, each.path, each.line, library) for each in found) or (Frame(library=library),)

    def open(self, library: str) -> "Binary | None":
        """Read a program or library; the one that was named takes the place of the one of its name."""
        if library not in self.opened:
            named = self.binary and self.binary.name == Path(library).name
            self.opened[library] = open_binary(self.binary if named and self.binary else Path(library))
        return self.opened[library]

    def in_file(self, library: str, offset: int) -> int:
        """Give the address of what stands at some place in a file."""
        binary = self.open(library)
        return binary.at(offset) if binary else offset

    def path(self, library: str) -> str:
        """Name the file of a library; what a log does not name, or not by its path, has to be said."""
        if "/" in library or ".so" in library:
            return library
        if self.binary is None:
            raise TraceError(f"it does not say where {library or 'its program'} is; name that with --binary")
        return str(self.binary)


class Resolving:
    """The addresses of one log, which may be those of a program that was loaded anywhere."""

    def __init__(self, symbols: Symbols, addresses: Mapping[str, Sequence[int]]) -> None:
        self.symbols = symbols
        self.bases = {library: self.base(library, each) for library, each in addresses.items()}

    def base(self, library: str, addresses: Sequence[int]) -> int:
        """Find where a program was loaded that its addresses are of; 0 where they count from its beginning."""
        binary = self.symbols.open(self.name(library))
        if binary is None or all(map(binary.contains, addresses)):
            return 0
        base = binary.base(addresses)
        if base is None:
            raise TraceError(f"where {self.name(library)} was loaded cannot be told from the addresses in it")
        return base

    def name(self, library: str) -> str:
        """Name the file of a library as far as a log does."""
        return self.symbols.path(library)

    def frames(self, origin: tuple[str, int]) -> tuple[Frame, ...]:
        """Say where in the source a call returns to."""
        library, address = origin
        return self.symbols.frames(self.name(library), address - self.bases[library])


def open_binary(path: Path) -> "Binary | None":
    """Read a program, if it is one that is still there."""
    if not path.is_file():
        return None
    try:
        return Binary(path)
    except DAMAGE:
        return None


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

    def symbol(self, name: str) -> int | None:
        """Say where a function begins."""
        return next((begin for begin, _, known in self.symbols if known == name), None)

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


class Unit:
    """A unit of compilation: its lines, and what stands inside of what."""

    def __init__(self, dwarf: DWARFInfo, unit: CompileUnit) -> None:
        self.dwarf = dwarf
        self.unit = unit
        self.program = dwarf.line_program_for_CU(unit)
        self.version: int = self.program["version"] if self.program else 0
        self.home = text(unit.get_top_DIE(), "DW_AT_comp_dir")

    @cached_property
    def lines(self) -> list[tuple[int, int, int]]:
        """Begin, file and line of every stretch of code; line 0 where nothing is."""
        found = []
        for entry in self.program.get_entries() if self.program else ():
            if entry.state:
                state = entry.state
                found.append((state.address, state.file, 0 if state.end_sequence else state.line or 0))
        # Of two stretches that begin at one address, the first is empty.
        return sorted(found, key=lambda stretch: stretch[0])

    @cached_property
    def functions(self) -> list[tuple[int, int, DIE]]:
        """Begin, end and description of every function that has code."""
        dies = (die for die in self.unit.iter_DIEs() if die.tag == "DW_TAG_subprogram")
        return [(begin, end, die) for die in dies for begin, end in spans(self.dwarf, die, self.unit)]

    def frames(self, address: int) -> Iterator[Frame]:
        """Yield what is inlined at an address, the innermost first, and the function around it."""
        index = bisect_right(self.lines, address, key=lambda stretch: stretch[0]) - 1
        _, file, line = self.lines[index] if index >= 0 else (0, 0, 0)
        path = self.path(file)
        for die in reversed(list(self.nest(address))):
            if die.tag in SCOPES[:2]:
                yield Frame(name_of(die), path, line)
            if die.tag == SCOPES[1]:
                path, line = self.path(number(die, "DW_AT_call_file")), number(die, "DW_AT_call_line")

    def nest(self, address: int) -> Iterator[DIE]:
        """Yield the scopes around an address, the outermost first."""
        inner = next((die for begin, end, die in self.functions if begin <= address < end), None)
        while inner is not None:
            yield inner
            inner = next((die for die in inner.iter_children() if self.holds(die, address)), None)

    def holds(self, die: DIE, address: int) -> bool:
        """Tell whether a scope lies around an address."""
        return die.tag in SCOPES and any(begin <= address < end for begin, end in spans(self.dwarf, die, self.unit))

    def path(self, file: int) -> str:
        """Give the path of a file of the unit, whole where the compiler was told."""
        if self.program is None or (not file and self.version < 5):
            return ""
        # Older versions count files and folders from 1, and mean the folder of the compiler by 0.
        first = 0 if self.version >= 5 else 1
        entry = self.program["file_entry"][file - first]
        folders = self.program["include_directory"]
        folder = "" if first and not entry.dir_index else decoded(folders[entry.dir_index - first])
        return join_path(self.home, folder, decoded(entry.name))


def spans(dwarf: DWARFInfo, die: DIE, unit: CompileUnit) -> list[tuple[int, int]]:
    """List the stretches of code that a description is about."""
    if "DW_AT_ranges" in die.attributes:
        return list(ranges(dwarf, die, unit))
    if "DW_AT_low_pc" not in die.attributes or "DW_AT_high_pc" not in die.attributes:
        return []
    begin, end = die.attributes["DW_AT_low_pc"].value, die.attributes["DW_AT_high_pc"]
    return [(begin, end.value if end.form.startswith("DW_FORM_addr") else begin + end.value)]


def ranges(dwarf: DWARFInfo, die: DIE, unit: CompileUnit) -> Iterator[tuple[int, int]]:
    """Yield the stretches of code that a description lists."""
    lists = dwarf.range_lists()
    low = unit.get_top_DIE().attributes.get("DW_AT_low_pc")
    base = low.value if low else 0
    attribute = die.attributes["DW_AT_ranges"]
    for entry in lists.get_range_list_at_offset(attribute.value, unit) if lists else ():
        if isinstance(entry, BaseAddressEntry):
            base = entry.base_address
        else:
            shift = 0 if getattr(entry, "is_absolute", False) else base
            yield entry.begin_offset + shift, entry.end_offset + shift


def name_of(die: DIE) -> str:
    """Name a function, which may be described in several places."""
    for _ in range(4):
        if name := text(die, "DW_AT_name"):
            return name
        further = next(
            (each for each in ("DW_AT_abstract_origin", "DW_AT_specification") if each in die.attributes), ""
        )
        if not further:
            return ""
        die = die.get_DIE_from_attribute(further)
    return ""


def text(die: DIE, attribute: str) -> str:
    """Give an attribute that is a text; empty where it is missing."""
    return decoded(die.attributes[attribute].value) if attribute in die.attributes else ""


def number(die: DIE, attribute: str) -> int:
    """Give an attribute that is a number; 0 where it is missing."""
    return int(die.attributes[attribute].value) if attribute in die.attributes else 0


def decoded(raw: bytes) -> str:
    """Make text of bytes."""
    return raw.decode("utf-8", "replace")
