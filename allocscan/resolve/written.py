"""How a language writes places and types, and what that says of values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from allocscan.languages import Language

FOLDED = re.compile(r"\((?!\))[^()]*\)|\[(?!\])[^\[\]]*\]")
PART = re.compile(r"([\w:]+)((?:\(\)|\[\])*)")


class Part(NamedTuple):
    """One step on the way to a value."""

    mark: str
    """What joins it to the step before."""
    name: str
    called: bool
    indexed: bool


@dataclass(frozen=True)
class Written:
    """Reads the places and types of one language."""

    language: Language

    @cached_property
    def marks(self) -> re.Pattern[str]:
        """Compile what joins a value and its member."""
        return re.compile("(" + "|".join(map(re.escape, self.language.receivers.marks)) + ")")

    @cached_property
    def generics(self) -> re.Pattern[str]:
        """Compile the arguments of a type that hold no others."""
        opening, closing = map(re.escape, self.language.receivers.brackets or "\0\0")
        return re.compile(f"{opening}[^{opening}{closing}]*{closing}")

    def folded(self, text: str) -> str:
        """Leave out what stands between brackets, however deep they are nested."""
        left = ""
        while left != text:
            left, text = text, FOLDED.sub(lambda found: found[0][0] + found[0][-1], text)
        left = ""
        while left != text:
            left, text = text, self.generics.sub("", text)
        return text

    def method(self, name: str) -> tuple[str, str, str]:
        """Split a name into the value, what joins it to the method, and the method; no value where none is named."""
        *before, mark, last = ("", "", *self.marks.split(self.folded(name)))
        return "".join(before), mark, last

    def parts(self, place: str) -> Iterator[Part]:
        """Yield the steps to a value; one without a name is not understood."""
        marks, texts = ("", *self.marks.split(place)[1::2]), self.marks.split(place)[::2]
        for mark, text in zip(marks, texts, strict=True):
            found = PART.fullmatch(text)
            name, suffixes = found.groups() if found else ("", "")
            yield Part(mark, name, suffixes.startswith("()"), suffixes.endswith("[]"))

    def arguments(self, type: str) -> list[str]:
        """List the arguments of a type."""
        opening, closing = self.language.receivers.brackets or ("\0", "\0")
        inner, depth, found = type.partition(opening)[2].rpartition(closing)[0], 0, [""]
        for character in inner:
            depth += (character == opening) - (character == closing)
            if character == "," and not depth:
                found.append("")
            else:
                found[-1] += character
        return [argument.strip() for argument in found if argument.strip()]

    def argument(self, type: str, pattern: str, position: int) -> str:
        """Give an argument of a type whose name fits a pattern; empty where it has none, or another name."""
        if not pattern or not re.search(pattern, self.language.names.bare(type)):
            return ""
        return next(iter(self.arguments(type)[position:]), "")

    def made(self, maker: str, type: str) -> str:
        """Name the type that a maker of objects of a type hands them out in; empty where it is none."""
        opening, closing = self.language.receivers.brackets or ("", "")
        bare = self.language.names.bare(maker)
        owners = (owner for pattern, owner in self.language.receivers.makers.items() if re.search(pattern, bare))
        return next((f"{owner}{opening}{type}{closing}" for owner in owners), "")

    def is_foreign(self, type: str) -> bool:
        """Tell whether a name that the tree does not define is one of a class, and no parameter of a template."""
        return len(self.language.names.split(self.language.names.plain(type))) > 1 or bool(self.arguments(type))
