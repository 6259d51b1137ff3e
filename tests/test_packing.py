"""Values survive being bytes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocscan.model import Action, Context, Location, Problem
from allocscan.store.packing import pack, unpack


class Word(StrEnum):
    ONE = "one"


class Pair(NamedTuple):
    left: object
    right: object


@dataclass(frozen=True, slots=True)
class Single:
    only: object


@dataclass(frozen=True)
class Many:
    first: object = None
    second: object = ()


LEAVES = st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.sampled_from([Word.ONE, *Action])
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(Pair, inner, inner)
        | st.builds(Single, inner)
        | st.builds(Many, inner, inner)
        | st.lists(inner).map(tuple)
        | st.lists(inner)
        | st.dictionaries(st.text(), inner)
    ),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_packed_is_unpacked(value: object) -> None:
    again = unpack(pack(value), object)
    assert again == value
    assert type(again) is type(value)
    assert repr(again) == repr(value)


def test_values_of_the_model_keep_their_classes() -> None:
    values = (Location("a", 1, 2, 3, 4), Context(branches=("x",)), Problem("a", 1, "binary", "no text"))
    again = unpack(pack(values), tuple)
    assert again is not None
    assert repr(again) == repr(values)


@pytest.mark.parametrize("damaged", [b"", b"no bytes of ours", pack("a")[:-1], pack("a")[:-1] + b"\0"])
def test_what_was_damaged_is_nothing(damaged: bytes) -> None:
    assert unpack(damaged, str) is None


def test_another_kind_of_value_is_nothing() -> None:
    assert unpack(pack("a"), int) is None
