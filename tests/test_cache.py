"""What was found out before is remembered, and never believed of anything else."""

import os
import pickle
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allocscan import gather as gathering
from allocscan import keys, pipeline, sources
from allocscan.data import folder as data_folder
from allocscan.extract import extract
from allocscan.languages import Language
from allocscan.linking import link
from allocscan.model import FileFacts, Report
from allocscan.processes import processes
from allocscan.remembered.earlier import Earlier
from allocscan.remembered.portions import unpacked
from allocscan.rules import Rules, load_rules
from allocscan.store.cache import Cache
from allocscan.store.database import LATELY
from allocscan.store.packing import unpack
from allocscan.store.stamps import stamp
from allocscan.within import Unreadable, load

SECTION = """
void *{name}_new(unsigned long size)
{{
	return malloc(size);
}}

void {name}_use(void)
{{
	void *kept = {name}_new({size});
	{free}(kept);
}}
"""
FILES = {
    "one.c": SECTION.format(name="one", size=8, free="free"),
    "two.c": SECTION.format(name="two", size=9, free="one_use"),
    "part/three.c": SECTION.format(name="three", size=10, free="free"),
    "four.py": "import array\n\n\ndef four():\n    return array.array('b')\n",
}
RULES = load_rules()
KNOWN = RULES.catalogues(RULES.languages)
CATALOGUE = '[[family]]\nname = "mine"\nallocate = ["{name}"]\n'


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Write a small tree."""
    return written(tmp_path / "tree", FILES)


def written(folder: Path, files: dict[str, str]) -> Path:
    """Write some files below a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Cache:
    """Give a cache that holds nothing yet."""
    return Cache(tmp_path / "cache" / "results")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the paths of the files whose facts are extracted."""
    paths: list[str] = []

    def noted(path: str, content: bytes, language: Language) -> Any:
        paths.append(path)
        return extract(path, content, language)

    monkeypatch.setattr("allocscan.gather.extract", noted)
    return paths


@pytest.fixture
def linked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note of how many files the names are resolved."""
    counts: list[int] = []

    def noted(facts: list[FileFacts], *others: Any) -> Any:
        counts.append(len(facts))
        return link(facts, *others)

    monkeypatch.setattr("allocscan.linking.link", noted)
    return counts


def scan(
    folder: Path, store: Cache, *, rules: Rules | None = None, subtree: str = "", began: int = 0, **options: Any
) -> Report:
    """Scan a folder as the command line does."""
    rules = rules or RULES
    asked = sources.Settings(cache=folder.parent / "clones", targets={}, began=began)
    target = sources.parse_target(str(folder), asked, subtree=subtree)
    suffixes = {suffix for language in rules.languages for suffix in language.suffixes + language.shared}
    with sources.open_tree(target, suffixes, asked) as opened:
        catalogues = KNOWN if rules is RULES else rules.catalogues(rules.languages)
        return pipeline.scan(opened, rules.languages, catalogues, store=store, **options)


# What is read again.


def test_an_unchanged_tree_is_not_read_again(tree: Path, store: Cache, read: list[str]) -> None:
    first = scan(tree, store)
    assert sorted(read) == sorted(FILES)
    read.clear()
    assert scan(tree, store) == first == scan(tree, Cache())
    assert sorted(read) == sorted(FILES), "only where there is no cache"


def test_only_what_changed_is_read_again(tree: Path, store: Cache, read: list[str]) -> None:
    scan(tree, store)
    written(tree, {"two.c": FILES["two.c"].replace("one_use", "free"), "five.c": "void five(void);\n"})
    (tree / "one.c").unlink()
    read.clear()
    report = scan(tree, store)
    assert sorted(read) == ["five.c", "two.c"]
    assert report == scan(tree, Cache())


def test_what_says_the_same_is_not_linked_again(tree: Path, store: Cache, read: list[str], linked: list[int]) -> None:
    before = scan(tree, store)
    written(tree, {"one.c": FILES["one.c"] + "\n/* more */\n"})
    read.clear()
    report = scan(tree, store)
    assert (read, linked) == (["one.c"], [len(FILES)])
    assert report == scan(tree, Cache()) != before
    assert [file.lines for file in report.files if file.path == "one.c"] == [FILES["one.c"].count("\n") + 2]


