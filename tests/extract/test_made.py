"""Names that macros make of others."""

import pytest

from allocscan.extract import extract
from allocscan.languages import load_languages

LANGUAGES = {language.name: language for language in load_languages()}


@pytest.mark.parametrize("language", ["c", "cpp"])
@pytest.mark.parametrize(
    ("text", "name", "parameters"),
    [
        ("void *PRIV(take)(int n, int m) { return f(n); }", "take", ("n", "m")),
        ("void PRIV(give)(void *p) { }", "give", ("p",)),
        ("int METHOD_(ULONG, Release)(int n) { return n; }", "Release", ("n",)),
        ("int (*choose(int a))(int b) { return g; }", "choose", ("a",)),
        ("int plain(int (*f)(int)) { return f(1); }", "plain", ("f",)),
    ],
)
def test_what_a_macro_makes_of_a_name_is_known_by_that(
    text: str, name: str, parameters: tuple[str, ...], language: str
) -> None:
    (found,) = extract("a", text.encode(), LANGUAGES[language]).definitions
    assert (found.kind, found.name, found.parameters) == ("function", name, parameters)


@pytest.mark.parametrize("language", ["c", "cpp"])
@pytest.mark.parametrize(
    ("call", "name"),
    [("PRIV(take)(1)", "take"), ("PRIV( take ) (1)", "take"), ("made(take)(1)", "made(take)"), ("PRIV(a, b)(1)", "")],
)
def test_a_call_by_such_a_name_is_one_of_that(call: str, name: str, language: str) -> None:
    calls = extract("a", f"void f(void) {{ {call}; }}".encode(), LANGUAGES[language]).calls
    assert (name or "PRIV(a,b)") in {found.name for found in calls}
