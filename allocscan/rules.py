"""The languages and names that a run knows: those that travel with the program, and those that it is given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from allocscan.catalogue import Catalogue
from allocscan.extract import check
from allocscan.given import overridden
from allocscan.languages import Language, load_languages
from allocscan.libraries import Library, load_catalogues, load_library


@dataclass(frozen=True, slots=True)
class Rules:
    """The languages and names that a run knows."""

    languages: tuple[Language, ...]
    given: tuple[Library, ...]
    """Catalogues that stand above what is known and found; the last prevails."""
    folders: tuple[Path, ...]
    """Folders of queries that were given."""

    def catalogues(self, languages: tuple[Language, ...]) -> Mapping[str, Catalogue]:
        """Give what is known for each of some languages, below what was given."""
        known = load_catalogues(languages, self.folders)
        given = [library.catalogue for library in self.given]
        return {language: reduce(overridden, given, catalogue) for language, catalogue in known.items()}

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
    for language in languages:
        if any(origin.parent in folders for origin in language.origins):
            check(language)
    return Rules(languages, tuple(load_library(Path(path)) for path in catalogues), folders)