def test_what_only_stands_elsewhere_is_not_linked_again(tree: Path, store: Cache, linked: list[int]) -> None:
    scan(tree, store)
    for _ in range(2):
        written(tree, {name: "\n" + (tree / name).read_text() for name in ("one.c", "four.py")})
        linked.clear()
        report = scan(tree, store)
        assert not linked
        assert report == scan(tree, Cache())


def test_what_says_something_else_is_linked_again(tree: Path, store: Cache, linked: list[int]) -> None:
    scan(tree, store)
    for changes in (
        {"one.c": FILES["one.c"].replace("free", "one_use")},
        {"more.c": ""},
        {"more.c": "\n", "one.c": "\n"},
    ):
        written(tree, changes)
        linked.clear()
        report = scan(tree, store)
        assert len(linked) == 1
        assert report == scan(tree, Cache())


@pytest.mark.parametrize("lost", ["earlier", "facts", "linked"])
def test_what_is_gone_is_linked_again(lost: str, tree: Path, store: Cache, linked: list[int]) -> None:
    scan(tree, store)
    with closing(sqlite3.connect(store.path)) as connection, connection:
        kept = dict(connection.execute("SELECT key, value FROM content"))
        gone = [(key,) for key, value in kept.items() if holds(value, lost)]
        assert gone
        connection.executemany("DELETE FROM content WHERE key = ?", gone)
    written(tree, {"one.c": "\n" + FILES["one.c"]})
    linked.clear()
    report = scan(tree, store)
    assert len(linked) == 1
    assert report == scan(tree, Cache())


def holds(value: bytes, kind: str) -> bool:
    """Tell whether a value that is kept is of a kind."""
    try:
        if kind == "linked":
            return unpacked(value, ()) is not None
        return unpack(value, {"earlier": Earlier, "facts": FileFacts}[kind]) is not None
    except (EOFError, TypeError, ValueError, AttributeError, pickle.UnpicklingError):
        return False


def test_what_files_say_may_be_gone(tree: Path, store: Cache, read: list[str]) -> None:
    scan(tree, store)
    keep_outlines(store)
    written(tree, {"two.c": FILES["one.c"]})
    read.clear()
    assert scan(tree, store) == scan(tree, Cache())
    assert sorted(read) == sorted([*FILES, *FILES])


