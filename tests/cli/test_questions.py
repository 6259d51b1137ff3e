"""The commands that answer a question of a tree: pages as they were, and the same as JSON."""

import json
from collections.abc import Callable, Generator
from functools import cache
from pathlib import Path

import pytest

import allocscan
from allocscan.cli.options import Options
from allocscan.errors import ExitCode
from allocscan.model import Report, Source
from allocscan.reporters import Read
from tests.cli.conftest import Run

TREE = Path(__file__).parent / "tree"
PAGES = {
    "explain-function": ("explain", "xmalloc"),
    "explain-macro": ("explain", "ALLOC_ARRAY"),
    "explain-release": ("explain", "FREE_AND_NULL"),
    "explain-struct": ("explain", "struct shape"),
    "explain-class": ("explain", "Shape"),
    "explain-user": ("explain", "show"),
    "explain-provider": ("explain", "Arena"),
    "types": ("types",),
    "allocators": ("allocators",),
    "versus-class": ("find", "--versus-grep", "Shape"),
    "versus-primitive": ("find", "--versus-grep", "malloc"),
}


@cache
def scanned_tree() -> Report:
    """Scan the tree once."""
    return allocscan.scan(str(TREE))


def read(path: str) -> bytes:
    """Read a file of the tree."""
    return (TREE / path).read_bytes()


@pytest.fixture(autouse=True)
def _scanned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every target for the same tree, and one for an empty one."""
    from allocscan.cli import reports

    def scanned(targets: tuple[str, ...], _options: Options) -> Generator[tuple[Report, Read], None, None]:
        for target in targets:
            yield Report(Source("empty", "./empty")) if target == "empty" else scanned_tree(), read

    monkeypatch.setattr(reports, "scanned", scanned)


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", PAGES)
def test_pages_are_as_they_were(
    name: str, width: int, ran: Run, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("allocscan.cli.answers.page_width", lambda _stream: width)
    found = ran(*PAGES[name], "tree")
    assert (found.code, found.errors) == (ExitCode.OK, "")
    assert all(len(line) <= width and line == line.rstrip() for line in found.output.splitlines())
    golden(f"{name}.{width}", found.output)


@pytest.mark.parametrize("name", PAGES)
def test_answers_say_the_same_to_programs(name: str, ran: Run) -> None:
    found = ran(*PAGES[name], "tree", "--format", "json")
    answer = json.loads(found.output)
    assert (found.code, found.errors) == (ExitCode.OK, "")
    assert answer.pop("report")["name"] == "tree"
    assert any(answer.values())


def test_a_page_says_what_the_records_say(ran: Run) -> None:
    (known,) = json.loads(ran("explain", "xmalloc", "tree", "--format", "json").output)["allocators"]
    text = ran("explain", "xmalloc", "tree").output
    assert f"{known['definition']['path']}:{known['definition']['line']}" in text
    assert [link["name"] for link in known["chain"]] == ["malloc"]
    assert known["arguments"]["size"] == 0
    assert "argument 1 is the size" in text
    assert known["usage"]["sites"] == known["sites"] == 2
    assert known["fates"]["returned"] == 2
    assert [each["name"] for each in known["wrappers"]] == ["shape_new", "ALLOC_ARRAY"]


def test_a_function_knows_its_variables_and_callers(ran: Run) -> None:
    (known,) = json.loads(ran("explain", "show", "tree", "--format", "json").output)["functions"]
    assert [(each["name"], each["lines"]) for each in known["callers"]] == [("main", [45])]
    fates = {each["name"]: [ending["fate"] for ending in each["endings"]] for each in known["variables"]}
    assert fates == {
        "shape": ["freed"],
        "again": ["stored"],
        "line": ["passed", "passed", "freed"],
    }


def test_unknown_names_are_said_with_what_is_written_alike(ran: Run) -> None:
    found = ran("explain", "xmaloc", "tree")
    assert (found.code, found.output) == (ExitCode.OK, "")
    assert found.errors == "tree: xmaloc is no allocator or class here, but of xmalloc, malloc, realloc\n"
    assert ran("explain", "xmaloc", "tree", "-q").errors == ""
    assert json.loads(ran("explain", "xmaloc", "tree", "--format", "json", "-q").output)["allocators"] == []


def test_a_pattern_explains_all_that_it_fits(ran: Run) -> None:
    found = ran("explain", "x*alloc", "tree").output
    assert [name for name in ("xmalloc", "xrealloc") if f"\n{name} " in f"\n{found}"] == ["xmalloc", "xrealloc"]
    assert "of that name: --format json has them all" in ran("explain", "*", "tree").output


def test_types_can_be_found_by_name_and_by_kind(ran: Run) -> None:
    by_kind, by_name = ran("find", "struct shape", "tree"), ran("find", "shape", "tree")
    assert [line.rsplit("/", 1)[1].split(":")[1] for line in by_kind.output.splitlines()] == [
        "15",
        "26",
        "31",
        "32",
        "38",
    ]
    assert set(by_kind.output.splitlines()) <= set(by_name.output.splitlines())


def test_families_are_found_whole(ran: Run) -> None:
    assert len(ran("find", "c-heap", "tree").output.splitlines()) == len(
        [site for site in scanned_tree().sites if site.family == "c-heap"]
    )
    assert ran("find", "c-hea", "tree").output == ""


def test_discovered_names_are_found(ran: Run) -> None:
    assert "allocator xmalloc in alloc.c:5 around malloc" in ran("find", "xmalloc", "tree").errors
    assert ran("find", "ALLOC_ARRAY", "tree").output.count("\n") == 1


@pytest.mark.parametrize("command", ["explain", "types", "allocators", "find", "versus"])
def test_an_empty_tree_has_an_empty_answer(command: str, ran: Run) -> None:
    line = {"explain": ("explain", "x"), "find": ("find", "x"), "versus": ("find", "x", "--versus-grep")}
    found = ran(*line.get(command, (command,)), "empty")
    assert found.code == ExitCode.OK
    assert ran(*line.get(command, (command,)), "empty", "--format", "json").output.startswith("{")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("find", "x*", "tree", "--versus-grep"), "compares one name"),
        (("explain",), "Missing argument"),
        (("explain", "malloc"), "Missing argument"),
        (("types", "tree", "--format", "grep"), "grep"),
        (("types", "tree", "--most", "0"), "--most"),
        (("allocators", "tree", "tree", "--export", "x.toml"), "--export takes one target"),
    ],
)
def test_what_makes_no_sense_is_one_line_and_exit_code_2(arguments: tuple[str, ...], said: str, ran: Run) -> None:
    found = ran(*arguments)
    assert (found.code, found.output) == (ExitCode.ERROR, "")
    assert said in found.errors
    assert "Traceback" not in found.errors
