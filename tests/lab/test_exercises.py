"""Exercises are data, and what is wrong with one is said in one line."""

from pathlib import Path

import pytest

from allocscan.errors import ExerciseError
from allocscan.lab.exercises import load_exercises


def test_the_course_follows_its_numbers() -> None:
    course = load_exercises()
    assert [each.name for each in course] == sorted(each.name for each in course)
    assert all(each.title and each.task and each.why and each.hints and each.commands for each in course)


def test_a_file_is_a_course_of_one(exercise: Path) -> None:
    (found,) = load_exercises(exercise)
    assert (found.name, found.question.select.names) == ("own", ("malloc",))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('asks = "sites"', 'asks = "luck"', "accepted are sites"),
        ('asks = "sites"', 'asks = "pairs"', "needs a name"),
        ('asks = "sites"', 'asks = "measure"', "needs a measure"),
        ('asks = "sites"', 'asks = "sites"\nmeasure = "bytes"', "needs a measure"),
        ('search   = "malloc"', "", "needs a `search`"),
        ('title    = "Who calls malloc?"', "", "title"),
        ("names = ", "name = ", "unknown key 'name'"),
        ("[question]", "[quest", "own.toml"),
    ],
)
def test_what_is_wrong_is_said(exercise: Path, old: str, new: str, said: str) -> None:
    text = exercise.read_text(encoding="utf-8")
    asks = text.replace('asks = "sites"', 'asks = "misses"') if said == "needs a `search`" else text
    exercise.write_text(asks.replace(old, new), encoding="utf-8")
    with pytest.raises(ExerciseError, match=said):
        load_exercises(exercise)


def test_an_empty_folder_is_no_course(tmp_path: Path) -> None:
    with pytest.raises(ExerciseError, match="no exercise is there"):
        load_exercises(tmp_path)
