"""`--queries`: folders that add languages, and patterns for known ones."""

from importlib import import_module
from pathlib import Path

import pytest
import tree_sitter

import allocscan
from allocscan.data import folder
from allocscan.errors import AllocscanError, CatalogueError, QueryError
from allocscan.languages import Language, check_expressions, load_languages
from allocscan.rules import load_rules
from allocscan.syntax import load_grammar
from tests.rules.conftest import Place
from tests.sources.repositories import write

TABLE = """
name     = "{name}"
title    = "Another"
grammar  = "tree_sitter_c:language"
suffixes = [".other"]
scope    = "global"
catalogues = [{catalogues}]
[names]
fields = ["declarator"]
"""
CALLS = "(call_expression\n  function: (_) @name\n  arguments: (_) @arguments) @call\n"
SHIFTS = '((binary_expression\n  operator: "<<") @allocate.growth)\n'


def table(name: str = "other", *catalogues: str) -> str:
    """Write the table of a language."""
    return TABLE.format(name=name, catalogues=", ".join(f'"{each}"' for each in catalogues))


def sites(target: Path, *queries: Path) -> list[tuple[str, str]]:
    """Scan a folder with more queries."""
    report = allocscan.scan(str(target), queries=tuple(map(str, queries)))
    return [(site.name, site.language) for site in report.sites]


def test_a_folder_with_a_table_adds_a_language(rules: Place, tmp_path: Path) -> None:
    added = rules({"other/language.toml": table("other", "libc"), "other/sites.scm": CALLS})
    target = write(tmp_path / "target", {"a.other": "int main(void) { take(malloc(1)); }"})
    assert sites(target, added) == [("malloc", "other")]


def test_catalogues_of_a_folder_stand_before_our_own(rules: Place, tmp_path: Path) -> None:
    catalogue = '[[family]]\nname = "other-heap"\nallocate = ["take"]\n'
    added = rules(
        {
            "other/language.toml": table("other", "libc"),
            "other/sites.scm": CALLS,
            "catalogues/libc.toml": catalogue,
        }
    )
    target = write(tmp_path / "target", {"a.other": "int main(void) { take(malloc(1)); }"})
    assert sites(target, added) == [("take", "other")]


def test_a_folder_without_a_table_adds_patterns(rules: Place, tmp_path: Path) -> None:
    added = rules({"c/sites.scm": SHIFTS})
    target = write(tmp_path / "target", {"a.c": "int f(int a) { free(0); return a << 2; }"})
    assert [name for name, _ in sites(target)] == ["free"]
    assert [name for name, _ in sites(target, added)] == ["free", "growth"]


def test_what_is_added_to_a_language_is_not_inherited(rules: Place) -> None:
    known = {language.name: language for language in load_languages((rules({"c/sites.scm": SHIFTS}),))}
    assert SHIFTS in known["c"].query
    assert SHIFTS not in known["cpp"].query


def test_a_folder_may_replace_a_language_and_inherit_from_it(rules: Place) -> None:
    added = rules({"c/language.toml": table("c"), "c/sites.scm": f"; inherits: c\n{SHIFTS}"})
    (language,) = (language for language in load_languages((added,)) if language.name == "c")
    assert language.title == "Another"
    assert language.query.startswith((folder("queries") / "c" / "sites.scm").read_text(encoding="utf-8"))
    assert language.query.rstrip().endswith(SHIFTS.rstrip())


@pytest.mark.parametrize("name", ["aaa", "zzz"])
def test_parents_are_found_beside_a_language_and_among_our_own(rules: Place, name: str) -> None:
    added = rules(
        {
            f"{name}/language.toml": table(name),
            f"{name}/sites.scm": "; inherits: middle\n" + SHIFTS,
            "middle/language.toml": table("middle"),
            "middle/sites.scm": "; inherits: c\n; middle\n",
        }
    )
    (language,) = (language for language in load_languages((added,)) if language.name == name)
    places = [part.path.parent.name for part in language.patterns]
    assert places == ["c", "middle", name]


def test_the_last_folder_prevails(rules: Place, tmp_path: Path) -> None:
    first = rules({"other/language.toml": table(), "other/sites.scm": CALLS})
    second = write(
        tmp_path / "second", {"other/language.toml": table(), "other/sites.scm": f"; inherits: other\n{SHIFTS}"}
    )
    (language,) = (language for language in load_languages((first, second)) if language.name == "other")
    assert [part.path.parent.parent for part in language.patterns] == [first, second]


# What makes no sense is said in one line, which names the file.

