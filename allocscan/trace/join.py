"""Logs meet the scan: which site obtained what a log has counted."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from allocscan.model import Measure, Report, Residue, Run, Site
from allocscan.trace.log import Frame, Log, Logged, Stack
from allocscan.trace.paths import SourcePaths
from allocscan.trace.sites import SiteIndex, bare
from allocscan.trace.tally import Landing, Tally

NO_CODE = "none of its code is in the tree"
NO_SITE = "the scan knows no site on this line"
NO_LINE = "the debug information has no line there"
ITS_OWN = "what is called here obtained it for itself"
NAMELESS = "UnknownInlinedFun"
"""What Valgrind calls a function that was inlined where no debug information names it."""
SEVERAL = "several files are named like that: "


class Joining:
    """Joins one log with the sites of a report."""

    def __init__(self, index: SiteIndex, log: Log, home: str) -> None:
        self.index = index
        seen = {frame.path for stack in log.stacks for frame in stack.frames if frame.path}
        self.paths = SourcePaths(index.files, seen, home)

    def land(self, stack: Stack) -> Landing | Residue:
        """Find the site that is answerable for the memory of a stack, or say why there is none."""
        for number, frame in enumerate(stack.frames):
            files = self.files(frame)
            if len(files) > 1:
                return residue(stack, number, f"{SEVERAL}{', '.join(files)}", f"{frame.path}:{frame.line}")
            if files:
                return self.land_at(stack, number, files[0])
        return self.land_by_name(stack)

    def land_by_name(self, stack: Stack) -> Landing | Residue:
        """Find the only site that calls a function of which nothing but the name is known."""
        if len(stack.frames) != 1 or not stack.frames[0].function:
            return nowhere(stack)
        sites = self.index.by_name[bare(stack.frames[0].function)]
        if len(sites) == 1:
            return Landing((sites[0],))
        reason = f"only its name is known, and {len(sites):,} sites of the tree call it"
        return Residue(reason, stack.measure, "", stack.frames[0].function)

    def files(self, frame: Frame) -> tuple[str, ...]:
        """List the files of the tree that a frame may be in; a bare name needs a function of the tree beside it."""
        files = self.paths.find(frame.path)
        if len(files) > 1 or "/" not in frame.path:
            inside = tuple(file for file in files if self.index.defines(file, bare(frame.function)))
            return inside if inside or "/" not in frame.path else files
        return files

    def land_at(self, stack: Stack, number: int, path: str) -> Landing | Residue:
        """Find the innermost site in the tree, and walk up from there to the one that is answerable."""
        frame = stack.frames[number]
        place = f"{path}:{frame.line}"
        if not frame.line:
            return residue(stack, number, NO_LINE, path)
        entered = bare(stack.frames[number - 1].function) if number else ""
        strict = entered != NAMELESS and not is_direct(stack, number)
        found = self.find(path, frame, entered, strict=strict)
        found = found or self.index.find_begun(path, frame.line, entered)
        if not found:
            return residue(stack, number, NO_SITE if is_direct(stack, number) else ITS_OWN, place)
        return self.climb(stack.frames[number + 1 :], found)

    def climb(self, frames: Sequence[Frame], found: tuple[Site, ...]) -> Landing:
        """Walk up from a site, as long as what it obtains is handed to whoever called."""
        chain, alike, inner = [found[0]], found[1:], bare(found[0].function)
        for outer in frames if self.index.hands_out(found[0]) else ():
            files, function = self.files(outer), bare(outer.function)
            # Compilers call the rare part of a function like another one.
            if files == (chain[-1].location.path,) and function == bare(chain[-1].function):
                continue
            further = self.find(files[0], outer, inner, strict=True) if files else ()
            if further:
                chain.append(further[0])
                alike = further[1:]
            if not (files and self.goes_on(files[0], outer.line, function, further)):
                break
            # A linker that inlines leaves frames without a name, so what the source says comes first.
            inner = bare(further[0].function) if further else function
        return Landing(tuple(chain), alike)

    def goes_on(self, path: str, line: int, function: str, further: tuple[Site, ...]) -> bool:
        """Tell whether memory is handed on from a line, by a site or otherwise."""
        return self.index.hands_out(further[0]) if further else self.index.passes(path, line, function)

    def find(self, path: str, frame: Frame, entered: str, *, strict: bool) -> tuple[Site, ...]:
        """List the sites of a frame; what a macro has defined stands, to a compiler, where the macro is used."""
        found = self.index.find(path, frame.line, entered, strict=strict)
        return found or self.index.find_pasted(bare(frame.function), entered, strict=strict)


def is_direct(stack: Stack, number: int) -> bool:
    """Tell whether a frame has called the allocator itself: nothing but that lies further in."""
    own = stack.frames[0].library
    return number <= 1 or (own != "" and all(frame.library == own for frame in stack.frames[:number]))


def residue(stack: Stack, number: int, reason: str, place: str) -> Residue:
    """Say why memory belongs to no site, although code of the tree is on the stack."""
    inner = stack.frames[number - 1] if number else Frame()
    function = inner.function if reason == ITS_OWN else stack.frames[number].function
    return Residue(reason, stack.measure, place, function, origin(stack) if reason == ITS_OWN else "")


def nowhere(stack: Stack) -> Residue:
    """Say that no code of the tree is on a stack, and whose code it is."""
    return Residue(NO_CODE, stack.measure, "", "", origin(stack))


def origin(stack: Stack) -> str:
    """Name the library that asked for memory, or else the source file as the log has it."""
    own = stack.frames[0].library if stack.frames else ""
    for frame in stack.frames:
        if (frame.library or frame.path) and not (own and frame.library == own):
            return frame.library or frame.path
    return own


def join(report: Report, found: Sequence[Logged], home: str = "") -> Report:
    """Add to a report what logs say of its sites, and what belongs to none of them."""
    index = SiteIndex(report)
    tally = Tally({}, {}, {})
    for number, logged in enumerate(found):
        wanted = claimed(logged.log, [each.log for each in found[:number]])
        joining = Joining(index, logged.log, home)
        for stack in logged.log.stacks:
            tally.count(joining.land(stack), masked(stack.measure, wanted))
    return replace(
        report,
        runs=tuple(map(run, found)),
        observations=tuple(tally.observations()),
        residues=tuple(sorted(tally.left(), key=by_weight)),
    )


def claimed(log: Log, before: Sequence[Log]) -> frozenset[str]:
    """Say what is taken from a log: what no other tool has counted of the same program before this one did."""
    alike = [each for each in before if same(each.command, log.command)]
    others = takewhile(lambda each: each.tool != log.tool, alike)
    return log.counted.difference(*(each.counted for each in others))


def same(one: str, other: str) -> bool:
    """Tell whether two commands may be the same; a log need not say what was run."""
    return one == other or not (one and other)


def run(logged: Logged) -> Run:
    """Say of a log what a report keeps of it."""
    log = logged.log
    return Run(logged.name, log.tool, log.measure, log.command, logged.exit_code, log.counts, log.notes, log.processes)


def masked(measure: Measure, wanted: frozenset[str]) -> Measure:
    """Keep the wanted parts of a measure."""
    return Measure(**{name: getattr(measure, name) for name in wanted})


def by_weight(residue: Residue) -> tuple[int, str, str, str]:
    """Order what belongs to no site, most bytes first."""
    return -residue.measure.weight, residue.reason, residue.place, residue.library
