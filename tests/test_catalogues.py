"""Every entry of every catalogue says something that makes sense."""

import pytest

from allocscan.catalogue import Entry
from allocscan.languages import Language
from allocscan.model import Action, Resource
from allocscan.rules import load_rules

RULES = load_rules()
LANGUAGES = RULES.languages
CATALOGUES = RULES.catalogues(LANGUAGES)
ENOUGH = 30
"""Arguments that no call has more of."""


@pytest.mark.parametrize("language", LANGUAGES, ids=[language.name for language in LANGUAGES])
def test_positions_lie_within_the_arity(language: Language) -> None:
    wrong = [(entry.name, entry.family) for entry in CATALOGUES[language.name].entries if most(entry) <= last(entry)]
    assert not wrong


def test_the_catalogues_are_the_largest_of_their_kind() -> None:
    entries = [entry for catalogue in CATALOGUES.values() for entry in catalogue.entries]
    memory = {(e.name, e.family) for e in entries if e.action == Action.ALLOCATE and e.resource == Resource.MEMORY}
    assert len(memory) >= 650
    assert len({family for _, family in memory}) >= 190


@pytest.mark.parametrize(
    ("named", "family"),
    [
        ("g_free", "g-heap"),
        ("g_bytes_unref", "g-bytes"),
        ("(GDestroyNotify) g_variant_unref", "g-variant"),
        ("g_bytes_new", ""),
        ("my_free", ""),
        ("ops->free_it[0]", ""),
    ],
)
def test_an_argument_may_name_what_gives_a_block_back(named: str, family: str) -> None:
    found = CATALOGUES["c"].find("g_clear_pointer", ("&self->block", named))
    assert (found.family if found else "") == family


def most(entry: Entry) -> int:
    """Say how many arguments a call of an entry has at most."""
    return ENOUGH if entry.arity is None else entry.arity[1] if isinstance(entry.arity, tuple) else entry.arity


def last(entry: Entry) -> int:
    """Give the last argument position that an entry speaks of; -1 for none."""
    positions = (entry.size, entry.count, entry.align, entry.pointer, entry.type, entry.out, entry.pool, entry.source)
    return max((position for position in positions if position is not None), default=-1)
