"""What is linked hangs on the order of lines, and not on their numbers."""

from collections.abc import Mapping
from functools import cache
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocscan.data import folder
from allocscan.extract import extract
from allocscan.languages import load_languages
from allocscan.linking import link
from allocscan.model import FileFacts, Location, Report, Target
from allocscan.remembered.moving import Lines, makers, numbers, renumbered, renumbering
from allocscan.rules import load_rules
from allocscan.store.packing import pack, unpack_changed

LANGUAGES = load_languages()
RULES = load_rules()
CATALOGUES = RULES.catalogues(RULES.languages)
SAMPLES = sorted(place.name for place in folder("sample_repos").iterdir() if place.is_dir())


@cache
def read(sample: str) -> tuple[FileFacts, ...]:
    """Read the files of a sample."""
    root = folder("sample_repos") / sample
    found = []
    for path in sorted(place for place in root.rglob("*") if place.is_file()):
        language = next((each for each in LANGUAGES if path.name.endswith(each.suffixes)), None)
        if language:
            facts = extract(path.relative_to(root).as_posix(), path.read_bytes(), language)
            found.append(facts._replace(lines=0, size=0, lost=0, problems=()))
    return tuple(found)


def linked(facts: tuple[FileFacts, ...]) -> Report:
    """Link some files."""
    return link(list(facts), LANGUAGES, CATALOGUES, "")


@cache
def packed(sample: str) -> bytes:
    """Link a sample, and keep what that gave."""
    return pack(linked(read(sample)))


def spread(facts: FileFacts, gaps: list[int]) -> Lines:
    """Put more or fewer lines between those that a file says something of."""
    known = sorted({*numbers(facts)})
    steps = (gaps[number % len(gaps)] for number in range(len(known)))
    return {0: 0, **dict(zip(known, accumulate(steps), strict=True))}


@pytest.mark.parametrize("sample", SAMPLES)
@settings(max_examples=5, deadline=None)
@given(gaps=st.lists(st.integers(1, 50), min_size=1, max_size=50))
def test_what_is_linked_moves_with_its_lines(sample: str, gaps: list[int]) -> None:
    before = read(sample)
    lines: Mapping[str, Lines] = {facts.path: spread(facts, gaps) for facts in before}
    after = tuple(renumbered(facts, lines[facts.path]) for facts in before)
    assert [renumbering(one, other) for one, other in zip(before, after, strict=True)] == [*lines.values()]
    assert unpack_changed(packed(sample), Report, makers(lines)) == linked(after)


@pytest.mark.parametrize("gap", [1, 0, -1])
def test_lines_that_change_their_order_are_no_mere_move(gap: int) -> None:
    text = "void *one(void) { return malloc(1); }\nvoid *two(void) { return malloc(2); }\n"
    language = next(each for each in LANGUAGES if each.name == "c")
    before = extract("a.c", text.encode(), language)
    lines = {0: 0, 1: 5, 2: 5 + gap}
    assert (renumbering(before, renumbered(before, lines)) == lines) is (gap == 1)


def test_what_says_more_or_something_else_is_no_mere_move() -> None:
    text = "void *one(void) { return malloc(1); }\n"
    language = next(each for each in LANGUAGES if each.name == "c")
    before = extract("a.c", text.encode(), language)
    for changed in (text.replace("malloc", "calloc"), text + text, "", " " + text, text.replace("{", "{\n")):
        assert renumbering(before, extract("a.c", changed.encode(), language)) is None
    assert renumbering(before, before) == {0: 0, 1: 1}


def test_a_line_that_is_not_known_is_not_guessed() -> None:
    values = (Location("a.c", 1, 1, 2, 1), Target("b.c", 7, "b"))
    assert unpack_changed(pack(values), tuple, makers({"a.c": {1: 3, 2: 4}})) == (
        Location("a.c", 3, 1, 4, 1),
        Target("b.c", 7, "b"),
    )
    with pytest.raises(KeyError):
        unpack_changed(pack(values), tuple, makers({"a.c": {1: 3}}))
