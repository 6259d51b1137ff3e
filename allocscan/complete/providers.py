"""Classes that are allocators themselves: what each offers, and which allocators it is built on."""

from collections.abc import Iterable, Iterator

from allocscan.model import Action, Definition, Location, Reference, ReportDefinition, Role, Site
from allocscan.resolve import Links

MIXIN = "mixin"
"""The kind of a definition that stands for all that another holds; its body names it."""
DEEPEST = 8


class Providers:
    """Finds the allocators among the classes of one language."""

    def __init__(self, links: Links, language: str) -> None:
        self.tree = links.tree
        self.language = links.tree.languages[language]
        self.names = links.names[language]
        self.children: dict[str, dict[int, list[Definition]]] = {}

    def find(self, path: str, sites: Iterable[Site]) -> Iterator[ReportDefinition]:
        """Yield the allocators that a file defines, given its sites."""
        if not self.language.allocators.required:
            return
        at_work = [site for site in sites if site.action != Action.DEALLOCATE and not site.in_test]
        for index, definition in enumerate(self.tree.files[path].facts.definitions):
            if definition.kind in self.language.allocators.kinds:
                offers = self.offers(Reference(path, index))
                if any(offers.issuperset(needed) for needed in self.language.allocators.required):
                    yield self.provider(Reference(path, index), offers, at_work)

    def provider(self, reference: Reference, offers: set[str], sites: Iterable[Site]) -> ReportDefinition:
        """Describe one allocator."""
        definition = self.tree.definition(reference)
        bodies = [self.tree.definition(body).location for body in self.bodies(reference, DEEPEST)]
        inner = [site for site in sites if any(encloses(body, site.location) for body in bodies)]
        return ReportDefinition(
            definition.location,
            self.tree.full_name(reference),
            Role.ALLOCATOR,
            self.language.name,
            definition.kind,
            wraps=tuple(sorted({name for site in inner if (name := self.used(reference, site))})),
            bases=definition.bases,
            offers=tuple(name for name in self.language.allocators.offers if name in offers),
        )

    def offers(self, owner: Reference) -> set[str]:
        """Name the primitives that a class holds, those that are mixed in included."""
        return {
            name
            for name in self.language.allocators.offers
            if any(self.declared(body, name) for body in self.bodies(owner, DEEPEST))
        }

    def bodies(self, owner: Reference, depth: int) -> Iterator[Reference]:
        """Yield a class and all that is mixed into it."""
        yield owner
        for member in self.members(owner):
            if member.kind == MIXIN and depth:
                name = self.language.names.bare("".join(member.body.split()))
                link = self.names.look_up(self.tree.files[owner.path], owner.index, name)
                for found in link.references if link else ():
                    yield from self.bodies(found, depth - 1)

    def members(self, owner: Reference) -> list[Definition]:
        """List what a class holds."""
        if owner.path not in self.children:
            self.children[owner.path] = children(self.tree.files[owner.path].facts.definitions)
        return self.children[owner.path].get(owner.index, [])

    def declared(self, owner: Reference, name: str) -> bool:
        """Tell whether a class holds something of a name."""
        flows = self.tree.files[owner.path].flows
        return (owner.index, name) in flows or any(member.name == name for member in self.members(owner))

    def used(self, owner: Reference, site: Site) -> str:
        """Name the allocator that a site inside another one calls upon; empty when it is itself."""
        *receiver, last = self.language.names.split(site.name)
        if last not in self.language.allocators.offers:
            # What takes no size makes strings and objects, not blocks.
            return site.allocator if site.size else ""
        first, *rest = [part for part in receiver if part.isidentifier()] or [""]
        if not first or first in self.language.classes.receivers:
            return ""
        said = [member.body for member in self.members(owner) if member.name == first and member.body]
        if not said and not self.known(owner, first):
            return ""
        return self.language.names.join(self.language.names.bare(said[0] if said else first), *rest)

    def known(self, owner: Reference, name: str) -> bool:
        """Tell whether a name means the same all through a class."""
        link = self.names.look_up(self.tree.files[owner.path], owner.index, name)
        return self.declared(owner, name) or bool(link and (link.references or link.basis))


def children(definitions: Iterable[Definition]) -> dict[int, list[Definition]]:
    """List the definitions that each definition holds."""
    found: dict[int, list[Definition]] = {}
    for definition in definitions:
        found.setdefault(definition.inside, []).append(definition)
    return found


def encloses(outer: Location, inner: Location) -> bool:
    """Tell whether one place lies in another."""
    return outer.line <= inner.line <= outer.end_line
