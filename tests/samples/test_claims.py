"""The reader of claims fails when it should."""

from pathlib import Path

import pytest

from allocscan.languages import Language, load_languages
from allocscan.model import Action, Form, Location, Report, Resource, Site, Source, Target
from tests.samples.claims import (
    Claim,
    ClaimError,
    Finding,
    compare,
    findings,
    read_claims,
    read_comments,
    read_sample,
    sample_files,
    vacuous,
)

LANGUAGES = {language.name: language for language in load_languages()}
C_TEXT = """\
/* A block of prose.
 * allocate: nothing
 */
char *copy = malloc(n + 1); // allocate: malloc
/* deallocate: free */

// and a second comment in between

free(copy); free(other); /* deallocate: free */
use("// allocate: text"); // allocate malloc() here
"""
PYTHON_TEXT = '''\
"""# allocate: docstring"""
def build():
    # allocate: Shape -> 2; allocate: shapes.Box -> shapes.py:1
    return Shape(shapes.Box(
        1,  # todo allocate: x
    ))
'''


def claims_of(text: str, language: Language, path: str = "a") -> list[Claim]:
    return list(read_claims(path, read_comments(text.encode(), language)))


def site(line: int, name: str, action: Action = Action.ALLOCATE, resource: Resource = Resource.MEMORY) -> Site:
    return Site(Location("a", line, 1, line, 9), action, Form.CALL, name, "any", resource=resource)


def report(*sites: Site) -> Report:
    return Report(Source("a", "./a"), sites=sites)


def claim(line: int, name: str, target: str = "", todo: bool = False) -> Claim:
    return Claim(Finding("a", line, "allocate", name, target), todo)


def test_comments_speak_of_their_line_or_the_next() -> None:
    assert claims_of(C_TEXT, LANGUAGES["c"]) == [
        Claim(Finding("a", 4, "allocate", "malloc")),
        Claim(Finding("a", 9, "deallocate", "free")),
        Claim(Finding("a", 9, "deallocate", "free")),
    ]


def test_targets_are_lines_or_places() -> None:
    assert claims_of(PYTHON_TEXT, LANGUAGES["python"], "b/a.py") == [
        Claim(Finding("b/a.py", 4, "allocate", "Shape", "b/a.py:2")),
        Claim(Finding("b/a.py", 4, "allocate", "shapes.Box", "shapes.py:1")),
        Claim(Finding("b/a.py", 5, "allocate", "x"), todo=True),
    ]


def test_a_macro_is_a_line_of_code() -> None:
    text = "// deallocate: free\n#define RELEASE(p) free(p)\n"
    assert claims_of(text, LANGUAGES["c"]) == [Claim(Finding("a", 2, "deallocate", "free"))]


@pytest.mark.parametrize(
    "comment",
    [
        "allocate: malloc and more",
        "allocate: a, b",
        "allocate:malloc",
        "allocate: a; b",
        "allocate: a ->",
        "todo transfer: ",
    ],
)
def test_misspelt_claims_are_errors(comment: str) -> None:
    with pytest.raises(ClaimError, match="not a claim"):
        claims_of(f"x = 1  # {comment}\n", LANGUAGES["python"])


def test_a_claim_needs_code() -> None:
    with pytest.raises(ClaimError, match="no code follows"):
        claims_of("x = 1\n# allocate: x\n", LANGUAGES["python"])


def test_agreement_is_silent() -> None:
    found = findings(report(site(1, "a"), site(1, "a"), site(2, "b", resource=Resource.STACK)))
    assert compare([claim(1, "a"), claim(2, "b"), claim(1, "a")], found) == []


@pytest.mark.parametrize(
    ("claims", "sites", "message"),
    [
        ([claim(1, "a")], [], "a:1: claimed but not found: allocate: a"),
        ([claim(1, "a"), claim(1, "a")], [site(1, "a")], "a:1: claimed but not found: allocate: a"),
        ([], [site(1, "a")], "a:1: found but not claimed: allocate: a"),
        ([claim(1, "a")], [site(1, "a"), site(1, "a")], "a:1: found but not claimed: allocate: a"),
        ([claim(3, "a", todo=True)], [site(3, "a")], "a:3: found at last, so no longer todo: allocate: a"),
    ],
)
def test_differences_are_named(claims: list[Claim], sites: list[Site], message: str) -> None:
    assert compare(claims, findings(report(*sites))) == [message]


def test_line_action_and_name_must_agree() -> None:
    found = findings(report(site(2, "a"), site(1, "b"), site(1, "a", Action.DEALLOCATE)))
    assert len(compare([claim(1, "a")], found)) == 4


def test_known_gaps_are_silent_while_they_last() -> None:
    assert compare([claim(1, "a"), claim(1, "a", todo=True)], findings(report(site(1, "a")))) == []


def test_targets_must_agree_where_they_are_claimed() -> None:
    resolved = Finding("a", 1, "allocate", "a", "b:7")
    assert compare([claim(1, "a")], [resolved]) == []
    assert compare([claim(1, "a"), claim(1, "a", "b:7")], [resolved, Finding("a", 1, "allocate", "a")]) == []
    assert compare([claim(1, "a", "b:8")], [resolved]) == [
        "a:1: found but not claimed: allocate: a -> b:7",
        "a:1: claimed but not found: allocate: a -> b:8",
    ]


def test_findings_know_their_definition_and_leave_handles_out() -> None:
    resolved = Site(Location("a", 1, 1, 1, 9), Action.ALLOCATE, Form.CALL, "a", "any", resolved=Target("b", 7, "a"))
    opened = site(2, "open", resource=Resource.HANDLE)
    assert findings(report(resolved, opened)) == [Finding("a", 1, "allocate", "a", "b:7")]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["x = 1\n"], True),
        (["x = 1\n", "x = y()  # allocate: y\n"], False),
        (["# no claims\n", "x = 1\n"], False),
        (["# no claims\n", "x = y()  # allocate: y\n"], True),
    ],
)
def test_a_sample_has_to_say_something(tmp_path: Path, texts: list[str], expected: bool) -> None:
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.py").write_text(text)
    assert vacuous(read_sample(tmp_path, tuple(LANGUAGES.values()))) is expected


def test_files_of_other_languages_are_left_out(tmp_path: Path) -> None:
    for name in ("a.c", "b.h", "c.py", "Makefile", "d.txt"):
        (tmp_path / name).touch()
    files = sample_files(tmp_path, tuple(LANGUAGES.values()))
    assert [(path, language.name) for path, language in files] == [("a.c", "c"), ("b.h", "c"), ("c.py", "python")]
