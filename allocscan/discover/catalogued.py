"""What the catalogue of a language says of a call, whatever way its name is written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice

from allocscan.catalogue import Catalogue, Entry
from allocscan.discover.described import moves
from allocscan.languages import Language
from allocscan.model import Action, Call, Form, Link, Reference, Resource
from allocscan.resolve import TreeIndex
from allocscan.resolve.nearness import PROTOTYPE

FOLLOWED = frozenset((Resource.MEMORY, Resource.STACK))


@dataclass(frozen=True)
class Catalogued:
    """The catalogue of one language, and the tree whose definitions may take its names."""

    language: Language
    catalogue: Catalogue
    tree: TreeIndex
    settled: frozenset[Reference] = frozenset()
    """Definitions of which whoever scans has said what they do."""
    understood: frozenset[str] = frozenset()
    """Names of which it was understood before: what is said of them is no news, wherever they are called."""

    def entry(self, link: Link | None, call: Call, *, named: bool = False) -> Entry | None:
        """Look a call up, or a mere name; None where the catalogue does not know it or the tree means another."""
        undecided = call.form is not Form.CALL and not call.action
        if undecided or not self.may_know(link, call) or self.is_settled(link):
            return None
        entry = self.known(link, call, None if named else call.arguments)
        return entry if entry and self.believed(entry, link, call) else None

    def may_know(self, link: Link | None, call: Call) -> bool:
        """Tell whether the catalogue knows anything under the last part of a name."""
        return self.is_known(call.name) or (link is not None and link.name != call.name and self.is_known(link.name))

    @cached_property
    def is_known(self) -> Callable[[str], bool]:
        """Tell whether the catalogue knows anything that ends like a name; looked for once for each."""
        return cache(lambda name: ending(name, self.language) in self.endings)

    @cached_property
    def may_end(self) -> Callable[[str], bool]:
        """Tell whether the catalogue knows anything that does not come back and ends like a name."""
        final = frozenset(ending(name, self.language) for name in self.catalogue.noreturn)
        return cache(lambda name: ending(name, self.language) in final)

    @cached_property
    def endings(self) -> frozenset[str]:
        """The last parts of all names that the catalogue knows."""
        known = (*self.catalogue.by_name, *self.catalogue.neither, *self.catalogue.noreturn)
        return frozenset(ending(name, self.language) for name in known)

    def known(self, link: Link | None, call: Call, arguments: tuple[str, ...] | None) -> Entry | None:
        """Find the entry under the first of its names that the catalogue knows."""
        defined = bool(self.catalogue.own and link and link.references) and self.is_defined(link, call.name)
        for name in self.spellings(link, call):
            if self.language.modules.implied and name in self.catalogue.neither and name not in self.catalogue.own:
                return None
            own = defined or name in self.understood
            if found := self.catalogue.find(name, arguments, defined=own, receiver=link.receiver if link else ""):
                return found
        return None

    def is_settled(self, link: Link | None) -> bool:
        """Tell whether whoever scans has said what the definition does that is meant."""
        return link is not None and link.references[:1] != () and link.references[0] in self.settled

    def believed(self, entry: Entry, link: Link | None, call: Call) -> bool:
        """Tell whether a call can mean an entry, as far as definitions and imports say."""
        return not self.is_taken(entry, link, call.name) and (not entry.modules or self.is_offered(entry, link, call))

    def is_taken(self, entry: Entry, link: Link | None, name: str) -> bool:
        """Tell whether the tree gives the name of an entry to something of its own."""
        names = self.language.names
        if names.tail and not self.language.modules.implied and not entry.explicit and entry.name.startswith(names.dot):
            return bool(link and link.references)
        return entry.hint and self.is_defined(link, name) and not self.at_home(entry, link, name)

    def is_offered(self, entry: Entry, link: Link | None, call: Call) -> bool:
        """Tell whether a file imports what offers an entry, or the call names it."""
        names, file = self.language.names, self.tree.files[call.location.path]
        module = names.join(*names.split(link.name)[:-1]) if link else ""
        return entry.offered_by([module] if file.names_module(module) else file.modules, names.separators[0])

    def at_home(self, entry: Entry, link: Link | None, name: str) -> bool:
        """Tell whether a definition of the tree is the library's own."""
        separator = self.language.names.separators[0]
        references = (link.references if link else self.same_named(name)) if entry.home else ()
        modules = (self.tree.module(found.path) for found in references if not self.tree.home(found))
        return any(f"{module}{separator}".startswith(entry.home + separator) for module in modules)

    def follows(self, entry: Entry) -> bool:
        """Tell whether what hands on the memory of an entry is an allocator as well."""
        kinds = self.language.followed
        owned = bool(kinds) and (entry.kind not in kinds or not entry.explicit)
        return entry.resource in FOLLOWED and (moves(entry) if entry.action is Action.TRANSFER else not owned)

    def is_denied(self, link: Link | None, call: Call) -> bool:
        """Tell whether whoever scans says that a call has nothing to do with memory."""
        denied = self.catalogue.denied
        return bool(denied) and (call.name in denied or any(name in denied for name in self.spellings(link, call)))

    def is_neither(self, link: Link | None) -> bool:
        """Tell whether a name is known to have nothing to do with memory that a caller would own."""
        if link is None or not self.is_known(link.name) or self.hides(link) or self.is_settled(link):
            return False
        names = self.language.names
        return not self.catalogue.neither.isdisjoint(names.endings(names.plain(link.name)))

    def returned(self, link: Link | None, call: Call) -> frozenset[int]:
        """Say which of its arguments a library's function hands back."""
        returns, names = self.catalogue.returns, self.language.names
        if not returns:
            return frozenset()
        known = (name for name in names.endings(link.name if link else names.plain(call.name)) if name in returns)
        return frozenset(returns[name] for name in islice(known, 1))

    def noreturn(self, link: Link | None, call: Call) -> bool:
        """Tell whether what is called is known not to come back."""
        names = (call.name, link.name) if link else (call.name,)
        return any(map(self.may_end, names)) and not self.catalogue.noreturn.isdisjoint(self.spellings(link, call))

    def spellings(self, link: Link | None, call: Call) -> Iterator[str]:
        """Yield the names under which catalogues may know a callee, the most exact first."""
        yield from (self.implied if self.language.modules.implied else self.qualified)(link, call)
        foreign = self.language.names.foreign_name(link.name if link else call.name)
        if foreign and not (link.references if link else self.tree.by_name.get(foreign)):
            yield foreign

    def qualified(self, link: Link | None, call: Call) -> Iterator[str]:
        """Yield the names of a callee as it is written, with less and less in front of it."""
        names, builtins = self.language.names, self.language.modules.builtins
        member = names.member(names.plain(call.name))
        if link is None:
            yield from [names.dot + member] if member or not names.tail else names.endings(names.plain(call.name))
            return
        if link.member:
            yield link.name
            return
        if not self.hides(link):
            yield from names.endings(names.plain(link.name))
            if names.members and builtins and not self.tree.by_name.get(names.last(link.name)):
                yield names.join(builtins, link.name)
        if link.receiver:
            yield self.language.receivers.marks[0] + names.last(link.name)
            return
        if names.members:
            yield names.separators[0] + names.last(link.name)
        if member and names.tail:
            yield names.dot + member

    def implied(self, link: Link | None, call: Call) -> Iterator[str]:
        """Yield the names of a callee in a language whose catalogues leave the modules out."""
        names, tree, file = self.language.names, self.tree, self.tree.files[call.location.path]
        parts = names.split(link.name if link else names.plain(call.name))
        if link and link.references:
            yield names.join(tree.module(link.references[0].path), link.name)
        if not (link and link.module and not link.references):
            yield names.join(*parts)
            yield names.join(*parts[-names.tail :])
        if link and not link.references and len(parts) == 1:
            yield from (names.join(module, parts[0]) for module in sorted(file.modules))
        elif link and not link.references and file.names_module(names.join(*parts[:-1])):
            yield parts[-1]
        elif len(parts) > 1 and not self.is_inherited(link, call):
            yield names.dot + parts[-1]

    def is_inherited(self, link: Link | None, call: Call) -> bool:
        """Tell whether a bare name means something of the class around it, which only is called like a library's."""
        bare = len(self.language.names.split(self.language.names.plain(call.name))) == 1
        return bare and bool(link and link.references) and call.name not in self.language.allocators.offers

    def hides(self, link: Link) -> bool:
        """Tell whether a definition of the tree takes a library's name for itself."""
        if not link.references:
            return bool(link.module)
        bare = self.language.scope == "module" and len(self.language.names.split(link.name)) == 1
        return bare or self.tree.private(link.references[0]) or bool(self.tree.home(link.references[0]))

    def is_defined(self, link: Link | None, name: str) -> bool:
        """Tell whether the tree defines what is called, or for a member of a value, something of that name."""
        found = link.references if link else self.same_named(name)
        return any(self.tree.definition(reference).kind != PROTOTYPE for reference in found)

    def same_named(self, name: str) -> tuple[Reference, ...]:
        """List what the tree defines under the name of a member."""
        names = self.language.names
        return self.tree.by_name.get(names.member(names.plain(name)), ())


def ending(name: str, language: Language) -> str:
    """Give what is left of a name when all is taken off that it may be qualified with."""
    plain = language.names.plain(name)
    return language.names.split(language.names.member(plain) or plain)[-1]
