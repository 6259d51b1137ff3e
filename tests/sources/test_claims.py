"""A sample that is opened by its name gives no answers away; one that is opened as a folder does."""

import pytest

import allocscan
from allocscan.data import folder
from allocscan.languages import load_languages
from allocscan.sources import Settings, sample_names
from allocscan.sources.claims import without_claims
from tests.samples.claims import BEGINS, NO_CLAIMS, read_comments, sample_files
from tests.sources.repositories import contents, opened

LANGUAGES = load_languages()


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("p = malloc(1); // allocate: malloc", "p = malloc(1);"),
        ("p = f(); /* todo allocate: f -> a.c:3 */", "p = f();"),
        ("# allocate: Shape -> 2; deallocate: b.free -> b:1", ""),
        ("\tx(); //! transfer: x\r", "\tx();"),
        ("-- reallocate: grow", ""),
        ("free(p, /* allocate: f */ f());", "free(p,                   f());"),
        ("/* no claims: a sample of what must not be found */", ""),
    ],
)
def test_claims_become_spaces(line: str, left: str) -> None:
    shown = without_claims(line.encode()).decode()
    assert shown.rstrip(" \r") == left
    assert len(shown) == len(line)


@pytest.mark.parametrize(
    "line",
    [
        'say("// allocate: malloc");',
        "// how to allocate: with malloc",
        "// allocate: malloc and free it",
        "allocate: malloc",
        "# deallocate: ",
        "// the block has no claims",
    ],
)
def test_everything_else_stays(line: str) -> None:
    assert without_claims(line.encode()) == line.encode()


@pytest.mark.parametrize("name", sample_names())
def test_samples_are_shown_without_answers(name: str, settings: Settings) -> None:
    suffixes = {suffix for language in LANGUAGES for suffix in language.suffixes + language.shared}
    place = folder("sample_repos") / name
    hidden, plain = opened(name, settings, *suffixes), opened(str(place), settings, *suffixes)
    shown = contents(hidden)
    assert {path: len(text) for path, text in shown.items()} == {
        path: len(text) for path, text in contents(plain).items() if path in shown
    }
    for path, language in sample_files(place, LANGUAGES):
        for comment in read_comments(shown[path], language):
            assert not BEGINS.match(comment.text) and not comment.text.startswith(NO_CLAIMS), f"{path}: {comment.text}"


def test_what_is_found_stays_the_same() -> None:
    name = "torrent-client"
    assert allocscan.scan(name).sites == allocscan.scan(str(folder("sample_repos") / name)).sites
