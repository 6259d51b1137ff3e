"""The files of a tree: remembered, or read as far as that is needed."""

from collections.abc import Callable, Collection, Iterable, Mapping

from allocscan.keys import language_key, outline_key, reading
from allocscan.languages import Language
from allocscan.model import FileFacts
from allocscan.remembered import recall
from allocscan.remembered.earlier import Saying
from allocscan.remembered.outline import Found, Outline
from allocscan.sources import SourceTree
from allocscan.store.cache import Cache

Read = Callable[[Collection[str], dict[str, str]], Iterable[Found]]
"""Reads some files; what is read gets the key of what it holds by now."""


class Files:
    """The files of a tree that have a language: what is said of each, and what each says if somebody asks."""

    def __init__(self, tree: SourceTree, languages: Mapping[str, Language], store: Cache, read: Read) -> None:
        self.languages = languages
        self.store = store
        self.read = read
        self.keys = recall.identify(tree, languages, store) if store.path else {}
        self.facts: dict[str, FileFacts] = {}
        outlines = recall.recalled(store, map(outline_key, self.keys.values()), Outline)
        self.outlines = {outline.record.path: outline for outline in outlines}
        self.find(languages.keys() - self.outlines.keys())

    def find(self, paths: Collection[str]) -> None:
        """Read some files."""
        for found in self.read(paths, self.keys) if paths else ():
            path = found.facts.path
            self.outlines[path], self.facts[path] = found.outline, found.facts

    def say(self) -> list[FileFacts]:
        """Give what all files say, in the order of their paths; what was stored may be gone by now."""
        stored = (self.keys[path] for path in self.outlines.keys() - self.facts.keys())
        self.facts |= {facts.path: facts for facts in recall.recalled(self.store, stored, FileFacts)}
        self.find(self.outlines.keys() - self.facts.keys())
        for path in self.outlines.keys() - self.facts.keys():
            # It cannot be read any more, so that nothing may be remembered of it either.
            del self.outlines[path]
        return [self.facts[path] for path in sorted(self.facts)]

    @property
    def sayings(self) -> dict[str, Saying]:
        """Name what each file says."""
        return {path: (outline.said, self.keys[path]) for path, outline in self.outlines.items()}

    def use(self) -> None:
        """Remember that what is stored was of use."""
        languages = {language_key(reading(language)) for language in self.languages.values()}
        self.store.use([*self.keys.values(), *map(outline_key, self.keys.values()), *languages])
