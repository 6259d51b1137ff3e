"""What is said of a file apart from what its text says, which is linked with that of all others."""

from dataclasses import replace
from typing import NamedTuple

from allocscan.digests import digest
from allocscan.model import FileFacts, FileRecord, Problem
from allocscan.packing import pack


class Outline(NamedTuple):
    """How large a file is, how well it was understood, and a name for what it says."""

    record: FileRecord
    problems: tuple[Problem, ...]
    said: str = ""
    """The same for the same words in the same places; empty where nothing is stored."""


class Found(NamedTuple):
    """What was found in a file, also as bytes where those are of use."""

    key: str
    facts: FileFacts
    """Without what the outline has."""
    outline: Outline
    packed: bytes
    """The facts."""


def outlined(key: str, facts: FileFacts, *, packed: bool) -> Found:
    """Tell what a text says from how that was read."""
    record = FileRecord(facts.path, facts.language, facts.lines, facts.size, facts.lost)
    said = replace(facts, lines=0, size=0, lost=0, problems=())
    content = pack(said) if packed else b""
    return Found(key, said, Outline(record, facts.problems, digest(content) if packed else ""), content)
