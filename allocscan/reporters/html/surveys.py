"""The text of all files, searched for all names at once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from allocscan.extract.mentions import Mention, read
from allocscan.extract.surveying import Mentioned, Names, Passed, Passing, survey
from allocscan.languages import Language

Work = tuple[str, bytes, Language]
"""A path, its file and its language."""
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


def search(names: tuple[str, ...], batch: Iterable[Work]) -> list[Found]:
    """Search some files."""
    wanted = Names(names)
    return [(path, *search_file(content, wanted, language)) for path, content, language in batch]


def search_file(content: bytes, names: Names, language: Language) -> tuple[Mentioned, Passed]:
    """Search a file; what is no text mentions nothing."""
    text = read(content)
    return survey(text, names, language) if text else ({}, {})


def gathered(names: Iterable[str], found: Iterable[Found]) -> Survey:
    """Sort what was found by name, then by path."""
    survey = Survey({name: {} for name in names})
    for path, mentioned, passed in sorted(found, key=lambda each: each[0]):
        for name, known in mentioned.items():
            survey.mentions[name][path] = known
        for (word, role), passing in passed.items():
            survey.passing.setdefault(word, {}).setdefault(role, {})[path] = passing
    return survey
