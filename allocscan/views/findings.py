"""What in a report deserves a look: each finding follows from the report alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from allocscan import summary
from allocscan.model import UNPARSED, Action, Check, Fate, Kind, Life, Location, Report, Resource, Site
from allocscan.views.coverage import leaking
from allocscan.views.remarks import Remark, Surroundings, line_of
from allocscan.views.rules import ABOUT, Rule, Severity

MUCH_LOSS = 1.0
"""Percent of a file in syntax errors from which on it is a finding of its own."""
TELLING = frozenset(("null", "errno"))
"""Ways to fail that leave it to the caller to ask."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that deserves a look."""

    rule: Rule
    location: Location
    message: str
    severity: Severity
    site: Site | None = None
    """What it is about; None when it is about a whole file."""
    remarks: tuple[Remark, ...] = field(default=())


class Facts:
    """A report, with what is looked up in it."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.sites = {site.location: site for site in report.sites}
        self.surroundings = Surroundings(report)
        self.unseen = {life.location for life in report.lives if is_unseen(life)}
        """Places whose memory nothing takes."""
        self.holding = grouped_by_variable(report)
        """Lives by the variables that hold their memory."""
        releases = (site for site in report.sites if site.action is Action.DEALLOCATE)
        self.releases = {(site.location.path, site.location.line, site.family): site for site in releases}


def grouped_by_variable(report: Report) -> Mapping[tuple[str, str, str], list[Life]]:
    """Sort lives by file, function and variable."""
    found: dict[tuple[str, str, str], list[Life]] = {}
    for life in report.lives:
        for variable in life.variables:
            found.setdefault((life.location.path, life.function.name, variable), []).append(life)
    return found


def is_unseen(life: Life) -> bool:
    """Tell whether nothing takes the memory of a site."""
    return not life.variables and all(ending.fate is Fate.UNSEEN for ending in life.endings)


def findings(report: Report) -> tuple[Finding, ...]:
    """Collect all findings, by place; what is never compiled has none."""
    facts = Facts(compiled(report))
    found = (finding for look in LOOKS for finding in look(facts))
    return tuple(sorted(found, key=lambda each: (each.location, each.rule, each.message)))


def compiled(report: Report) -> Report:
    """Leave out what is never compiled."""
    dead = {site.location for site in report.sites if site.dead}
    sites = tuple(site for site in report.sites if not site.dead)
    lives = tuple(life for life in report.lives if life.location not in dead)
    return replace(report, sites=sites, lives=lives) if dead else report


def about(rule: Rule, site: Site, message: str, remarks: Iterable[Remark] = ()) -> Finding:
    """Make a finding about a site; in test code nothing is worth more than a note."""
    severity = Severity.NOTE if site.in_test else ABOUT[rule].severity
    return Finding(rule, site.location, message, severity, site, tuple(remarks))


def family_mismatches(facts: Facts) -> Iterator[Finding]:
    """Memory of one family meets the deallocator of another."""
    for life in facts.report.lives:
        site = facts.sites.get(life.location)
        if site and site.resource is Resource.MEMORY and is_bare(facts, site):
            yield from mismatches(facts, site, life)


def mismatches(facts: Facts, site: Site, life: Life) -> Iterator[Finding]:
    """Compare the family of a site with those of what frees its memory."""
    for ending in life.endings:
        release = facts.releases.get((life.location.path, ending.line, ending.family))
        if ending.fate is Fate.FREED and release and release.family != site.family and is_bare(facts, release):
            message = (
                f"'{site.name}' hands out memory of {site.family}, which '{release.name}' of {release.family} frees."
            )
            yield about(
                Rule.FAMILY_MISMATCH, site, message, [Remark(release.location, f"'{release.name}' frees it here.")]
            )


def is_library(site: Site) -> bool:
    """Tell whether what a site calls is known from a catalogue; of what a tree defines, the family is only inferred."""
    return bool(site.family) and site.resolved is None and not site.via


def is_bare(facts: Facts, site: Site) -> bool:
    """Tell whether a site is a library's and about bare memory; objects may be of several families by inheritance."""
    known = facts.surroundings.allocator(site)
    return bool(is_library(site) and known and known.kind is Kind.RAW)


def unchecked(facts: Facts) -> Iterator[Finding]:
    """Nobody asks if there was any memory."""
    for site in facts.report.sites:
        known = facts.surroundings.allocator(site)
        used = site.checked is Check.IGNORED and site.location not in facts.unseen
        risky = used and site.resource is Resource.MEMORY and is_library(site)
        # Where the memory comes through an argument, the result may say how it went.
        if risky and known and known.out is None:
            message = f"The result of '{site.name}', which can fail, is used without asking if there is any."
            yield about(Rule.UNCHECKED, site, message)