WRONG = {
    "no folder": ({}, ": there is no such folder of queries"),
    "nothing": ({"README": "empty"}, ": holds no folder with language.toml or queries"),
    "one language": ({"language.toml": ""}, ": is the folder of one language; name the folder that it lies in"),
    "no table": ({"bee/sites.scm": CALLS}, "/bee: has no language.toml, and is named like no language that is known"),
    "unknown file": ({"c/site.scm": CALLS}, "/c/site.scm: unknown file; queries are sites.scm"),
    "unknown capture": ({"c/sites.scm": "(comment) @takes"}, "/c/sites.scm: unknown capture @takes; accepted are"),
    "unknown key": ({"b/language.toml": table() + "\n[colours]\n"}, "/b/language.toml: unknown key 'colours'"),
    "key of a part": ({"b/language.toml": table() + "colour = 1\n"}, "/b/language.toml: [names]: unknown key 'colour'"),
    "wrong type": (
        {"b/language.toml": table().replace('[".other"]', '".other"')},
        "/b/language.toml: suffixes must not",
    ),
    "own key": ({"b/language.toml": "patterns = []\n" + table()}, "/b/language.toml: unknown key 'patterns'"),
    "no parent": ({"c/sites.scm": "; inherits: bee\n"}, "/c/sites.scm: inherits from bee, which no folder defines"),
    "broken": ({"c/sites.scm": "(call_expression"}, "/c/sites.scm: Unexpected EOF"),
    "unknown node": ({"c/flows.scm": "(calling) @flow"}, "/c/flows.scm: Invalid node type at row"),
    "mistakes": ({"c/errors.scm": "(calling) @lost"}, "/c/errors.scm: Invalid node type at row"),
    "text": ({"c/sites.scm": b"\xff\xfe"}, "/c/sites.scm: 'utf-8' codec can't decode"),
    "toml": ({"b/language.toml": "name ="}, "/b/language.toml: Invalid value"),
    "pattern": (
        {"b/language.toml": 'repairs = ["("]\n' + table()},
        "/b/language.toml: repairs: a pattern cannot be used",
    ),
    "pattern of a name": ({"b/language.toml": 'last_use = "*"\n' + table()}, "/b/language.toml: last_use: a pattern"),
    "pattern of a part": (
        {"b/language.toml": table() + '[attributes]\nfrees = "[a"\n'},
        "/b/language.toml: [attributes] frees: a pattern cannot be used",
    ),
    "grammar": (
        {"b/language.toml": table().replace("tree_sitter_c", "tree_sitter_bee")},
        "/b/language.toml: grammar tree_sitter_bee:language: the package of tree_sitter_bee is not installed",
    ),
    "no function": (
        {"b/language.toml": table().replace(":language", ":speech")},
        "/b/language.toml: grammar tree_sitter_c:speech: module 'tree_sitter_c' has no attribute 'speech'",
    ),
    "no grammar": (
        {"b/language.toml": table().replace(":language", "")},
        "/b/language.toml: grammar tree_sitter_c: not enough values",
    ),
    "circle": (
        {
            "a/language.toml": table("a"),
            "a/sites.scm": "; inherits: b\n",
            "b/language.toml": table("b"),
            "b/sites.scm": "; inherits: a\n",
        },
        "/a/sites.scm: inherits from itself",
    ),
}


@pytest.mark.parametrize(("files", "said"), WRONG.values(), ids=WRONG)
def test_errors_name_the_file(rules: Place, tmp_path: Path, files: dict[str, str], said: str) -> None:
    place = rules(files) if files else tmp_path / "rules"
    with pytest.raises(QueryError) as raised:
        load_rules([str(place)])
    assert str(raised.value).startswith(f"{place}{said}")
    assert "\n" not in str(raised.value)


def test_a_catalogue_that_is_not_there_is_named(rules: Place, tmp_path: Path) -> None:
    added = rules({"other/language.toml": table("other", "none"), "other/sites.scm": CALLS})
    target = write(tmp_path / "target", {"a.other": "int main(void) { take(1); }"})
    with pytest.raises(CatalogueError, match=r"none\.toml: No such file"):
        allocscan.scan(str(target), queries=(str(added),))


def test_errors_are_those_of_the_program() -> None:
    assert issubclass(QueryError, AllocscanError)


def test_the_expressions_of_our_own_languages_can_be_used() -> None:
    for language in load_languages():
        check_expressions(language)


@pytest.mark.parametrize("language", load_languages(), ids=lambda language: language.name)
def test_a_grammar_that_is_loaded_alone_is_that_of_its_package(language: Language) -> None:
    module, function, *arguments = language.grammar.split(":")
    made = getattr(import_module(module), function)(*arguments)
    assert load_grammar(language) == (made if isinstance(made, tree_sitter.Language) else tree_sitter.Language(made))
