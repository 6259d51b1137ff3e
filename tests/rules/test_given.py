"""`--catalogue`: what whoever scans says of names stands above what is known and found."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import allocscan
from allocscan.catalogue import Catalogue, Entry, Standing
from allocscan.data import folder
from allocscan.errors import CatalogueError
from allocscan.given import extended, overridden
from allocscan.libraries import load_library
from allocscan.model import Action, Report
from allocscan.reporters.catalogue import export
from tests.rules.conftest import Place
from tests.sources.repositories import write

SAMPLES = sorted(path.name for path in folder("sample_repos").iterdir())


def scanned(target: Path, *catalogues: Path) -> Report:
    """Scan a folder, with catalogues."""
    return allocscan.scan(str(target), catalogues=tuple(map(str, catalogues)))


def found(report: Report) -> list[str]:
    """List what was found in a few words."""
    return [f"{site.action} {site.name} {site.family}" for site in report.sites]


@pytest.mark.parametrize("name", SAMPLES)
def test_what_was_exported_leads_to_the_same_sites(name: str, tmp_path: Path) -> None:
    sample = folder("sample_repos") / name
    report = scanned(sample)
    catalogue = write(tmp_path, {"own.toml": "\n".join(export(report))}) / "own.toml"
    again = scanned(sample, catalogue)
    assert again.sites == report.sites
    assert again.definitions == report.definitions


def test_a_library_that_nobody_knows(rules: Place, program: Path) -> None:
    text = '[[family]]\nname = "pool"\nallocate = ["pool_take"]\ndeallocate = [{ name = "pool_return", pointer = 0 }]\n'
    place = rules({"pool.toml": text}) / "pool.toml"
    added = set(found(scanned(program, place))) - set(found(scanned(program)))
    assert added == {"allocate pool_take pool", "deallocate pool_return pool"}


def test_a_name_of_the_tree_does_what_is_said(rules: Place, program: Path) -> None:
    text = '[[family]]\nname = "mine"\nallocate = ["cached"]\nreallocate = ["grab"]\n'
    shown = found(scanned(program, rules({"mine.toml": text}) / "mine.toml"))
    assert "reallocate grab mine" in shown
    assert "allocate cached mine" in shown
    assert "allocate malloc c-heap" in shown


def test_what_is_neither_is_no_site(rules: Place, program: Path) -> None:
    shown = found(scanned(program, rules({"mine.toml": 'neither = ["malloc", "drop"]\n'}) / "mine.toml"))
    assert shown == ["deallocate free c-heap"]


def test_a_class_can_be_neither(rules: Place, tmp_path: Path) -> None:
    target = write(tmp_path / "target", {"a.py": "class Shape:\n    pass\n\n\nshape = Shape()\n"})
    assert found(scanned(target)) == ["allocate Shape "]
    assert not found(scanned(target, rules({"mine.toml": 'neither = ["Shape"]\n'}) / "mine.toml"))


def test_a_file_tells_definitions_of_one_name_apart(rules: Place, tmp_path: Path) -> None:
    body = "#include <stdlib.h>\nstatic void *make(void) {{ return {}; }}\nvoid *{}(void) {{ return make(); }}\n"
    target = write(tmp_path / "target", {"a.c": body.format("stash", "one"), "b.c": body.format("stash", "two")})
    text = '[[family]]\nname = "mine"\nallocate = [{ name = "make", file = "b.c" }]\n'
    report = scanned(target, rules({"mine.toml": text}) / "mine.toml")
    assert [(site.location.path, site.name) for site in report.sites] == [("b.c", "make")]


def test_the_last_catalogue_prevails(rules: Place, program: Path) -> None:
    place = rules(
        {
            "one.toml": '[[family]]\nname = "one"\nallocate = ["pool_take"]\n',
            "two.toml": 'neither = ["pool_take"]\n',
        }
    )
    one, two = place / "one.toml", place / "two.toml"
    assert "allocate pool_take one" in found(scanned(program, two, one))
    assert not [line for line in found(scanned(program, one, two)) if "pool_take" in line]


WRONG = {
    "missing": (None, "own.toml: No such file or directory"),
    "toml": ("family =", "own.toml: Invalid value"),
    "key": ("colour = 1", "own.toml: unknown key 'colour'; accepted are"),
    "family": ('family = "x"', "own.toml: families are written [[family]]"),
    "no name": ("[[family]]\nallocate = []", "own.toml: family ?: lacks the key 'name'"),
    "word": ('[[family]]\nname = "x"\nkind = "y"', "own.toml: family x: 'y' is not a valid Kind"),
    "list": ('[[family]]\nname = "x"\nallocate = "y"', "own.toml: family x: allocate must be a list"),
    "entry": ('[[family]]\nname = "x"\nallocate = [1]', "own.toml: family x: an entry is a name or a table with one"),
    "entry key": (
        '[[family]]\nname = "x"\nallocate = [{ name = "y", sise = 0 }]',
        "own.toml: family x: y: unknown key 'sise'",
    ),
    "inner key": (
        '[[family]]\nname = "x"\nallocate = [{ name = "y", standing = "given" }]',
        "own.toml: family x: y: unknown key 'standing'",
    ),
    "position": (
        '[[family]]\nname = "x"\nallocate = [{ name = "y", size = "0" }]',
        "own.toml: family x: y: size must not be '0'",
    ),
    "pattern": (
        '[[family]]\nname = "x"\nallocate = [{ name = "y", when = { argument = 0, matches = "(" } }]',
        "own.toml: family x: y: when: missing )",
    ),
    "classes": ("[classes]\nx = 1", "own.toml: classes: x must be a list of names"),
    "neither": ('neither = "x"', "own.toml: neither must not be 'x'"),
}


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG)
def test_errors_name_the_file(tmp_path: Path, text: str | None, said: str) -> None:
    write(tmp_path, {"own.toml": text} if text is not None else {})
    with pytest.raises(CatalogueError) as raised:
        load_library(tmp_path / "own.toml")
    assert str(raised.value).startswith(str(tmp_path / said))


NAMES = st.frozensets(st.sampled_from("abcdef"))


def catalogue(names: frozenset[str], neither: frozenset[str] = frozenset(), family: str = "") -> Catalogue:
    """Make a catalogue of some names."""
    return Catalogue(tuple(Entry(name, Action.ALLOCATE, family) for name in sorted(names)), neither=neither - names)


@given(NAMES, NAMES, NAMES, NAMES)
def test_what_is_given_prevails(
    one: frozenset[str], two: frozenset[str], no: frozenset[str], nor: frozenset[str]
) -> None:
    joined = overridden(catalogue(one, no, "known"), catalogue(two, nor, "given"))
    denied = nor - two
    assert {entry.name for entry in joined.entries} == (one | two) - denied
    found = {name: entry.family for name in one | two if (entry := joined.find(name, ()))}
    assert found == {name: "given" if name in two else "known" for name in (one | two) - denied}
    assert joined.denied == denied


@given(NAMES, NAMES, NAMES)
def test_what_the_tree_says_changes_nothing(one: frozenset[str], two: frozenset[str], no: frozenset[str]) -> None:
    known = catalogue(one, no, "known")
    joined = extended(known, catalogue(two))
    assert joined.entries[: len(known.entries)] == known.entries
    assert {entry.name for entry in joined.entries if entry.standing is Standing.TREE} == two - one - known.neither
    assert joined.neither == known.neither


def test_names_count_only_in_the_languages_that_a_catalogue_lists(rules: Place, tmp_path: Path) -> None:
    target = write(tmp_path / "tree", {"a.c": "void f(void) { g(pool_take(1)); }\n", "a.py": "g(pool_take(1))\n"})
    text = '[[family]]\nname = "pool"\nallocate = ["pool_take"]\n'
    everywhere, in_c = rules({"all.toml": text}), rules({"c.toml": f'languages = ["c"]\n{text}'})
    assert {site.language for site in scanned(target, everywhere / "all.toml").sites} == {"c", "python"}
    assert {site.language for site in scanned(target, in_c / "c.toml").sites} == {"c"}


def test_a_language_that_nobody_knows_is_an_error(rules: Place, program: Path) -> None:
    place = rules({"bee.toml": 'languages = ["bee"]\n'})
    with pytest.raises(CatalogueError, match=r"bee.toml: languages: 'bee' is not known: c, "):
        scanned(program, place / "bee.toml")


def test_what_is_exported_counts_where_it_is_defined_or_called(tmp_path: Path) -> None:
    text = "void *grab(int n) { return malloc(n); }\n"
    target = write(tmp_path, {"a.c": text, "b.cpp": "void f() { free(grab(1)); }\n", "c.py": "grab(1)\n"})
    assert 'languages = ["c", "cpp"]' in list(export(scanned(target)))
