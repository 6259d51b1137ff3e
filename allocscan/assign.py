"""Which language a file is written in."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from allocscan.languages import Language

Counts = Mapping[PurePosixPath, Counter[str]]
"""For each folder how many files below it belong to each language beyond doubt."""


def assign(paths: Iterable[str], languages: tuple[Language, ...]) -> dict[str, Language]:
    """Decide the language of every file: by its suffix, and where languages share that, by the files around it."""
    owners = {suffix: language for language in languages for suffix in language.suffixes}
    suffixes = {path: PurePosixPath(path).suffix for path in paths}
    assigned = {path: owners[suffix] for path, suffix in suffixes.items() if suffix in owners}
    counts = count(assigned)
    for path, suffix in suffixes.items():
        claims = [language for language in languages if suffix in language.shared]
        if path not in assigned and claims:
            assigned[path] = claimant(path, claims, counts)
    return assigned


def count(assigned: Mapping[str, Language]) -> Counts:
    """Count the files of each language in every folder."""
    counts: dict[PurePosixPath, Counter[str]] = {}
    for path, language in assigned.items():
        for folder in PurePosixPath(path).parents:
            counts.setdefault(folder, Counter())[language.name] += 1
    return counts


def claimant(path: str, claims: list[Language], counts: Counts) -> Language:
    """Choose the language that has most files in the nearest folder where any of those that claim a file has one."""
    for folder in PurePosixPath(path).parents:
        here = [counts[folder][language.name] for language in claims] if folder in counts else []
        if any(here):
            return claims[here.index(max(here))]
    # Nothing tells. What was built on another language reads that as well, and comes after it.
    return next((language for language in claims if language.program not in ("", language.name)), claims[0])
