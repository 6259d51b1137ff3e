"""Parts of a C file that only a compiler of C++ sees."""

import pytest

from allocscan.extract import extract
from allocscan.languages import load_languages

LANGUAGES = {language.name: language for language in load_languages()}
OPERATORS = """void operator delete(void *p) noexcept FORWARD(give)
void *operator new(size_t n) noexcept(false) FORWARD(take)
"""


@pytest.mark.parametrize(
    ("condition", "left_out"),
    [
        ("#ifdef __cplusplus", True),
        ("#if defined(__cplusplus)", True),
        ("#if defined(OVERRIDE) && defined(__cplusplus)", True),
        ("#if __cplusplus >= 201103L", True),
        ("#ifndef __cplusplus\nint yes(void);\n#else", True),
        ("#ifndef __cplusplus", False),
        ("#if !defined(__cplusplus)", False),
        ("#if defined(OVERRIDE) || defined(__cplusplus)", False),
        ("#ifdef __cplusplus\n#else", False),
    ],
)
def test_what_only_another_compiler_sees_is_left_out_and_said(condition: str, left_out: bool) -> None:
    text = f"{condition}\nvoid f(void) {{ free(p); }}\n#endif\nvoid g(void) {{ free(q); }}\n"
    facts = extract("a.c", text.encode(), LANGUAGES["c"])
    assert [call.places for call in facts.calls] == ([("q",)] if left_out else [("p",), ("q",)])
    assert [(each.kind, each.line) for each in facts.problems] == [("foreign", condition.count("\n") + 1)] * left_out


def test_its_neighbours_are_understood() -> None:
    text = f"#ifdef __cplusplus\n{OPERATORS}#endif\nvoid g(void) {{ free(q); }}\n"
    facts = extract("a.c", text.encode(), LANGUAGES["c"])
    assert [found.name for found in facts.definitions] == ["g"]


def test_a_header_for_both_has_nothing_to_say() -> None:
    text = '#ifdef __cplusplus\nextern "C" {\n#endif\nint f(void);\n#ifdef __cplusplus\n}\n#endif\n'
    facts = extract("a.h", text.encode(), LANGUAGES["c"])
    assert not (facts.problems or facts.lost)


def test_in_the_other_language_all_of_it_counts() -> None:
    text = "#ifdef __cplusplus\nvoid f(void) { free(p); }\n#endif\n"
    assert len(extract("a.cpp", text.encode(), LANGUAGES["cpp"]).calls) == 1
