"""What has a page in the report, and where that page lies."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from allocscan.forges import Shown
from allocscan.model import Allocator, FunctionRecord, Location, ReportDefinition, Site, Target
from allocscan.reporters.html.split import FilePages
from allocscan.reporters.wording import escape
from allocscan.views.naming import last_part
from allocscan.views.references import References, target_of
from allocscan.views.types import TypeUse

OTHERS = "versus/any.html"
"""The page that compares any name that has no page for that."""
LONGEST = 48
"""Characters of a name that are seen in the name of its page."""

Called = tuple[str, Target | None]
"""An allocator or class as sites speak of it: by name and definition."""


@dataclass(frozen=True, slots=True)
class Link:
    """A text, and where it leads: relative to the top of the report, or to elsewhere; empty when nowhere."""

    text: str
    href: str = ""

    @property
    def outside(self) -> bool:
        """Tell whether it leaves the report."""
        return self.href.startswith("https://")


@dataclass(frozen=True, slots=True)
class Links:
    """The pages that there are."""

    files: Mapping[str, FilePages]
    """Pages by path."""
    called: Mapping[Called, str]
    """Pages by what they are about; likewise the following."""
    functions: Mapping[Target, str]
    partners: Mapping[Called, tuple[Link, ...]]
    """What gives back the memory of each allocator, and whose memory each deallocator gives back."""
    references: References
    forge: Shown | None = None
    looks: Mapping[Location, tuple[Link, ...]] = field(default_factory=dict)
    """Where the findings about a place are told of."""
    versus: Mapping[str, str] = field(default_factory=dict)
    """Where a text search for a name is compared with its sites, by name."""

    def line(self, path: str, line: int, text: str = "") -> Link:
        """Lead to a line: to its page, or else to the forge."""
        text = text or f"{path}:{line}"
        if path in self.files:
            return Link(text, f"{self.files[path].at(line)}#L{line}")
        return Link(text, self.forge.line(path, line) if self.forge else "")

    def target(self, target: Target | None) -> Link | None:
        """Lead to a definition."""
        return self.line(target.path, target.line) if target else None

    def name(self, name: str, definition: Target | None, text: str = "") -> Link:
        """Lead to what is told of an allocator or class."""
        href = self.called.get((name, definition)) or self.called.get((name, None), "")
        return Link(text or name, href)

    def defined(self, name: str, definition: Target) -> str:
        """Give the page of what is defined somewhere; empty where it has none."""
        return self.called.get((name, definition)) or self.functions.get(definition, "")

    def compared(self, name: str) -> str:
        """Give the page that compares a text search for a name, without what that belongs to; empty where none does."""
        searched = last_part(name)
        return self.versus.get(searched, f"{OTHERS}#{searched}") if self.versus and searched.isidentifier() else ""

    def allocator(self, allocator: Allocator) -> Link:
        """Lead to what is told of an allocator."""
        return self.name(allocator.name, allocator.definition)

    def site(self, site: Site) -> Link:
        """Lead from a site to what is told of what it calls."""
        return self.name(site.allocator or site.name, site.resolved, site.name)

    def function(self, function: Target) -> Link:
        """Lead to what is told of a function, or else to where it is defined; to the file for what stands in none."""
        page = self.functions.get(function)
        name = function.name or function.path
        return Link(name, page) if page else self.line(function.path, max(1, function.line), name)

    def around(self, site: Site) -> Link | None:
        """Lead to the function that a site stands in."""
        found = self.references.function_of(site)
        if found:
            return self.function(target_of(found))
        place = site.location
        return self.line(place.path, place.line, site.function) if site.function else None


def page(room: str, text: str, *more: object) -> str:
    """Name the page of something: safe on every file system, and never that of anything else."""
    said = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[-LONGEST:].strip("-")
    whole = "\0".join((text, *map(str, more))).encode("utf-8", "surrogatepass")
    return f"{room}/{said or 'x'}-{hashlib.sha256(whole).hexdigest()[:10]}.html"


def explorer(**chosen: str) -> str:
    """Lead to the sites that some facets choose."""
    return "explorer.html#" + "&".join(f"{key}={quote(escape(value), safe='')}" for key, value in chosen.items())


def defined_at(definition: ReportDefinition | FunctionRecord) -> Target:
    """Give a definition as sites speak of it."""
    return Target(definition.location.path, definition.location.line, definition.name)


def type_key(use: TypeUse) -> Called:
    """Give a class as sites speak of it."""
    return use.name, defined_at(use.definition) if use.definition else None
