"""What several copies of a tree cost grows with their number."""

from collections import Counter
from typing import Any

import pytest

from allocscan.data import folder
from allocscan.extract import extract
from allocscan.languages import load_languages
from allocscan.model import FileFacts, Link
from allocscan.resolve import resolve
from allocscan.resolve.nearness import Nearness

LANGUAGES = {language.name: language for language in load_languages()}
SAMPLE = folder("sample_repos") / "key-value-server"
LOOKED = "int {name}(void)\n{{\n\treturn wanted();\n}}\n"


def facts_of(path: str, content: str) -> FileFacts:
    """Read a file."""
    return extract(path, content.encode(), LANGUAGES["c"])


def copies(times: int) -> list[FileFacts]:
    """Read a sample, and have it several times."""
    files = [(place.relative_to(SAMPLE).as_posix(), place) for place in sorted(SAMPLE.rglob("*.[ch]"))]
    return [facts_of(f"copy{number}/{path}", place.read_text()) for number in range(times) for path, place in files]


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how many definitions are compared, to see which of them a name means."""
    counts: Counter[str] = Counter()
    closest = Nearness.closest

    def counted(self: Nearness, path: str, name: str, candidates: list[Any], expanded: bool) -> Link:
        counts[name] += 1
        return closest(self, path, name, candidates, expanded)

    monkeypatch.setattr(Nearness, "closest", counted)
    return counts


def test_a_name_is_looked_for_once_in_each_folder(looked_up: Counter[str]) -> None:
    made = [facts_of(f"lib{number}/made.c", "int wanted(void) { return 1; }\n") for number in range(3)]
    users = [facts_of(f"part{at % 2}/user{at}.c", LOOKED.format(name=f"use{at}")) for at in range(10)]
    (links,) = resolve([*made, *users], LANGUAGES)
    assert looked_up["wanted"] == 2
    found = [links.calls[file.path][0] for file in users]
    assert len({id(link.references) for link in found if link}) == 2
    assert all(link and len(link.references) == 3 for link in found)


def test_what_is_near_is_looked_for_in_each_file(looked_up: Counter[str]) -> None:
    texts = {
        "made.c": "int wanted(void) { return 1; }\n",
        "made.h": "int wanted(void);\n",
        "own.c": "static int wanted(void) { return 2; }\n" + LOOKED.format(name="own"),
        "told.c": '#include "made.h"\n' + LOOKED.format(name="told"),
        "one.c": LOOKED.format(name="one"),
        "other.c": LOOKED.format(name="other"),
    }
    (links,) = resolve([facts_of(path, text) for path, text in texts.items()], LANGUAGES)
    found = {path: calls[0] for path, calls in links.calls.items() if calls}
    meant = {path: [each.path for each in link.references] for path, link in found.items() if link}
    del meant["other.c"]
    assert meant == {"own.c": ["own.c"], "told.c": ["made.c"], "one.c": ["made.c"]}
    assert found["one.c"] == found["other.c"]


def test_copies_are_looked_through_in_proportion(looked_up: Counter[str]) -> None:
    counts = []
    for times in (2, 4):
        looked_up.clear()
        resolve(copies(times), LANGUAGES)
        counts.append(looked_up.total())
    assert counts[1] <= 2 * counts[0]
