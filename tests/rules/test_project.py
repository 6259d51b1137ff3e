"""`allocscan.toml`: what a scanned tree says of its own names, which adds and never takes away."""

from collections.abc import Mapping
from pathlib import Path

import pytest

import allocscan
from allocscan.model import Report
from allocscan.project import LARGEST
from tests.rules.conftest import PROGRAM
from tests.sources.conftest import isolate
from tests.sources.repositories import commit, git, write

OWN = '[[family]]\nname = "pool"\nallocate = ["pool_take", "cached"]\ndeallocate = ["pool_return"]\n'
HEARD = "allocscan.toml of the tree names 3 allocators, deallocators or classes"
IGNORED = "allocscan.toml of the tree is ignored"
UNUSED = "allocscan.toml of the tree is not used, for a reason among the problems"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep git from whatever the person who runs the tests has configured."""
    isolate(monkeypatch, tmp_path)


def project(place: Path, text: str | bytes, more: Mapping[str, str] | None = None) -> Path:
    """Write a program that speaks of itself."""
    return write(place / "project", {"main.c": PROGRAM, "allocscan.toml": text, **(more or {})})


def families(report: Report) -> list[str]:
    """List the names of the tree's own family."""
    return [site.name for site in report.sites if site.family == "pool"]


def test_names_are_added(tmp_path: Path) -> None:
    report = allocscan.scan(str(project(tmp_path, OWN)))
    assert families(report) == ["pool_take", "cached", "pool_return"]
    assert report.notes == (HEARD,)
    assert [file.path for file in report.files] == ["main.c"]


def test_names_count_only_in_the_languages_that_it_lists(tmp_path: Path) -> None:
    assert families(allocscan.scan(str(project(tmp_path / "c", f'languages = ["c"]\n{OWN}'))))
    report = allocscan.scan(str(project(tmp_path / "d", f'languages = ["d"]\n{OWN}')))
    assert not families(report)
    assert report.notes == (HEARD,)


def test_it_can_be_ignored(tmp_path: Path) -> None:
    report = allocscan.scan(str(project(tmp_path, OWN)), configured=False)
    assert not families(report)
    assert report.notes == (IGNORED,)


def test_it_is_read_from_a_commit(tmp_path: Path) -> None:
    place = tmp_path / "repository"
    commit(place, {"src/main.c": PROGRAM, "allocscan.toml": OWN})
    commit(place, {"allocscan.toml": ""})
    report = allocscan.scan(str(place), revision="HEAD~1", subtree="src")
    assert families(report) == ["pool_take", "cached", "pool_return"]
    assert report.notes == (HEARD,)


def test_it_is_read_from_a_clone(tmp_path: Path) -> None:
    place = tmp_path / "repository"
    commit(place, {"src/main.c": PROGRAM, "allocscan.toml": OWN})
    git(place, "config", "uploadpack.allowFilter", "true")
    report = allocscan.scan(place.as_uri(), subtree="src", cache=tmp_path / "cache")
    assert families(report) == ["pool_take", "cached", "pool_return"]
    assert HEARD in report.notes


def test_that_of_a_folder_inside_is_not_meant(tmp_path: Path) -> None:
    place = write(tmp_path / "project", {"main.c": PROGRAM, "sub/allocscan.toml": OWN})
    report = allocscan.scan(str(place))
    assert (families(report), report.notes) == ([], ())


def test_it_is_nothing_to_scan_by_itself(tmp_path: Path) -> None:
    with pytest.raises(allocscan.errors.SourceError, match="nothing to scan"):
        allocscan.scan(str(write(tmp_path / "project", {"allocscan.toml": OWN})))


# What we scan is not trusted.


def test_nothing_can_be_hidden(tmp_path: Path) -> None:
    hiding = '[[family]]\nname = "pool"\ndeallocate = ["malloc", "grab"]\nallocate = ["free", "drop"]\n'
    plain = allocscan.scan(str(write(tmp_path / "plain", {"main.c": PROGRAM})))
    report = allocscan.scan(str(project(tmp_path, hiding)))
    assert report.sites == plain.sites
    assert report.definitions == plain.definitions


BROKEN = {
    "toml": ("family =", "Invalid value"),
    "neither": ('neither = ["malloc"]', "unknown key 'neither'"),
    "hint": ("hint = true", "unknown key 'hint'"),
    "returns": ("[returns]\ngrab = 0", "unknown key 'returns'"),
    "pattern": (
        '[[family]]\nname = "x"\nallocate = [{ name = "y", when = { argument = 0, matches = "(a+)+$" } }]',
        "unknown key 'when'",
    ),
    "receiver": (
        '[[family]]\nname = "x"\nallocate = [{ name = ".y", receiver = "(a+)+$" }]',
        "unknown key 'receiver'",
    ),
    "language": ('languages = ["bee"]', "languages: 'bee' is not known: c, cpp"),
    "nested": ("x = " + "[" * 50_000, "allocscan.toml: "),
    "long": ("k" + ".k" * 100_000 + " = 1", "allocscan.toml: "),
    "binary": (b"\x00\x01\x02\x03" * 100, ""),
    "large": ("#" * (LARGEST + 1), "bytes, the limit is"),
    "key": ("k" * 100_000 + " = 1", "unknown key 'kkk"),
}


@pytest.mark.parametrize(("text", "said"), BROKEN.values(), ids=BROKEN)
def test_what_makes_no_sense_is_a_problem(tmp_path: Path, text: str | bytes, said: str) -> None:
    report = allocscan.scan(str(project(tmp_path, text)))
    (problem,) = (problem for problem in report.problems if problem.path == "allocscan.toml")
    assert problem.kind == "configuration"
    assert said in problem.message
    assert len(problem.message) < 1000
    assert UNUSED in report.notes
    assert report.sites


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    place = write(tmp_path / "project", {"main.c": PROGRAM})
    (place / "allocscan.toml").symlink_to(write(tmp_path, {"own.toml": OWN}) / "own.toml")
    report = allocscan.scan(str(place))
    assert not families(report)
    (problem,) = report.problems
    assert (problem.path, problem.kind) == ("allocscan.toml", "unreadable")


def test_what_it_says_is_not_obeyed_by_a_terminal(tmp_path: Path) -> None:
    from allocscan.cli import run

    place = project(tmp_path, OWN.replace('"pool"', '"\\u001b[2Jpool"'))
    for style in ("terminal", "grep"):
        target = tmp_path / style
        assert run(["scan", str(place), "--format", style, "-o", str(target)]) == 0
        assert "\x1b[2J" not in target.read_text(encoding="utf-8")
