"""What the catalogue of a language says of a call, whatever way its name is written."""

from collections.abc import Iterator
from dataclasses import dataclass

from allocscan.catalogue import Catalogue, Entry
from allocscan.languages import Language
from allocscan.model import Call, Link
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
        if link and link.references or not entry.modules:
            return not (entry.hint and self.is_defined(link, call.name)) or self.at_home(entry, link)
        module = names.join(*names.split(link.name)[:-1]) if link else ""
        return entry.offered_by([module] if file.names_module(module) else file.modules, names.separators[0])

    def at_home(self, entry: Entry, link: Link | None) -> bool:
        """Tell whether a definition of the tree is the library's own."""
        separator = self.language.names.separators[0]
        module = self.tree.module(link.references[0].path) if link and link.references else ""
        return bool(entry.home) and f"{module}{separator}".startswith(entry.home + separator)

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
        names, tree = self.language.names, self.tree
        parts = names.split(link.name if link else names.plain(call.name))
        if link and link.references:
            yield names.join(tree.module(link.references[0].path), link.name)
        if not (link and link.module and not link.references):
            yield names.join(*parts)
            yield names.join(*parts[-names.tail :])
        if link and not link.references and tree.files[call.location.path].names_module(names.join(*parts[:-1])):
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
        names = self.language.names
        return bool(link.references if link else self.tree.by_name.get(names.member(names.plain(name))))
