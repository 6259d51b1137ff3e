"""Where the commit that was scanned can be seen by anyone: pages of forges, which are data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from allocscan.errors import SourceError
from allocscan.model import Checkout, Source
from allocscan.tables import build, read_toml

FILE = Path(__file__).parent / "forges.toml"


@dataclass(frozen=True, slots=True)
class Forge:
    """How one kind of forge shows commits and lines."""

    name: str
    address: str
    """A pattern of repository addresses."""
    home: str
    """The page of the repository, in which the groups of the pattern are filled in; likewise the following."""
    commit: str
    line: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A commit that a forge shows."""

    forge: Forge
    home: str
    checkout: Checkout

    @property
    def page(self) -> str:
        """Give the address of the commit."""
        return self.forge.commit.format(home=self.home, commit=self.checkout.commit)

    def line(self, path: str, line: int) -> str:
        """Give the address of one line; empty for a file that is not as the forge has it."""
        if path in self.checkout.changed:
            return ""
        quoted = quote(self.checkout.prefix + path, errors="surrogateescape")
        return self.forge.line.format(home=self.home, commit=self.checkout.commit, path=quoted, line=line)


def shown_at(source: Source) -> Shown | None:
    """Find where the scanned commit can be seen."""
    checkout = source.checkout or Checkout(source.location, source.commit)
    return next(matches(checkout), None) if checkout.commit else None


def matches(checkout: Checkout) -> Iterator[Shown]:
    """Yield the forges that know an address like the one that was scanned."""
    for forge in forges():
        if found := re.fullmatch(forge.address, checkout.location):
            groups = {name: quote(text, safe="/~:@!$'()*+,;=") for name, text in found.groupdict().items()}
            yield Shown(forge, forge.home.format(**groups), checkout)


@cache
def forges() -> tuple[Forge, ...]:
    """Read what is known of forges."""
    tables = read_toml(FILE, SourceError)["forge"]
    return tuple(build(Forge, table, str(FILE), SourceError) for table in tables)
