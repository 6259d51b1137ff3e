"""What is said of a file apart from what its text says, which is linked with that of all others."""

from typing import NamedTuple

from allocscan.keys import outline_key
from allocscan.model import FileFacts, FileRecord, Problem
from allocscan.store.digests import digest
from allocscan.store.packing import pack
from allocscan.text import decode


class Outline(NamedTuple):
    """How large a file is, how well it was understood, and names for what it says."""

    record: FileRecord
    problems: tuple[Problem, ...]
    said: str = ""
    """The same for the same words in the same places; empty where nothing is stored, as is the following."""
    lines: str = ""
    """The same for the same text in the lines on which something is called."""


class Found(NamedTuple):
    """What was found in a file, also as bytes where those are of use."""

    key: str
    facts: FileFacts
    """Without what the outline has."""
    outline: Outline
    packed: bytes
    """The facts."""

    @property
    def kept(self) -> dict[str, bytes]:
        """Give what is stored of the file."""
        return {self.key: self.packed, outline_key(self.key): pack(self.outline)}


def outlined(key: str, content: bytes, facts: FileFacts, *, packed: bool) -> Found:
    """Tell what a text says from how that was read."""
    record = FileRecord(facts.path, facts.language, facts.lines, facts.size, facts.lost)
    said = facts._replace(lines=0, size=0, lost=0, problems=())
    if not packed:
        return Found(key, said, Outline(record, facts.problems), b"")
    named = pack(said)
    return Found(key, said, Outline(record, facts.problems, digest(named), calling(content, facts)), named)


def calling(content: bytes, facts: FileFacts) -> str:
    """Name the text of the lines on which something is called."""
    if not facts.calls:
        return ""
    lines = decode(content).split("\n")
    return digest("\n".join(lines[call.location.line - 1] for call in facts.calls))
