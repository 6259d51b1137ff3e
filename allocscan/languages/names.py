"""How names are written and joined."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

REMEMBERED = 2**16
"""Names whose bare forms are not looked for again."""


class Names(NamedTuple):
    """How a grammar nests the name that it declares, and how names are joined."""

    separators: tuple[str, ...] = (".",)
    """What joins the parts of a name; the first is used to print one."""
    members: tuple[str, ...] = ()
    """What joins a value and its member, where that differs; catalogues write the first."""
    arrow: str = "."
    """What joins a pointer and a field of what it points to."""
    properties: tuple[str, ...] = ()
    """What is written like a field and belongs to any value."""
    fields: tuple[str, ...] = ("name",)
    """Fields to follow from a declaration down to its name."""
    kinds: tuple[str, ...] = ()
    """Node types to follow where none of the fields is there."""
    stop: tuple[str, ...] = ()
    """Node types that are names although they have parts."""
    tokens: tuple[str, ...] = ()
    """Node types of lists that hold tokens, of which each member may have several."""
    skip: tuple[str, ...] = ()
    """Node types that stand in a list without being one of its members."""
    pasted: str = ""
    """What joins the parts of a name that a macro puts together anew in each use; empty where none does."""
    made: str = ""
    """A pattern of names that a macro makes of the `name` that it is given."""
    local: tuple[str, ...] = ()
    """Attributes that hide a definition from other files."""
    generics: str = ""
    """A pattern of what look-ups leave out of a name, such as generic arguments."""
    tail: int = 0
    """How many parts at the end of a name are enough for a catalogue to know it; 0 for all."""
    foreign: str = ""
    """A pattern of what qualifies functions of other languages, whose catalogues know them by the last part alone."""

    def split(self, name: str) -> list[str]:
        """Split a name into its parts."""
        for separator in self.separators[1:]:
            name = name.replace(separator, self.separators[0])
        return name.split(self.separators[0])

    def join(self, *parts: str) -> str:
        """Join the parts of a name."""
        return self.separators[0].join(part for part in parts if part)

    def plain(self, name: str) -> str:
        """Leave out generic arguments, and what only says that a name begins outermost."""
        return self.bare(name).removeprefix(self.separators[0])

    def bare(self, name: str) -> str:
        """Leave out generic arguments, however deep they are nested."""
        return without(self.generics, name) if self.generics else name

    def endings(self, name: str) -> Iterator[str]:
        """Yield a name, and what of its end is enough to know it."""
        parts = self.split(name)
        yield name
        if self.tail and len(parts) > self.tail:
            yield self.join(*parts[-self.tail :])

    def foreign_name(self, name: str) -> str:
        """Give the name that a function has in its own language, where that is another; else nothing."""
        qualifiers, _, last = self.plain(name).rpartition(self.separators[0]) if self.foreign else ("", "", "")
        return last if re.search(self.foreign, qualifiers) else ""

    def last(self, name: str) -> str:
        """Give the last part of a name, without generic arguments."""
        return self.split(self.plain(name))[-1]

    @property
    def dot(self) -> str:
        """What catalogues write before the member of any value."""
        return (self.members or self.separators)[0]

    def called(self, name: str) -> str:
        """Give what is called: without the value that it belongs to, where that can be told, and without generics."""
        plain = self.plain(name)
        return (self.member(plain) or plain) if self.members else name

    def member(self, name: str) -> str:
        """Give the part behind a value; empty where none is named."""
        ends = [name.rindex(mark) + len(mark) for mark in self.members or self.separators if mark in name]
        return name[max(ends) :] if ends else ""


@lru_cache(REMEMBERED)
def without(pattern: str, name: str) -> str:
    """Leave out what matches a pattern until nothing does any more."""
    left = ""
    while left != name:
        left, name = name, re.sub(pattern, "", name)
    return name