def lost_on_failure(facts: Facts) -> Iterator[Finding]:
    """A failing reallocation overwrites the only pointer to what it has left as it was."""
    for site in facts.report.sites:
        if site.action is Action.REALLOCATE and site.variable and site.variable == site.pointer:
            known = facts.surroundings.allocator(site)
            if known and known.fails in TELLING and is_library(site) and is_only_pointer(facts, site):
                message = (
                    f"When '{site.name}' fails, '{site.variable}' no longer points to the block that is still there."
                )
                yield about(Rule.LOST_ON_FAILURE, site, message)


def is_only_pointer(facts: Facts, site: Site) -> bool:
    """Tell whether what a site overwrites is all that holds its block: of a parameter, the caller holds another."""
    if not site.variable.isidentifier():
        return True
    lives = facts.holding.get((site.location.path, site.function, site.variable), [])
    own = [life for life in lives if life.location != site.location or site.loop_depth]
    return bool(own) and all(len(life.variables) == 1 for life in lives)


def dropped(facts: Facts) -> Iterator[Finding]:
    """Nothing takes what an allocator returns."""
    for site in facts.report.sites:
        if site.location in facts.unseen and is_result(facts, site):
            yield about(Rule.DROPPED, site, f"Nothing takes the memory that '{site.name}' hands out.")


def is_result(facts: Facts, site: Site) -> bool:
    """Tell whether a call is made for memory that it returns; what a tree defines may keep it elsewhere too."""
    taken = site.action is Action.ALLOCATE and site.resource is Resource.MEMORY and site.checked is Check.IGNORED
    known = facts.surroundings.allocator(site)
    return bool(taken and is_bare(facts, site) and known and known.out is None)


def stack_in_loops(facts: Facts) -> Iterator[Finding]:
    """The stack grows in a loop."""
    for site in facts.report.sites:
        if site.resource is Resource.STACK and site.loop_depth and site.action is Action.ALLOCATE:
            yield about(Rule.STACK_IN_LOOP, site, f"'{site.name}' takes from the stack with every turn of a loop.")


def mixed_families(facts: Facts) -> Iterator[Finding]:
    """One variable holds memory of several families, or a function hands out of them what it calls for."""
    holding = [each for life in facts.report.lives for each in held(facts, life)]
    for (_, _, variable), group in groupby(sorted(holding, key=lambda each: each[0]), key=lambda each: each[0]):
        sites = [site for _, site in group]
        # What stands under different conditions never comes together.
        others = [each for each in sites if each.family != sites[0].family and each.condition == sites[0].condition]
        if others:
            families = " or ".join(dict.fromkeys(site.family for site in sites))
            remarks = [Remark(site.location, f"Memory of {site.family}.") for site in others]
            what = f"'{variable}' holds" if variable else f"'{sites[0].function}' hands out"
            yield about(Rule.MIXED_FAMILIES, sites[0], f"{what} memory of {families}.", remarks)


def held(facts: Facts, life: Life) -> Iterator[tuple[tuple[str, int, str], Site]]:
    """Yield the variable that takes the memory of a site, named by its function; none where that returns it at once."""
    site = facts.sites.get(life.location)
    if site and site.family and site.resource is Resource.MEMORY:
        if site.variable in life.variables or (not site.variable and is_returned(facts, site, life)):
            yield (life.function.path, life.function.line, site.variable), site


def is_returned(facts: Facts, site: Site, life: Life) -> bool:
    """Tell whether a function only returns the blocks that a call hands out; objects may be of several families."""
    known = facts.surroundings.allocator(site)
    block = known is not None and known.kind in (Kind.RAW, Kind.POOL)
    return block and not life.variables and all(ending.fate is Fate.RETURNED for ending in life.endings)


def parse_losses(facts: Facts) -> Iterator[Finding]:
    """Much of a file lies in syntax errors."""
    for file in facts.report.files:
        loss = summary.parse_loss([file])
        if loss >= MUCH_LOSS:
            message = f"{loss:.1f} % of this file lies in syntax errors; what stands there is not reported."
            yield Finding(Rule.PARSE_LOSS, line_of(file.path, 1, file.lines), message, ABOUT[Rule.PARSE_LOSS].severity)


def unparsed(facts: Facts) -> Iterator[Finding]:
    """An allocator is named where the source was not understood."""
    for problem in facts.report.problems:
        if problem.kind == UNPARSED:
            place = line_of(problem.path, problem.line)
            yield Finding(Rule.UNPARSED, place, problem.message + ".", ABOUT[Rule.UNPARSED].severity)


def leaked(facts: Facts) -> Iterator[Finding]:
    """Memory was lost while the program ran."""
    for each in leaking(facts.report):
        lost = f"{each.measure.leaked_bytes or 0:,}"
        yield about(Rule.LEAKED, each.site, f"{lost} bytes that '{each.site.name}' obtained here were lost.")


LOOKS: tuple[Callable[[Facts], Iterator[Finding]], ...] = (
    family_mismatches,
    unchecked,
    lost_on_failure,
    dropped,
    stack_in_loops,
    mixed_families,
    parse_losses,
    unparsed,
    leaked,
)
"""Where findings come from."""
