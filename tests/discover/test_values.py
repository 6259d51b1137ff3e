"""Where values come from, and where they go, is one question asked from both ends."""

import pytest

from allocscan.data import folder
from allocscan.discover import discover
from allocscan.discover.values import Fresh, Values, spread, trace
from allocscan.extract import extract
from allocscan.languages import load_languages
from allocscan.resolve import resolve
from allocscan.rules import load_rules

LANGUAGES = {language.name: language for language in load_languages()}
CATALOGUES = (RULES := load_rules()).catalogues(RULES.languages)
SAMPLES = {"key-value-server": "c", "scene-graph": "cpp", "log-indexer": "d", "glyph-cache": "rust"}


@pytest.mark.parametrize("sample", SAMPLES)
def test_memory_spreads_to_the_places_that_have_it_from_there(sample: str) -> None:
    language = LANGUAGES[SAMPLES[sample]]
    files = sorted(path for path in (folder("sample_repos") / sample).rglob("*") if path.suffix in language.suffixes)
    facts = [extract(path.name, path.read_bytes(), language) for path in files]
    found = 0
    for links in resolve(facts, LANGUAGES):
        known = discover(links, CATALOGUES)
        for unit in known.units.values():
            values = trace(unit, known.graph(unit), known.effects_of, known.returns_of)
            backward = {place: memory for place in values.places() if (memory := obtained(values, place))}
            assert {place: set(memory) for place, memory in spread(values).items()} == backward
            found += len(backward)
    assert found


def obtained(values: Values, place: str) -> set[Fresh]:
    """Give the memory among what a place may hold."""
    return {origin for origin in values.at(place) if isinstance(origin, Fresh)}
