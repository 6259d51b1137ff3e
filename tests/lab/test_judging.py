"""Answers are read as people write them, and judged with a reason."""

import pytest

from allocscan.errors import ExerciseError
from allocscan.lab.exercises import Asks, Exercise, Question
from allocscan.lab.judging import Verdict, judge, read_names, read_number, read_places
from allocscan.lab.solving import Scanned
from tests.reporters.sample import REPORT

SCANNED = Scanned(REPORT)


def exercise(asks: Asks, wanted: int | None = None) -> Exercise:
    return Exercise("e", "", "", "", "", Question(asks, wanted=wanted))


def test_places_are_read_with_and_without_column_and_text() -> None:
    assert read_places("a.c:3, src/b.c:10:7: free(p);\na.c:03") == ["a.c:3", "src/b.c:10"]


@pytest.mark.parametrize(("written", "number"), [("148", 148), ("0x94", 148), ("148 bytes", 148), ("1,480", 1480)])
def test_numbers_are_read_as_tools_write_them(written: str, number: int) -> None:
    assert read_number(written) == number


def test_names_may_be_called() -> None:
    assert read_names("malloc(), calloc;free") == ["malloc", "calloc", "free"]


@pytest.mark.parametrize(
    ("asks", "written"), [(Asks.SITES, "there"), (Asks.NUMBER, "many"), (Asks.NUMBER, "1 or 2"), (Asks.NAMES, " ")]
)
def test_what_is_no_answer_is_said(asks: Asks, written: str) -> None:
    with pytest.raises(ExerciseError, match="an answer here is"):
        judge(exercise(asks), written, frozenset(("7",)), SCANNED)


def test_the_end_of_a_path_is_enough() -> None:
    answer = frozenset(("src/core/a.c:3",))
    assert judge(exercise(Asks.SITES), "core/a.c:3", answer, SCANNED) == Verdict(True)
    assert judge(exercise(Asks.SITES), "./mine/src/core/a.c:3", answer, SCANNED) == Verdict(True)
    assert not judge(exercise(Asks.SITES), "re/a.c:3", answer, SCANNED).right


def test_what_is_missing_is_counted_but_not_named() -> None:
    found = judge(exercise(Asks.SITES), "a.c:1", frozenset(("a.c:1", "b.c:2")), SCANNED)
    assert found == Verdict(False, ("1 of 2 still missing",))


def test_a_wrong_place_is_explained() -> None:
    site = next(iter(REPORT.sites))
    place = f"{site.location.path}:{site.location.line}"
    found = judge(exercise(Asks.SITES), f"a.c:1 {place}", frozenset(("a.c:1",)), SCANNED)
    assert not found.right
    assert found.remarks[0].startswith(f"{place}: here ")


def test_a_wrong_number_is_too_large_or_too_small() -> None:
    assert judge(exercise(Asks.NUMBER), "9", frozenset(("7",)), SCANNED).remarks == ("it is less than 9",)
    assert judge(exercise(Asks.NUMBER), "5", frozenset(("7",)), SCANNED).remarks == ("it is more than 5",)


def test_what_is_to_be_mended_must_be() -> None:
    still = judge(exercise(Asks.MEASURE, wanted=0), "148", frozenset(("148",)), SCANNED)
    assert still == Verdict(False, ("that is what the log says, but it should be 0",))
    assert judge(exercise(Asks.MEASURE, wanted=0), "0", frozenset(("0",)), SCANNED) == Verdict(True)
