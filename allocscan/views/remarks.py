"""Other places that belong to a site: where its name is defined, what that wraps, and what gives the memory back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allocscan.model import Allocator, Location, Report, Role, Site, Target
from allocscan.summary import grouped
from allocscan.views.naming import last_part

if TYPE_CHECKING:
    from allocscan.views.dossier import Related


@dataclass(frozen=True, slots=True)
class Remark:
    """A place, and what is there."""

    location: Location
    text: str


def line_of(path: str, line: int, last: int | None = None) -> Location:
    """Give a line, or several, where no more is known: column 0 stands for that."""
    return Location(path, line, 0, last or line, 0)


class Surroundings:
    """Looks up what belongs to the sites of a report."""

    def __init__(self, report: Report) -> None:
        known = (*report.allocators, *report.candidates)
        self.allocators = {(each.name, each.definition): each for each in known}
        self.named = grouped(known, lambda each: last_part(each.name))
        self.remarks: dict[Allocator, tuple[Remark, ...]] = {}

    def allocator(self, site: Site) -> Allocator | None:
        """Say which allocator a site calls."""
        return self.allocators.get((site.allocator, site.resolved)) or self.allocators.get((site.allocator, None))

    def of(self, site: Site) -> tuple[Remark, ...]:
        """Give the places that a reader of a site wants to see next."""
        own = (defined(site.resolved, "is defined here"),) if site.resolved else ()
        allocator = self.allocator(site)
        return own + self.around(allocator) if allocator else own

    def around(self, allocator: Allocator) -> tuple[Remark, ...]:
        """Give the places that belong to an allocator; they are looked up once."""
        if allocator not in self.remarks:
            self.remarks[allocator] = tuple(self.looked_up(allocator))
        return self.remarks[allocator]

    def looked_up(self, allocator: Allocator) -> Iterator[Remark]:
        """Look up what an allocator wraps, and its partner at the other end of the memory's life."""
        # Where there is nothing to remark, a summary needs nothing of pages about allocators.
        from allocscan.views.dossier import chain, partners

        yield from placed(chain(allocator, self.named), "is wrapped by it")
        what = "hands out such memory" if allocator.role is Role.DEALLOCATOR else "gives its memory back"
        yield from placed(partners(allocator, self.named), what)


def placed(found: "Iterator[Related]", what: str) -> Iterator[Remark]:
    """Yield those that are defined in the tree."""
    for related in found:
        if related.definition:
            yield defined(related.definition, what)


def defined(target: Target, what: str) -> Remark:
    """Say what a definition has to do with a site."""
    return Remark(line_of(target.path, target.line), f"'{target.name}' {what}.")
