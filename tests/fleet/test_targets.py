"""The list of a fleet is read, and what was found is added up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocscan.fleet.targets import TargetTotal, add_up, read_list


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("git", "git"),
        ("  ./a folder \n", "./a folder"),
        ("redis  # the server", "redis"),
        ("redis\t#the server", "redis"),
        ("https://example.org/x.git#y", "https://example.org/x.git#y"),
        ("./c#/src # two", "./c#/src"),
    ],
)
def test_a_line_names_a_target(line: str, target: str) -> None:
    assert read_list([line]) == (target,)


def test_comments_and_repetitions_are_left_out() -> None:
    assert read_list(["# all", "", "b", "a", "   ", "  # none", "b # again"]) == ("b", "a")


@given(st.lists(st.text()))
def test_no_target_is_empty_or_a_comment(lines: list[str]) -> None:
    found = read_list(lines)
    assert all(target and target == target.strip() and not target.startswith("#") for target in found)
    assert len(set(found)) == len(found)


def test_totals_add_up() -> None:
    one = TargetTotal("one", "c", 1, 10, 100, (1, 2, 3, 4), 50)
    two = TargetTotal("two", "d", 2, 20, 300, (4, 3, 2, 1), 0)
    assert add_up([one, two]) == TargetTotal("all", "", 3, 30, 400, (5, 5, 5, 5), 50)
    assert (one.parse_loss, add_up([one, two]).parse_loss, add_up([]).parse_loss) == (50.0, 12.5, 0.0)
