"""The sites of a report by their lines, and which of them hand their memory to whoever called."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from allocscan.model import TAKES, Allocator, Report, Role, Site

GENERIC = re.compile(r"<[^<>]*>")
ARGUMENTS = re.compile(r"\([^()]*\)")
CLONE = re.compile(r"@.*|\.(?:constprop|part|isra|cold|lto_priv|llvm)\b.*|::h[0-9a-f]{16}$|\[\]| const$")
"""What linkers, compilers and languages put behind a name."""
INSIDE = re.compile(r"^_*(?:IO|GI|libc|isoc\d+)_|_(?:internal|tail)?$")
"""What C libraries put around the names by which their functions are called."""
NEW = re.compile(r"_Zn[wa]")
"""How a linker knows the operators that obtain memory."""
PASTED = "##"
"""What joins the parts of a name that a macro puts together: some are its arguments, the others are the name's own."""
STEM = 5
"""Letters that a library's names have in common where one stands for another, such as `fopen` and `fopen64`."""
LONGEST = 200
"""Lines of one site; what is longer is no call that a person wrote."""


class SiteIndex:
    """The sites that take memory, by file and line."""

    def __init__(self, report: Report) -> None:
        self.files = tuple(file.path for file in report.files)
        self.by_line: defaultdict[tuple[str, int], list[Site]] = defaultdict(list)
        self.by_name: defaultdict[str, list[Site]] = defaultdict(list)
        self.functions: set[tuple[str, str]] = set()
        self.pasted: defaultdict[str, list[Site]] = defaultdict(list)
        """Sites in functions that macros define, by those functions' names."""
        for site in (site for site in report.sites if site.action in TAKES):
            self.by_name[bare(site.name)].append(site)
            self.functions.add((site.location.path, bare(site.function)))
            if PASTED in site.function:
                self.pasted[bare(site.function)].append(site)
            for line in range(site.location.line, min(site.location.end_line, site.location.line + LONGEST) + 1):
                self.by_line[site.location.path, line].append(site)
        self.givers = self.read_givers(report.allocators)

    def read_givers(self, allocators: Iterable[Allocator]) -> dict[tuple[str, str], list[Allocator]]:
        """Sort the allocators that the tree defines by file and name."""
        givers: defaultdict[tuple[str, str], list[Allocator]] = defaultdict(list)
        for each in allocators:
            if each.definition and each.role in (Role.ALLOCATOR, Role.REALLOCATOR):
                givers[each.definition.path, bare(each.name)].append(each)
        return givers

    def defines(self, path: str, function: str) -> bool:
        """Tell whether a file has a site in a function of that name."""
        return (path, function) in self.functions

    def find(self, path: str, line: int, entered: str, *, strict: bool) -> tuple[Site, ...]:
        """List the sites of a line through which a function was entered, the best one first.

        Unless that is strict, what enters a function of another name will do: calls at the end of a function leave no
        frame behind.
        """
        sites = self.by_line.get((path, line), ())
        named = [site for site in sites if entered in names(site)]
        if not named and not strict:
            named = [site for site in sites if site.explicit] or list(sites)
        named.sort(key=lambda site: (site.location.line != line, -site.location.line, site.location.column))
        return tuple(site for site in named if bare(site.name) == bare(named[0].name))

    def find_begun(self, path: str, line: int, entered: str) -> tuple[Site, ...]:
        """List the sites of a line that call a library's function, which has ended in one of a longer name."""
        sites = self.by_line.get((path, line), ())
        return tuple(
            site for site in sites if any(entered.startswith(name) for name in names(site) if len(name) >= STEM)
        )

    def find_pasted(self, function: str, entered: str, *, strict: bool) -> tuple[Site, ...]:
        """List the sites that enter a function, in what a macro defines and what is called like the one around them."""
        inside = [sites for name, sites in self.pasted.items() if fits(function, name.split(PASTED))]
        sites = [site for each in inside for site in each]
        named = [site for site in sites if entered in names(site)]
        chosen = named or ([] if strict else sites)
        return tuple(chosen) if len({site.function for site in chosen}) == 1 else ()

    def hands_out(self, site: Site) -> bool:
        """Tell whether the function around a site gives its caller what the site obtains."""
        return any(gives(giver, site, self.by_line) for giver in self.around(site))

    def passes(self, path: str, line: int, function: str) -> bool:
        """Tell whether a function gives its caller what it obtains on a line, also where that makes no site."""
        givers = self.givers.get((path, function), ())
        return any(each.location.line == line for giver in givers for each in giver.evidence)

    def around(self, site: Site) -> list[Allocator]:
        """List what the tree knows of the function around a site."""
        return self.givers.get((site.location.path, bare(site.function)), [])


def fits(function: str, parts: Sequence[str]) -> bool:
    """Tell whether a name may have been put together of some parts: it begins or ends as they do."""
    return function.startswith(parts[0]) or function.endswith(parts[-1])


def gives(giver: Allocator, site: Site, by_line: dict[tuple[str, int], list[Site]]) -> bool:
    """Tell whether a function gives away what a site in it obtains: it is the evidence, or fills the same variable."""
    places = {evidence.location for evidence in giver.evidence}
    proofs = {
        proof.location: proof
        for place in places
        for proof in by_line.get((place.path, place.line), ())
        if proof.location in places
    }
    if proofs:
        return site.location in proofs or any(alike(site, proof) for proof in proofs.values())
    return not names(site).isdisjoint(giver.wraps)


def alike(site: Site, proof: Site) -> bool:
    """Tell whether a site fills the variable that another one does, or takes its place under another condition."""
    instead = not site.variable and site.condition and proof.condition and site.condition != proof.condition
    return bool(instead) or site.variable == proof.variable


def names(site: Site) -> set[str]:
    """Give the names of what a site enters: as written, what that means, and what lies below."""
    return {bare(name) for name in (site.name, site.allocator, *site.via) if name}


def bare(function: str) -> str:
    """Strip what a name belongs to, its parameters, and what was put behind it."""
    if NEW.match(function):
        return "new"
    name = CLONE.sub("", function)
    while name != (name := ARGUMENTS.sub("", GENERIC.sub("", name))):
        continue
    return INSIDE.sub("", re.split(r"->|\.|::| ", name.strip())[-1]).lstrip("_")
