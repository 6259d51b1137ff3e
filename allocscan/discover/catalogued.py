"""What the catalogue of a language says of a call, whatever way its name is written."""

from collections.abc import Iterator
from dataclasses import dataclass

from allocscan.catalogue import Catalogue, Entry
from allocscan.languages import Language
from allocscan.model import Call, Link, Reference
from allocscan.resolve import TreeIndex


@dataclass(frozen=True, slots=True)
class Catalogued:
    """The catalogue of one language, and the tree whose definitions may take its names."""

    language: Language
    catalogue: Catalogue
    tree: TreeIndex

    def entry(self, link: Link | None, call: Call) -> Entry | None:
        """Look a call up; None where the catalogue does not know it, or the tree means something else."""
        entry = self.known(link, call)
        return entry if entry and self.believed(entry, link, call) else None

    def known(self, link: Link | None, call: Call) -> Entry | None:
        """Find the entry under the first of its names that the catalogue knows, if only to say that it is none."""
        for name in self.spellings(link, call):
            if name in self.catalogue.neither:
                return None
            if found := self.catalogue.find(name, call.arguments):
                return found
        return None

    def believed(self, entry: Entry, link: Link | None, call: Call) -> bool:
        """Tell whether a call can mean an entry, as far as definitions and imports say."""
        names, file = self.language.names, self.tree.files[call.location.path]
        if entry.hint and self.is_defined(link, call.name):
            return self.at_home(entry, link.references if link else self.same_named(call.name))
        module = names.join(*names.split(link.name)[:-1]) if link else ""
        return entry.offered_by([module] if file.names_module(module) else file.modules, names.separators[0])

    def at_home(self, entry: Entry, references: tuple[Reference, ...]) -> bool:
        """Tell whether a definition of the tree is the library's own."""
        separator = self.language.names.separators[0]
        modules = (self.tree.module(found.path) for found in references if not self.tree.home(found))
        return bool(entry.home) and any(f"{module}{separator}".startswith(entry.home + separator) for module in modules)

    def is_neither(self, link: Link | None) -> bool:
        """Tell whether a name is known to have nothing to do with memory that a caller would own."""
        return link is not None and link.name in self.catalogue.neither and not self.hides(link)

    def spellings(self, link: Link | None, call: Call) -> Iterator[str]:
        """Yield the names under which catalogues may know a callee, the most exact first."""
        names, builtins = self.language.names, self.language.modules.builtins
        if names.tail:
            yield from self.endings(link, call)
            return
        if link is None:
            yield names.dot + names.member(names.plain(call.name))
            return
        if not self.hides(link):
            yield link.name
            if names.members and builtins and not self.tree.by_name.get(names.last(link.name)):
                yield names.join(builtins, link.name)
        if names.members:
            yield names.separators[0] + names.last(link.name)

    def endings(self, link: Link | None, call: Call) -> Iterator[str]:
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
        elif len(parts) > 1:
            yield names.dot + parts[-1]

    def hides(self, link: Link) -> bool:
        """Tell whether a definition of the tree takes a library's name for itself."""
        if not link.references:
            return bool(link.module)
        return self.tree.private(link.references[0]) or bool(self.tree.home(link.references[0]))

    def is_defined(self, link: Link | None, name: str) -> bool:
        """Tell whether the tree defines what is called, or for a member of a value, something of that name."""
        return bool(link.references if link else self.same_named(name))

    def same_named(self, name: str) -> tuple[Reference, ...]:
        """List what the tree defines under the name of a member."""
        names = self.language.names
        return self.tree.by_name.get(names.member(names.plain(name)), ())
