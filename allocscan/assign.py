"""Which language a file is written in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from posixpath import splitext

from allocscan.languages import Language

Counts = Mapping[str, Counter[str]]
"""For each folder how many files below it belong to each language beyond doubt."""


def assign(paths: Iterable[str], languages: tuple[Language, ...]) -> dict[str, Language]:
    """Decide the language of every file: by its suffix, and where languages share that, by the files around it."""
    owners = {suffix: language for language in languages for suffix in language.suffixes}
    suffixes = {path: splitext(path)[1] for path in paths}
    assigned = {path: owners[suffix] for path, suffix in suffixes.items() if suffix in owners}
    counts = count(assigned)
    for path, suffix in suffixes.items():
        claims = [language for language in languages if suffix in language.shared]
        if claims and (owner := claimant(path, claims, counts)):
            assigned.setdefault(path, owner)
    return assigned


def count(assigned: Mapping[str, Language]) -> Counts:
    """Count the files of each language in every folder."""
    counts: dict[str, Counter[str]] = {}
    for path, language in assigned.items():
        for folder in folders(path):
            counts.setdefault(folder, Counter())[language.name] += 1
    return counts


def claimant(path: str, claims: list[Language], counts: Counts) -> Language | None:
    """Choose the language that has most files in the nearest folder where any of those that claim a file has one.

    Where nothing tells, the language is taken that was built on another one: it reads what that one reads. A suffix
    that only one language claims is known to others as well, so by itself it says nothing.
    """
    for folder in folders(path):
        here = [counts[folder][language.name] for language in claims] if folder in counts else []
        if any(here):
            return claims[here.index(max(here))]
    built_on = [language for language in claims if language.program not in ("", language.name)]
    return next(iter(built_on), claims[0]) if len(claims) > 1 else None


def folders(path: str) -> Iterator[str]:
    """Yield the folders that a file lies in, innermost first; the last one is that of the tree."""
    while path:
        path = path.rpartition("/")[0]
        yield path
