"""Expressions in languages mean the same to every interpreter that the project runs on."""

import re

import pytest

from allocscan.languages import Language, load_languages
from allocscan.languages.loading import EXPRESSIONS

GROUP_WITHOUT_RETREAT = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+")
"""Until Python 3.11.5, what is tried inside of such a repetition is not tried again; an atomic group is right."""


@pytest.mark.parametrize("language", load_languages(), ids=lambda each: each.name)
def test_no_group_is_repeated_possessively(language: Language) -> None:
    for part, keys in EXPRESSIONS.items():
        for key in keys:
            given = getattr(getattr(language, part) if part else language, key)
            for expression in (given,) if isinstance(given, str) else given:
                assert not GROUP_WITHOUT_RETREAT.search(expression), f"{part} {key}: {expression}"


def test_such_a_group_is_noticed() -> None:
    assert GROUP_WITHOUT_RETREAT.search(r"(?:a|ab)*+c")
    assert not GROUP_WITHOUT_RETREAT.search(r"\)+(?>(?:a|ab)*)c\)*+")
