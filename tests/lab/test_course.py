"""The course as a student meets it."""

import json
import shlex
from pathlib import Path

from allocscan.errors import ExitCode
from allocscan.lab.exercises import load_exercises
from allocscan.sources import default_data
from tests.cli.conftest import Run

COMMANDS = ("allocators", "explain", "find", "lab", "trace", "types")
"""What the course uses of allocscan."""
RIGHT = "memory_leak_malloc.c:19"


def test_a_wrong_answer_is_explained_and_a_right_one_remembered(ran: Run, exercise: Path) -> None:
    own = ("--exercises", str(exercise))
    wrong = ran("lab", "1", *own, "--check", "memory_leak_malloc.c:4")
    assert (wrong.code, wrong.output.split()[:2]) == (ExitCode.FAILED, ["not", "yet"])
    assert "tried once" in ran("lab", *own).output
    right = ran("lab", "1", *own, "--check", RIGHT)
    assert (right.code, right.errors) == (ExitCode.OK, "")
    assert right.output.startswith("right\n")
    assert "It is a wrapper." in right.output
    assert "1 of 1 solved" in ran("lab", *own).output


def test_hints_come_one_by_one(ran: Run, exercise: Path) -> None:
    own = ("--exercises", str(exercise))
    assert "2 hints left" in ran("lab", "1", *own).output
    first = ran("lab", "1", *own, "--hint").output
    assert "Look into student_new." in first
    assert "It is in a C file." not in first
    assert "It is in a C file." in ran("lab", "1", *own, "--hint").output
    assert "left" not in ran("lab", "1", *own, "--hint").output


def test_the_search_is_shown_and_held_against_the_truth_once_solved(ran: Run, exercise: Path) -> None:
    own = ("--exercises", str(exercise))
    assert "grep -rn 'malloc(' prints" in ran("lab", "1", *own).output
    assert "are sites" not in ran("lab", "1", *own).output
    assert "1 of its hits are sites" in ran("lab", "1", *own, "--check", RIGHT).output


def test_a_teacher_sees_all_solutions(ran: Run, exercise: Path) -> None:
    shown = ran("lab", "--all", "--exercises", str(exercise)).output
    assert f"solution  {RIGHT}" in shown
    assert "It is in a C file." in shown


def test_progress_can_be_forgotten(ran: Run, exercise: Path) -> None:
    own = ("--exercises", str(exercise))
    ran("lab", "1", *own, "--check", RIGHT)
    assert ran("lab", *own, "--forget").output == ""
    assert "0 of 1 solved" in ran("lab", *own).output


def test_a_memory_that_makes_no_sense_is_begun_anew(ran: Run, exercise: Path) -> None:
    memory = default_data() / "lab.json"
    memory.parent.mkdir(parents=True)
    for nonsense in ("{", "[1]", json.dumps({"own": {"tries": "x"}})):
        memory.write_text(nonsense, encoding="utf-8")
        assert "0 of 1 solved" in ran("lab", "--exercises", str(exercise)).output


def test_a_sample_is_copied_without_its_answers(ran: Run, exercise: Path, tmp_path: Path) -> None:
    copied = ran("lab", "1", "--exercises", str(exercise), "--copy", "mine")
    assert "wrote mine/Makefile" in copied.output
    text = (tmp_path / "mine" / "memory_leak_malloc.c").read_text(encoding="utf-8")
    assert "malloc(sizeof(*student));" in text
    assert "allocate:" not in text
    again = ran("lab", "1", "--exercises", str(exercise), "--copy", "mine")
    assert (again.code, again.errors.count("\n")) == (ExitCode.ERROR, 1)


def test_an_answer_for_a_folder_of_ones_own(ran: Run, exercise: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.c").write_text("#include <stdlib.h>\n\nvoid *f(void) { return malloc(1); }\n")
    own = ("lab", "1", "--exercises", str(exercise), "--target", "./mine")
    assert ran(*own, "--check", "a.c:3").code == ExitCode.OK
    (tmp_path / "mine" / "a.c").write_text("int main(void) { return 0; }\n")
    assert "there is no answer in mine" in ran(*own, "--check", "a.c:3").errors


def test_what_makes_no_sense_is_said_in_one_line(ran: Run) -> None:
    for line in (("lab", "99"), ("lab", "--hint"), ("lab", "1", "--all"), ("lab", "10", "--copy", "x")):
        refused = ran(*line)
        assert (refused.code, refused.output, refused.errors.count("\n")) == (ExitCode.ERROR, "", 1), line


def test_a_page_speaks_of_the_target_that_is_named(ran: Run, exercise: Path, tmp_path: Path) -> None:
    (tmp_path / "my tree").mkdir()
    (tmp_path / "my tree" / "a.c").write_text("void *f(void) { return malloc(1); }\n")
    shown = ran("lab", "14-deluge", "--target", "./my tree").output
    assert "allocscan find Torrent './my tree/deluge/core'" in shown
    assert "allocscan lab 14 --target './my tree' --check 'PATH:LINE ...'" in shown
    assert "grep -rn 'Torrent(' prints 0 lines" in shown
    assert "search" not in ran("lab", "14-deluge").output


def test_every_command_of_the_course_is_one_that_can_be_copied() -> None:
    for each in load_exercises():
        for command in each.commands:
            words = shlex.split(command)
            assert words and not {"NUMBER", "FILE", "ANSWER"}.intersection(words), command
            if words[0] == "allocscan":
                assert words[1] in COMMANDS, command
