"""Attributes are read wherever they stand around a function."""

import pytest

from allocscan.extract import extract
from allocscan.languages import load_languages
from allocscan.model import Definition

(LANGUAGE,) = (language for language in load_languages() if language.name == "c")


def functions(text: str) -> list[Definition]:
    """Read the functions of a text, announced or defined."""
    return [
        found for found in extract("a", text.encode(), LANGUAGE).definitions if found.kind in ("function", "prototype")
    ]


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("API void *f(int a) { ATTR(x); }", ("API",)),
        ("API\nvoid f(int (*a)(int b)) ATTR(malloc);", ("API", "ATTR(malloc)")),
        ("API void NOTHROW *\nATTR(a(1)) SIZE(1, 2) f(int a) {\n}", ("API", "NOTHROW", "ATTR(a(1))", "SIZE(1, 2)")),
        ("// LATER do it\nAPI void f(int a) { }", ("API",)),
        ("/* NOT_THIS */ API void f(int a) /* NOR_THIS */ { }", ("API",)),
        ("#define OTHER __attribute__((malloc))\nAPI void f(int a) { }", ("API",)),
        ("int OTHER = 1;\nAPI void f(int a) { }", ("API",)),
        ('void f(int a) __attribute__((alias("g")));', ('__attribute__((alias("g")))',)),
    ],
)
def test_attributes_are_found(text: str, attributes: tuple[str, ...]) -> None:
    (found,) = functions(text)
    assert (found.name, found.attributes) == ("f", attributes)


@pytest.mark.parametrize("text", ["void f(int a);", "extern char *f(const char *a, ...);", "int x = f(1);"])
def test_announcements_that_say_nothing_are_left_out(text: str) -> None:
    assert not functions(text)


def test_attributes_are_no_calls() -> None:
    facts = extract("a", b"__attribute__((malloc(put))) void *f(void) { return g(); }\n", LANGUAGE)
    assert [call.name for call in facts.calls] == ["g"]
