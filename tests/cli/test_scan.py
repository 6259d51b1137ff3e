"""`allocscan scan`."""

import json
import os
from pathlib import Path

import pytest

from allocscan.cli.options import Options
from allocscan.cli.reports import needed_languages
from allocscan.errors import ExitCode
from allocscan.filters import Selection
from allocscan.languages import Language
from allocscan.model import Action
from tests.cli.conftest import Run

Asked = list[tuple[tuple[str, ...], Options]]


def test_the_page_ends_with_what_to_type_next(ran: Run, asked: Asked) -> None:
    page = ran("deluge:core", "--revision", "v1").output
    assert page.startswith("deluge:core  commit 0123456789ab")
    assert "\nNext\n" in page
    assert "  allocscan find zmalloc deluge:core --revision v1" in page
    assert "  allocscan deluge:core --revision v1 --format grep" in page


def test_no_hints_are_given_where_nobody_reads_along(ran: Run, asked: Asked, tmp_path: Path) -> None:
    assert "Next" not in ran("deluge", "--quiet").output
    ran("deluge", "-o", str(tmp_path / "report"))
    assert "Next" not in (tmp_path / "report").read_text(encoding="utf-8")


def test_notes_are_on_the_page(ran: Run, asked: Asked) -> None:
    shown = ran("deluge")
    assert "a note" in shown.output
    assert "not shown: 1 implicit (--all)" in shown.output
    assert shown.errors == ""


def test_notes_stand_beside_other_formats(ran: Run, asked: Asked) -> None:
    assert ran("deluge", "--format", "grep").errors == "deluge: a note\n"
    assert ran("deluge", "--format", "grep", "--quiet").errors == ""


def test_targets_give_a_report_each(ran: Run, asked: Asked) -> None:
    lines = [json.loads(line) for line in ran("deluge", "redis", "--format", "jsonl").output.splitlines()]
    assert [line["name"] for line in lines if line["record"] == "report"] == ["deluge", "redis"]
    assert [line["record"] for line in lines].count("summary") == 2
    assert "\n\nredis  commit" in ran("deluge", "redis").output


def test_options_are_handed_on(ran: Run, asked: Asked) -> None:
    line = "--all --resources --no-tests --action transfer --action allocate --language c --name x --path src"
    more = "--unchecked --in-loop --exclude a --exclude b --revision v2 --subtree lib --refresh -j 3 -q"
    assert ran("deluge", *line.split(), *more.split()).code == ExitCode.OK
    actions = (Action.TRANSFER, Action.ALLOCATE)
    assert asked[0][1] == Options(
        style=None,
        outputs=(),
        quiet=True,
        jobs=3,
        selection=Selection(True, True, False, actions, ("c",), ("x",), ("src",), True, True),
        refresh=True,
        revision="v2",
        subtree="lib",
        exclude=("a", "b"),
    )


def test_nothing_is_asked_for_unless_said(ran: Run, asked: Asked) -> None:
    ran("deluge")
    options = asked[0][1]
    assert options.selection == Selection()
    assert (options.revision, options.subtree, options.exclude, options.refresh) == ("", None, (), False)
    assert options.jobs >= 1


def test_filters_shape_the_report(ran: Run, asked: Asked) -> None:
    assert ran("deluge", "--format", "grep", "--action", "deallocate").output.count("\n") == 1
    assert ran("deluge", "--format", "grep", "--all").output.count("\n") == 6
    assert ran("deluge", "--format", "grep", "--path", "tools").output.count("\n") == 1


# Files.


def test_a_file_is_written(ran: Run, asked: Asked, tmp_path: Path) -> None:
    place = tmp_path / "report.jsonl"
    assert ran("deluge", "--format", "jsonl", "-o", str(place)).output == ""
    assert place.read_text(encoding="utf-8") == ran("deluge", "--format", "jsonl").output
    assert list(tmp_path.iterdir()) == [place]


def test_a_file_is_never_half(ran: Run, asked: Asked, tmp_path: Path) -> None:
    place = tmp_path / "report"
    place.write_text("what was there", encoding="utf-8")
    assert ran("deluge", "unknown", "-o", str(place)).code == ExitCode.ERROR
    assert place.read_text(encoding="utf-8") == "what was there"
    assert list(tmp_path.iterdir()) == [place]


def test_a_link_goes_on_pointing(ran: Run, asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "report")
    ran("deluge", "-o", str(tmp_path / "link"))
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "report").stat().st_size


def test_a_device_stays_a_device(ran: Run, asked: Asked) -> None:
    assert ran("deluge", "-o", os.devnull).code == ExitCode.OK
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("name", [".", "file/report", "missing/report"])
def test_what_cannot_be_written_is_named(name: str, ran: Run, asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    failed = ran("deluge", "-o", str(tmp_path / name))
    assert failed.code == ExitCode.ERROR
    assert failed.errors.startswith(f"allocscan: cannot write {tmp_path / name}: ")
    assert not asked


def test_a_dash_is_standard_output(ran: Run, asked: Asked) -> None:
    assert ran("deluge", "-o", "-") == ran("deluge")


# Languages.


def language(name: str, *suffixes: str, shared: tuple[str, ...] = ()) -> Language:
    """Make a language of which only the files matter."""
    return Language(name, name.title(), "module:function", suffixes, shared)


KNOWN = (language("one", ".1", shared=(".h",)), language("two", ".2", shared=(".h",)), language("three", ".3"))


@pytest.mark.parametrize(
    ("wanted", "needed"),
    [((), "one two three"), (("three",), "three"), (("one",), "one two"), (("two", "three"), "one two three")],
)
def test_languages_that_share_a_suffix_are_read_together(wanted: tuple[str, ...], needed: str) -> None:
    assert [each.name for each in needed_languages(KNOWN, wanted)] == needed.split()


def test_an_unknown_language_is_an_error(ran: Run) -> None:
    failed = ran("./", "--language", "cobol")
    assert failed.code == ExitCode.ERROR
    assert "no language cobol; there are " in failed.errors


# The real thing.


def test_a_folder_is_scanned(ran: Run, sources_of_c: Path) -> None:
    shown = ran(str(sources_of_c), "--language", "c", "--format", "jsonl")
    records = [json.loads(line) for line in shown.output.splitlines()]
    found = {record["name"]: record["action"] for record in records if record["record"] == "site"}
    assert found == {"malloc": "allocate", "free": "deallocate"}


def test_a_folder_without_sources_is_an_error(ran: Run, tmp_path: Path) -> None:
    failed = ran(str(tmp_path))
    assert failed.code == ExitCode.ERROR
    assert failed.errors.count("\n") == 1


def test_long_hints_stand_alone(ran: Run, asked: Asked) -> None:
    target = "deluge@f52cf760e4934f1270c077305a479a9d2ec5fd47:deluge/core"
    assert f"\n  allocscan {target} --format grep\n" in ran(target).output
