"""Units of compilation, as debug information describes them: lines, and what stands inside of what."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from posixpath import join as join_path

from elftools.dwarf.compileunit import CompileUnit
from elftools.dwarf.die import DIE
from elftools.dwarf.dwarfinfo import DWARFInfo
from elftools.dwarf.ranges import BaseAddressEntry

from allocscan.trace.log import Frame

FUNCTION, INLINED = "DW_TAG_subprogram", "DW_TAG_inlined_subroutine"
SCOPES = (FUNCTION, INLINED, "DW_TAG_lexical_block", "DW_TAG_try_block")


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
        dies = (die for die in self.unit.iter_DIEs() if die.tag == FUNCTION)
        return [(begin, end, die) for die in dies for begin, end in spans(self.dwarf, die, self.unit)]

    def frames(self, address: int) -> Iterator[Frame]:
        """Yield what is inlined at an address, the innermost first, and the function around it."""
        index = bisect_right(self.lines, address, key=lambda stretch: stretch[0]) - 1
        _, file, line = self.lines[index] if index >= 0 else (0, 0, 0)
        path = self.path(file)
        for die in reversed(list(self.nest(address))):
            if die.tag in (FUNCTION, INLINED):
                yield Frame(name_of(die), path, line)
            if die.tag == INLINED:
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
