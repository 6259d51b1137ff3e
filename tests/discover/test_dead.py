"""What is never compiled says so, and both branches of a conditional are found."""

import pytest

from allocscan.languages import load_languages
from allocscan.prepare import is_dead
from tests.discover.conftest import Scan

(LANGUAGE,) = (language for language in load_languages() if language.name == "c")


@pytest.mark.parametrize("condition", ["0", "!1", "defined(A) && 0", "0 && defined(A)", "(a || b) && 0"])
def test_a_condition_that_never_holds_is_dead(condition: str) -> None:
    assert is_dead(condition, LANGUAGE.preprocessor)


@pytest.mark.parametrize("condition", ["", "1", "!0", "defined(A)", "0 && a || b", "(0 && a || b) && c", "f(0 && 0)"])
def test_a_condition_that_may_hold_is_not(condition: str) -> None:
    assert not is_dead(condition, LANGUAGE.preprocessor)


def test_both_branches_are_found_and_the_dead_one_says_so(scan: Scan) -> None:
    branches = ("#if 0", "#else", "#endif\n#if 1", "#else", "#endif\n#if A || B\n#if 0", "#else")
    calls = "\n".join(f"{branch}\np = malloc({size});" for size, branch in enumerate(branches))
    report = scan({"a.c": f"void f(void) {{\nvoid *p;\n{calls}\n#endif\n#endif\n}}\n"})
    assert [(site.size, site.dead, site.condition) for site in report.sites] == [
        ("0", True, "0"),
        ("1", False, "!0"),
        ("2", False, "1"),
        ("3", True, "!1"),
        ("4", True, "(A || B) && 0"),
        ("5", False, "(A || B) && !0"),
    ]
