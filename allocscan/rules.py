"""The languages and names that a run knows: those that travel with the program, and those that it is given."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from pathlib import Path
from typing import Any

from allocscan.catalogue import Catalogue, join
from allocscan.errors import CatalogueError
from allocscan.given import overridden
from allocscan.keys import program
from allocscan.languages import Language, load_languages
from allocscan.libraries import Library, check_languages, find_catalogue, load_library
from allocscan.store.cache import NO_STORE, Cache
from allocscan.store.digests import digest
from allocscan.store.packing import pack
from allocscan.tables import read_text


@dataclass(frozen=True, slots=True)
class Rules:
    """The languages and names that a run knows."""

    languages: tuple[Language, ...]
    given: tuple[Library, ...]
    """Catalogues that stand above what is known and found; the last prevails."""
    folders: tuple[Path, ...]
    """Folders of queries that were given."""

    def catalogues(self, languages: tuple[Language, ...], store: Cache = NO_STORE) -> "Catalogues":
        """Give what is known for each of some languages, below what was given."""
        return Catalogues(languages, self, store)

    @property
    def notes(self) -> tuple[str, ...]:
        """Say what is believed beside what is known to everyone."""
        folders = (f"queries of {folder} are used" for folder in self.folders)
        catalogues = (f"catalogue {library.path} stands above what was found" for library in self.given)
        return (*folders, *catalogues)


def load_rules(queries: Iterable[str] = (), catalogues: Iterable[str] = ()) -> Rules:
    """Read everything that is known; raise AllocscanError for what makes no sense in what is given."""
    folders = tuple(map(Path, queries))
    languages = load_languages(folders)
    for language in languages if folders else ():
        from allocscan.extract import check

        if any(origin.parent in folders for origin in language.origins):
            check(language)
    given = tuple(load_library(Path(path)) for path in catalogues)
    for library in given:
        check_languages(library, str(library.path), [language.name for language in languages])
    return Rules(languages, given, folders)


class Catalogues(Mapping[str, Catalogue]):
    """What is known for each of some languages, read when it is asked for; what was read is stored."""

    def __init__(self, languages: tuple[Language, ...], rules: Rules, store: Cache) -> None:
        self.languages = {language.name: language for language in languages}
        self.rules = rules
        self.store = store
        self.libraries: dict[str, Library] = {}
        self.known: dict[str, Catalogue] = {}

    def __getitem__(self, name: str) -> Catalogue:
        if name not in self.known:
            self.known[name] = self.recalled(name) if self.store.path else self.read(name)
        return self.known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.languages)

    def __len__(self) -> int:
        return len(self.languages)

    def recalled(self, name: str) -> Catalogue:
        """Give what was read before, or read it."""
        key = digest("catalogue", program(), *self.contents([name]))
        catalogue = self.store.recall(key, Catalogue)
        if catalogue is None:
            catalogue = self.read(name)
            self.store.keep({key: pack(catalogue)})
        return catalogue

    def read(self, name: str) -> Catalogue:
        """Read the libraries of a language, and put what was given above them."""
        libraries = [self.library(each).catalogue for each in self.languages[name].catalogues]
        given = [library.catalogue for library in self.rules.given if library.speaks_of(name)]
        return reduce(overridden, given, join(libraries))

    def library(self, name: str) -> Library:
        """Read a catalogue, once for all languages."""
        if name not in self.libraries:
            self.libraries[name] = load_library(find_catalogue(name, self.rules.folders))
        return self.libraries[name]

    def __getstate__(self) -> dict[str, Any]:
        """Read everything before it travels to where its files are not."""
        known = {name: self[name] for name in self}
        return {**vars(self), "known": known, "fingerprint": self.fingerprint, "libraries": {}, "store": NO_STORE}

    @cached_property
    def fingerprint(self) -> str:
        """Change whenever one of the languages or catalogues does."""
        return digest(*(language.fingerprint for language in self.languages.values()), *self.contents(self.languages))

    def contents(self, languages: Iterable[str]) -> Iterator[str]:
        """Yield the names and contents of the catalogues of languages, and those that were given."""
        for name in dict.fromkeys(each for language in languages for each in self.languages[language].catalogues):
            yield name
            yield read_text(find_catalogue(name, self.rules.folders), CatalogueError)
        for library in self.rules.given:
            yield read_text(library.path, CatalogueError)
