"""What a grammar leaves unparsed is parsed in place, however deep it lies, each fragment once."""

import pytest

from allocscan.extract import extract
from allocscan.languages import load_languages
from allocscan.model import FileFacts
from allocscan.syntax import DEEPEST_INJECTION

LANGUAGES = {language.name: language for language in load_languages()}


def macros(depth: int) -> str:
    return f"fn f() {{ {'m!(' * depth}Box::new(1){')' * depth}; }}\n"


def mixins(depth: int) -> str:
    return f"void f() {{ {'mixin(q{ ' * depth}auto a = new int;{' });' * depth} }}\n"


def read(text: str, language: str) -> FileFacts:
    return extract("a", text.encode(), LANGUAGES[language])


@pytest.mark.parametrize("depth", [1, 2, 7, DEEPEST_INJECTION])
def test_a_macro_in_macros_is_read_where_it_stands(depth: int) -> None:
    text = macros(depth)
    (call,) = (call for call in read(text, "rust").calls if call.name == "Box::new")
    assert call.location.column == text.index("Box") + 1


def test_what_lies_too_deep_in_macros_is_a_problem() -> None:
    (problem,) = read(macros(DEEPEST_INJECTION + 1), "rust").problems
    assert problem.kind == "too deep"


@pytest.mark.parametrize("depth", [1, 2, 7, 60])
def test_a_mixin_in_mixins_is_read_once(depth: int) -> None:
    text = mixins(depth)
    facts = read(text, "d")
    assert [call.location.column for call in facts.calls] == [text.index("new") + 1]
    assert not facts.problems


@pytest.mark.parametrize("depth", [1, 2, 7, 60])
def test_a_block_in_blocks_of_a_macro_is_read_where_it_stands(depth: int) -> None:
    text = f"#define DROP(x, a) {'do { if (a) { ' * depth}free(x);{'}} while (0);' * depth}\n"
    (call,) = read(text, "c").calls
    assert (call.name, call.location.column) == ("free", text.index("free") + 1)


@pytest.mark.parametrize("between", [0, 1, 4, 9])
def test_an_attribute_speaks_of_what_follows_its_comments(between: int) -> None:
    comments = "/// How it is kept.\n" * between
    shape = f"#[derive(Clone)]\n{comments}struct Shape;\n"
    checks = f"#[cfg(test)]\n{comments}mod checks {{ fn f() {{ g(); }} }}\n"
    facts = read(shape + checks, "rust")
    assert facts.definitions[0].bases == ("Clone",)
    assert [call.context.in_test for call in facts.calls] == [True]