def test_what_can_be_read_no_more_is_not_remembered(tree: Path, store: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    scan(tree, store)
    keep_outlines(store)
    written(tree, {"two.c": FILES["one.c"]})
    times = Counter[str]()

    def gone(root: int, name: str, limit: int) -> bytes:
        times[name] += 1
        if name == "one.c" and times[name] > 1:
            raise Unreadable("gone")
        return load(root, name, limit)

    monkeypatch.setattr("allocscan.sources.folder.load", gone)
    assert "one.c" not in {file.path for file in scan(tree, store).files}
    monkeypatch.setattr("allocscan.sources.folder.load", load)
    assert scan(tree, store) == scan(tree, Cache())


def keep_outlines(store: Cache) -> None:
    """Forget all but the outlines of files."""
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("DELETE FROM content WHERE key NOT LIKE '% outline'")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the paths of the files that are opened."""
    paths: list[str] = []

    def noted(root: int, name: str, limit: int) -> bytes:
        paths.append(name)
        return load(root, name, limit)

    monkeypatch.setattr("allocscan.sources.folder.load", noted)
    return paths


MUCH_LATER = 2**62
"""A moment before which everything was written."""


def test_what_looks_the_same_is_not_opened(tree: Path, store: Cache, opened: list[str]) -> None:
    before = scan(tree, store, began=MUCH_LATER)
    assert set(opened) == set(FILES)
    opened.clear()
    assert scan(tree, store, began=MUCH_LATER) == before
    assert opened == []
    assert scan(tree, store) == before
    assert sorted(opened) == sorted(FILES), "without a clock nothing can be told from outside"


def test_times_that_were_set_back_deceive_nobody(tree: Path, store: Cache, opened: list[str]) -> None:
    scan(tree, store, began=MUCH_LATER)
    seen = (tree / "one.c").stat()
    while (tree / "one.c").stat().st_ctime_ns == seen.st_ctime_ns:
        (tree / "one.c").write_text(FILES["one.c"].replace("free", "flee"), encoding="utf-8")
        os.utime(tree / "one.c", ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert (tree / "one.c").stat().st_size == seen.st_size
    opened.clear()
    report = scan(tree, store, began=MUCH_LATER)
    assert set(opened) == {"one.c"}
    assert report == scan(tree, Cache())


def test_what_was_written_just_now_is_opened_again(tree: Path, store: Cache, opened: list[str]) -> None:
    just_now = (tree / "one.c").stat().st_mtime_ns
    scan(tree, store, began=just_now)
    opened.clear()
    scan(tree, store, began=just_now)
    assert "one.c" in opened


def test_a_sample_is_never_taken_for_what_it_looks_like() -> None:
    place = data_folder("sample_repos") / "tiny-malloc"
    settings = sources.Settings(cache=place, targets={}, began=MUCH_LATER)
    with sources.open_tree(sources.parse_target("tiny-malloc", settings), (".c",), settings) as opened:
        assert {file.stamp for file in opened.files} == {None}
    with sources.open_tree(sources.parse_target(str(place), settings), (".c",), settings) as opened:
        assert None not in {file.stamp for file in opened.files}


def test_a_copy_is_read_for_itself(tree: Path, store: Cache, read: list[str]) -> None:
    scan(tree, store)
    written(tree, {"tests/one.c": FILES["one.c"]})
    read.clear()
    report = scan(tree, store)
    assert read == ["tests/one.c"]
    assert {site.in_test for site in report.sites if site.location.path == "tests/one.c"} == {True}
    assert report == scan(tree, Cache())


def test_what_is_asked_for_is_part_of_the_answer(tree: Path, store: Cache) -> None:
    written(tree, {"allocscan.toml": CATALOGUE.format(name="one_use")})
    whole = scan(tree, store)
    assert scan(tree, store, subtree="part") != whole
    assert scan(tree, store, configured=False) != whole
    assert scan(tree, store) == whole
    written(tree, {"allocscan.toml": CATALOGUE.format(name="two_use")})
    assert scan(tree, store) == scan(tree, Cache()) != whole


def changed_query(_: pytest.MonkeyPatch, folder: Path) -> Rules:
    text = '(call_expression\n  function: (identifier) @name\n  (#eq? @name "one_use")) @allocate.call\n'
    written(folder, {"c/sites.scm": text})
    return load_rules([str(folder)])


def changed_grammar(patch: pytest.MonkeyPatch, _: Path) -> Rules:
    patch.setattr(keys, "installed", lambda name: f"{name} of another version")
    keys.reading.cache_clear()
    return load_rules()


def changed_program(patch: pytest.MonkeyPatch, folder: Path) -> Rules:
    patch.setattr(keys, "PACKAGE", written(folder, {"module.py": "CHANGED = True\n"}))
    keys.program.cache_clear()
    keys.reading.cache_clear()
    return load_rules()


def changed_language(_: pytest.MonkeyPatch, __: Path) -> Rules:
    rules = load_rules()
    return replace(rules, languages=tuple(each._replace(test_paths=("one",)) for each in rules.languages))


CHANGES = (changed_query, changed_grammar, changed_program, changed_language)


@pytest.fixture
def forgotten() -> Iterator[None]:
    """Forget what was remembered of a program and grammars that were not there."""
    yield
    keys.program.cache_clear()
    keys.reading.cache_clear()


@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("change", CHANGES)
def test_whatever_could_change_facts_has_them_read_again(
    change: Callable[[pytest.MonkeyPatch, Path], Rules],
    tree: Path,
    store: Cache,
    read: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scan(tree, store)
    rules = change(monkeypatch, tmp_path / "changed")
    read.clear()
    report = scan(tree, store, rules=rules)
    assert {path for path in FILES if path.endswith(".c")} <= set(read)
    assert report == scan(tree, Cache(), rules=rules)


def test_a_catalogue_changes_the_report_and_no_facts(tree: Path, store: Cache, read: list[str], tmp_path: Path) -> None:
    before = scan(tree, store)
    read.clear()
    for name in ("one_use", "two_use"):
        path = written(tmp_path, {"mine.toml": CATALOGUE.format(name=name)}) / "mine.toml"
        rules = load_rules(catalogues=[str(path)])
        report = scan(tree, store, rules=rules)
        assert not read
        assert report == scan(tree, Cache(), rules=rules) != before
        read.clear()


def test_who_shares_a_suffix_is_part_of_the_key(tree: Path, store: Cache, read: list[str]) -> None:
    written(tree, {"shared.h": "void *shared(void);\n"})
    scan(tree, store)
    for path in FILES:
        (tree / path).rename((tree / path).with_suffix(".cpp"))
    read.clear()
    report = scan(tree, store)
    assert "shared.h" in read
    assert report == scan(tree, Cache())


EDITS = st.lists(
    st.tuples(
        st.sampled_from([*FILES, "more.c"]),
        st.sampled_from(["free", "one_use", "two_new"]),
        st.integers(0, 2),
        st.sampled_from(["", "\n", "\n\n\n", "/**/"]),
        st.sampled_from(["", "\n", "int last;\n"]),
    ),
    max_size=3,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=st.lists(EDITS, min_size=1, max_size=3))
def test_whatever_is_edited_the_report_is_that_of_a_first_run(runs: list[Any], tree: Path, store: Cache) -> None:
    for edits in runs:
        for path, free, size, before, after in edits:
            section = SECTION.format(name=Path(path).stem, size=size, free=free) if size else ""
            written(tree, {path: before + section + after})
        assert scan(tree, store) == scan(tree, Cache())


def test_processes_remember_the_same(
    tree: Path, store: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: list[str]
) -> None:
    monkeypatch.setattr(gathering, "WORTHWHILE_BYTES", 1)
    other = Cache(tmp_path / "other")
    with processes(2) as executor:
        assert scan(tree, other, executor=executor) == scan(tree, store)
    read.clear()
    assert scan(tree, other) == scan(tree, store)
    assert not read


def test_the_version_of_a_package_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    written(tmp_path, {"grammar_of_ours/__init__.py": "one"})
    known = {keys.installed.__wrapped__("grammar_of_ours.inner")}
    written(tmp_path, {"grammar_of_ours/__init__.py": "two"})
    known.add(keys.installed.__wrapped__("grammar_of_ours"))
    written(tmp_path, {"grammar_of_ours-1.2.dist-info/METADATA": ""})
    known.add(keys.installed.__wrapped__("grammar_of_ours"))
    assert len(known) == 3
    assert "grammar_of_ours-1.2.dist-info" in known
    assert keys.installed("no_such_package") == ""
    assert keys.installed("tree_sitter").startswith("tree_sitter-")


# The file.


def test_values_are_kept_by_key(store: Cache) -> None:
    assert store.fetch(["a"]) == {}
    assert store.held() == (0, 0)
    store.keep({"a": b"1", "b": b"22"})
    store.keep({"a": b"333"})
    assert store.fetch(["a", "b", "c"]) == {"a": b"333", "b": b"22"}
    assert store.held() == (2, 5)
    store.clear()
    store.clear()
    assert store.held() == (0, 0)


def test_more_keys_than_one_statement_takes(store: Cache) -> None:
    values = {str(number): str(number).encode() for number in range(1234)}
    store.keep(values)
    assert store.fetch(values) == values


def test_what_was_used_longest_ago_makes_room(tmp_path: Path) -> None:
    store = Cache(tmp_path / "cache", limit=100)
    for key in "abcde":
        store.keep({key: bytes(20)})
    store.use(["a"])
    store.keep({"f": bytes(20)})
    assert store.fetch("abcdef").keys() == {"a", "e", "f"}
    store.keep({"g": bytes(200)})
    assert store.held() == (0, 0)


def test_what_only_reads_writes_nothing(store: Cache) -> None:
    assert (store.fetch(["a"]), store.recall("a", str), store.held()) == ({}, None, (0, 0))
    store.use(["a"])
    store.close()
    assert not Path(store.path).parent.exists()
    store.keep({"a": b"1"})
    store.close()
    before = stamp(store.path)
    assert store.fetch(["a"]) == {"a": b"1"}
    store.use(["a"])
    store.close()
    assert stamp(store.path) == before


@pytest.mark.parametrize("later", [LATELY - 1, LATELY])
def test_what_was_of_use_is_only_written_down_where_it_tells_something(later: int, store: Cache) -> None:
    for key in ("a", *map(str, range(later))):
        store.keep({key: b""})
    store.use(["a"])
    store.close()
    with closing(sqlite3.connect(store.path)) as connection:
        used = dict(connection.execute("SELECT key, used FROM entry"))
    assert (used["a"] == max(used.values())) == (later == LATELY)


def test_what_travels_is_closed(store: Cache) -> None:
    store.keep({"a": b"1"})
    assert pickle.loads(pickle.dumps(store)).fetch(["a"]) == {"a": b"1"}


def test_room_is_given_back(tmp_path: Path) -> None:
    for key in "abcdefgh":
        with closing(Cache(tmp_path / "cache", limit=2**20)) as store:
            store.keep({key: os.urandom(2**18)})
        assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 2**21


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + bytes(5000), b"\0"])
def test_a_broken_file_is_begun_anew(content: bytes, store: Cache, tree: Path) -> None:
    Path(store.path).parent.mkdir()
    Path(store.path).write_bytes(content)
    assert scan(tree, store) == scan(tree, Cache())
    assert store.held()[0] > len(FILES)


def test_pages_that_were_damaged_are_not_believed(store: Cache, tree: Path) -> None:
    expected = scan(tree, store)
    store.close()
    content = bytearray(Path(store.path).read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    Path(store.path).write_bytes(content)
    assert scan(tree, store) == expected
    assert scan(tree, store) == expected


def test_values_that_were_damaged_are_not_believed(store: Cache, tree: Path) -> None:
    expected = scan(tree, store)
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute("UPDATE content SET value = x'00' || substr(value, 2)")
    assert scan(tree, store) == expected


def test_another_format_is_begun_anew(store: Cache) -> None:
    store.keep({"a": b"1"})
    store.close()
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert store.fetch(["a"]) == {}
    store.keep({"b": b"2"})
    assert store.fetch(["a", "b"]) == {"b": b"2"}


def test_where_nothing_can_be_written_nothing_is_kept(tree: Path, tmp_path: Path) -> None:
    for path in (Path(os.devnull) / "results", tmp_path):
        store = Cache(path)
        assert scan(tree, store) == scan(tree, Cache())
        assert store.held() == (0, 0)
    assert Cache().fetch(["a"]) == {}


def test_the_file_of_somebody_else_is_not_believed(store: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    store.keep({"a": b"1"})
    store.close()
    monkeypatch.setattr("allocscan.store.database.geteuid", lambda: os.geteuid() + 1)
    assert store.fetch(["a"]) == {}


def keep_some(path: Path, name: int) -> int:
    """Write and read as one of several runs; count what was found."""
    with closing(Cache(path)) as store:
        for number in range(20):
            store.keep({f"{name}-{number}": bytes(1000)})
        return len(store.fetch(f"{name}-{number}" for number in range(20)))


def test_several_runs_share_a_file(store: Cache) -> None:
    with ProcessPoolExecutor(4) as executor:
        tasks = [executor.submit(keep_some, Path(store.path), name) for name in range(4)]
        assert [task.result() for task in tasks] == [20] * 4
    assert store.held() == (80, 80_000)
