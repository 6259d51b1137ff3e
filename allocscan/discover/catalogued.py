"""What the catalogue of a language says of a call, whatever way its name is written."""

from collections.abc import Iterator
from dataclasses import dataclass

from allocscan.catalogue import Catalogue, Entry
from allocscan.languages import Language
from allocscan.model import Action, Call, Effect, Link, Resource, Role
from allocscan.resolve import TreeIndex
from allocscan.resolve.globals import PROTOTYPE

ROLES = {
    Action.ALLOCATE: Role.ALLOCATOR,
    Action.REALLOCATE: Role.REALLOCATOR,
    Action.DEALLOCATE: Role.DEALLOCATOR,
}
FOLLOWED = frozenset((Resource.MEMORY, Resource.STACK))


@dataclass(frozen=True, slots=True)
class Catalogued:
    """The catalogue of one language, and the tree whose definitions may take its names."""

    language: Language
    catalogue: Catalogue
    tree: TreeIndex

    def entry(self, link: Link | None, call: Call, *, named: bool = False) -> Entry | None:
        """Look a call up, or a mere name; None where the catalogue does not know it or the tree means another."""
        arguments = None if named else call.arguments
        known = (self.catalogue.find(name, arguments) for name in self.spellings(link, call.name))
        entry = next(filter(None, known), None)
        return None if entry is None or self.is_taken(entry, link, call.name) else entry

    def is_taken(self, entry: Entry, link: Link | None, name: str) -> bool:
        """Tell whether the tree gives the name of an entry to something of its own."""
        if self.language.names.tail and not entry.explicit and entry.name.startswith(self.language.names.dot):
            return bool(link and link.references)
        return entry.hint and self.is_defined(link, name)

    def follows(self, entry: Entry) -> bool:
        """Tell whether what hands on the memory of an entry is an allocator as well."""
        kinds = self.language.followed
        owned = bool(kinds) and (entry.kind not in kinds or not entry.explicit)
        return entry.action != Action.TRANSFER and entry.resource in FOLLOWED and not owned

    def is_neither(self, link: Link | None) -> bool:
        """Tell whether a name is known to have nothing to do with memory that a caller would own."""
        if link is None or self.hides(link):
            return False
        names = self.language.names
        return not self.catalogue.neither.isdisjoint(names.endings(names.plain(link.name)))

    def spellings(self, link: Link | None, name: str) -> Iterator[str]:
        """Yield the names under which catalogues may know a callee, the most exact first."""
        names, builtins = self.language.names, self.language.modules.builtins
        member = names.member(names.plain(name))
        if link is None:
            yield from [names.dot + member] if member or not names.tail else names.endings(names.plain(name))
            return
        if link.member:
            yield link.name
            return
        if not self.hides(link):
            yield from names.endings(names.plain(link.name))
            if names.members and builtins and not self.tree.by_name.get(names.last(link.name)):
                yield names.join(builtins, link.name)
        if names.members:
            yield names.separators[0] + names.last(link.name)
        if names.tail and member:
            yield names.dot + member

    def hides(self, link: Link) -> bool:
        """Tell whether a definition of the tree takes a library's name for itself."""
        if not link.references:
            return bool(link.module)
        bare = self.language.scope == "module" and len(self.language.names.split(link.name)) == 1
        return bare or self.tree.private(link.references[0]) or bool(self.tree.home(link.references[0]))

    def is_defined(self, link: Link | None, name: str) -> bool:
        """Tell whether the tree defines what is called, or for a member of a value, something of that name."""
        names = self.language.names
        found = link.references if link else self.tree.by_name.get(names.member(names.plain(name)), ())
        return any(self.tree.definition(reference).kind != PROTOTYPE for reference in found)


def effect_of(entry: Entry) -> Effect:
    """Say in the words of discovery what a catalogue says."""
    return Effect(
        role=ROLES[entry.action],
        family=entry.family,
        kind=entry.kind,
        out=entry.out,
        pointer=entry.pointer,
        size=entry.size,
        count=entry.count,
        type=entry.type,
        zeroed=entry.zeroed,
        fails=entry.fails,
        resource=entry.resource,
    )
