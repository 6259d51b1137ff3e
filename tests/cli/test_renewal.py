"""What was printed is printed again where files were edited, as long as it would be printed again anyway."""

import os
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allocscan.cli import run
from allocscan.cli.recording import Recording
from allocscan.extract import extract
from allocscan.places import default_store
from allocscan.remembered import repeats
from allocscan.reporters import FORMATS, Medium
from allocscan.store import stamps
from allocscan.store.cache import Cache
from allocscan.store.stamps import SECOND
from allocscan.within import LARGEST

TICK = 0.02
"""Seconds after which a file counts as old here."""
SOURCE = """#include <stdlib.h>

/* Grüße. */
char *{name}_new(int size)
{{
	return malloc(size); /* ä */
}}
"""
NAMES = ("one", "two")
TEXTS = [name for name, form in FORMATS.items() if form.medium is Medium.TEXT]
Ask = Callable[..., tuple[str, bool]]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Write a small tree."""
    place = tmp_path / "tree"
    return renewed(place)


def renewed(place: Path) -> Path:
    """Write the tree as it was at first."""
    (place / "part").mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        (place / "part" / f"{name}.c").write_text(SOURCE.format(name=name), encoding="utf-8")
    return place


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Answer in this process as the program does; say what is printed, and whether that was known."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(stamps, "FINE", TICK / 2 * SECOND)
    # Tests may leave something there.
    monkeypatch.setattr("allocscan.cli.recording.program_places", lambda: ())

    def asked(*words: str) -> tuple[str, bool]:
        time.sleep(TICK)
        question = repeats.question(words, time.time_ns())
        with closing(Cache(default_store())) as store:
            if answer := repeats.repeated(store, question):
                return "".join(text for beside, text in answer.printed if not beside), True
            capsys.readouterr()
            recording = Recording(question, store)
            recording.keep(run(words, recording))
        return capsys.readouterr().out, False

    return asked


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the paths of the files that are parsed again."""
    paths: list[str] = []

    def noted(path: str, *others: Any) -> Any:
        paths.append(path)
        return extract(path, *others)

    for place in ("allocscan.extract.extract", "allocscan.gather.extract"):
        monkeypatch.setattr(place, noted)
    return paths


def test_a_file_that_was_only_touched_is_not_parsed(ask: Ask, tree: Path, read: list[str]) -> None:
    line = ("scan", str(tree))
    first, known = ask(*line)
    read.clear()
    for change in (os.utime, lambda file: file.write_bytes(file.read_bytes())):
        change(tree / "part" / "one.c")
        assert (ask(*line), known, read) == ((first, True), False, [])


def append(text: bytes) -> Callable[[Path], object]:
    """Write something at the end of a file."""
    return lambda file: file.write_bytes(file.read_bytes() + text)


def change(old: str, new: str) -> Callable[[Path], object]:
    """Write something else in a file."""
    return lambda file: file.write_bytes(file.read_bytes().replace(old.encode(), new.encode()))


def through_link(file: Path) -> None:
    """Let the folder of a file be a link to one elsewhere."""
    other = file.parent.parent.parent / "elsewhere"
    shutil.move(file.parent, other)
    file.parent.symlink_to(other)


SAME = {
    "at the end": append(b"\n"),
    "in a comment": change("Gr", "Many gr"),
    "a comment more": append(b"/* malloc(8) */\n"),
}
OTHER = {
    "on a line that is shown": change("ä", "ö"),
    "above": change("#include", "\n#include"),
    "what is called": change("malloc", "valloc"),
    "a call more": append(b"void *more(void) { return malloc(1); }\n"),
    "how the text is written": append(b"\xff\n"),
    "too much": append(b"\n" * LARGEST),
    "no text": append(b"\0" * LARGEST),
    "rights": lambda file: file.chmod(0o600),
    "a link": through_link,
}


@pytest.mark.parametrize("edit", SAME)
def test_what_is_not_shown_changes_no_line(edit: str, ask: Ask, tree: Path, read: list[str]) -> None:
    line = ("scan", str(tree), "--format", "grep")
    first, _ = ask(*line)
    read.clear()
    for _ in range(2):
        SAME[edit](tree / "part" / "one.c")
        assert ask(*line) == ask(*line) == (first, True)
        assert read == ["part/one.c"], "only once, for what was read is remembered"
        renewed(tree)
        assert ask(*line) == (first, True)
    SAME[edit](tree / "part" / "one.c")
    assert ask(*line, "--no-cache")[0] == first


@pytest.mark.parametrize("edit", OTHER)
def test_what_may_be_shown_is_looked_for_again(edit: str, ask: Ask, tree: Path) -> None:
    line = ("scan", str(tree), "--format", "grep")
    ask(*line)
    OTHER[edit](tree / "part" / "one.c")
    again, known = ask(*line)
    assert not known
    assert again == ask(*line, "--no-cache")[0]


@pytest.mark.parametrize("line", [("scan", "{}"), ("scan", "{}", "--format", "grep", "--fail-on", "parse-loss=9")])
def test_who_shows_how_large_files_are_looks_again(line: tuple[str, ...], ask: Ask, tree: Path) -> None:
    words = [word.format(tree) for word in line]
    ask(*words)
    append(b"\n")(tree / "part" / "one.c")
    assert not ask(*words)[1]


def test_a_file_that_is_more_than_scanned_is_never_believed(
    ask: Ask, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = ("scan", str(tree), "--format", "grep")
    ask("scan", str(tree), str(tree / "part"), "--format", "grep")
    monkeypatch.setattr("allocscan.cli.recording.program_places", lambda: (str(tree / "part" / "one.c"),))
    ask(*line)
    append(b"\n")(tree / "part" / "one.c")
    assert not ask(*line)[1], "it is of the program, too"
    assert not ask("scan", str(tree), str(tree / "part"), "--format", "grep")[1], "it is of two trees"


def test_a_language_that_is_forgotten_is_read_again(ask: Ask, tree: Path) -> None:
    line = ("scan", str(tree), "--format", "grep")
    first, _ = ask(*line)
    append(b"\n")(tree / "part" / "one.c")
    store = Cache(default_store())
    forgetting = "DELETE FROM content WHERE key LIKE '% language'"
    assert store.ask(lambda connection: connection.execute(forgetting).rowcount, 0)
    assert ask(*line) == (first, False)


EDITS = st.sampled_from([*SAME.values(), *(OTHER[name] for name in [*OTHER][:5]), renewed])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=st.sampled_from(TEXTS), edits=st.lists(st.tuples(st.sampled_from(NAMES), EDITS), min_size=1, max_size=3))
def test_whatever_is_edited_the_same_is_printed(
    form: str, edits: list[tuple[str, Callable[[Path], object]]], ask: Ask, tree: Path
) -> None:
    line = ("scan", str(tree), "--format", form, "--all", "--no-pager")
    renewed(tree)
    ask(*line)
    for name, edit in edits:
        edit(tree if edit is renewed else tree / "part" / f"{name}.c")
        assert ask(*line)[0] == ask(*line, "--no-cache")[0]
