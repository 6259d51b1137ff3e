"""The text of all files, searched for all names at once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from allocscan.extract.mentions import Mention, read
from allocscan.extract.surveying import Mentioned, Names, Passed, Passing, Start, survey
from allocscan.languages import Language
from allocscan.model import Site

Work = tuple[str, bytes, Language, Set[Start]]
"""A path, its file, its language, and where sites begin with their names."""
Found = tuple[str, Mentioned, Passed]
"""A path, where each name is mentioned in that file, and the other words before a parenthesis there."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What all files mention."""

    mentions: dict[str, dict[str, tuple[Mention, ...]]]
    """Where each name is mentioned, by name and path."""
    passing: dict[str, dict[str, dict[str, Passing]]] = field(default_factory=dict)
    """All other words, by word, role and path."""

    def counts(self) -> Mapping[str, int]:
        """Count how often each word stands before a parenthesis as a whole."""
        counted = Counter(dict.fromkeys(self.mentions, 0))
        for name, found in self.mentions.items():
            counted[name] = sum(each.word == name for known in found.values() for each in known)
        for word, roles in self.passing.items():
            counted[word] = sum(each.count for known in roles.values() for each in known.values())
        return counted


def starts(sites: Iterable[Site]) -> Set[Start]:
    """Say where sites begin with their names, so that nobody need ask what stands there."""
    return {(site.location.line, site.location.column) for site in sites if site.name.isidentifier()}


def search(names: tuple[str, ...], batch: Iterable[Work]) -> list[Found]:
    """Search some files."""
    wanted = Names(names)
    return [(path, *search_file(content, wanted, language, sites)) for path, content, language, sites in batch]


def search_file(content: bytes, names: Names, language: Language, sites: Set[Start]) -> tuple[Mentioned, Passed]:
    """Search a file; what is no text mentions nothing."""
    text = read(content)
    return survey(text, names, language, sites) if text else ({}, {})


def gathered(names: Iterable[str], found: Iterable[Found]) -> Survey:
    """Sort what was found by name, then by path."""
    survey = Survey({name: {} for name in names})
    for path, mentioned, passed in sorted(found, key=lambda each: each[0]):
        for name, known in mentioned.items():
            survey.mentions[name][path] = known
        for (word, role), passing in passed.items():
            survey.passing.setdefault(word, {}).setdefault(role, {})[path] = passing
    return survey
