"""Texts that would take all memory, or all day, are skipped with one problem that says why."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocscan.extract import bounds, extract
from allocscan.languages import Language, load_languages
from allocscan.model import FileFacts

LANGUAGES = {language.name: language for language in load_languages()}
BEGIN = {
    "c": "int f(void) {\n",
    "cpp": "int f() {\n",
    "d": "void f() {\n",
    "go": "package p\nfunc f() {\n",
    "rust": "fn f() {\n",
}
every_language = pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
Pair = tuple[str, str]


def read(text: str, language: Language) -> FileFacts:
    return extract("a", text.encode(), language)


def in_function(code: str, language: Language) -> str:
    """Write a function that holds some code, or only the code where there need not be any."""
    return f"{BEGIN[language.name]}{code}\n}}\n" if language.name in BEGIN else f"{code}\n"


def kinds(facts: FileFacts) -> list[str]:
    return [problem.kind for problem in facts.problems]


def nested(depth: int, pair: Pair) -> str:
    return f"x = {pair[0] * depth}g(1){pair[1] * depth};"


@every_language
@pytest.mark.parametrize("pair", [("(", ")"), ("[", "]"), ("{", "}")], ids=["parentheses", "brackets", "braces"])
def test_100000_brackets_in_each_other_are_one_problem(language: Language, pair: Pair) -> None:
    facts = read(in_function(nested(100_000, pair).replace("g", "\ng"), language), language)
    (problem,) = facts.problems
    assert (problem.kind, problem.message) == ("too deep", "not read: more than 1000 brackets are open at once")
    assert not facts.calls
    assert facts.lost == facts.size > 0


@every_language
def test_what_is_nested_as_deep_as_may_be_is_read(language: Language) -> None:
    around = in_function("", language).count("{") + 1  # and the call's own
    below = read(in_function(nested(bounds.DEEPEST - around, ("(", ")")), language), language)
    above = read(in_function(nested(bounds.DEEPEST - around + 1, ("(", ")")), language), language)
    assert (kinds(below), [call.name for call in below.calls]) == ([], ["g"])
    assert (kinds(above), above.calls) == (["too deep"], ())


@every_language
def test_a_line_as_long_as_may_be_is_read(language: Language) -> None:
    limit = language.longest_line
    call = "x = g(1);"
    below = read(in_function(call.rjust(limit) if language.name in BEGIN else call.ljust(limit), language), language)
    above = read(in_function(call.ljust(limit + 1), language), language)
    assert (kinds(below), [call.name for call in below.calls]) == ([], ["g"])
    (problem,) = above.problems
    line = BEGIN.get(language.name, "").count("\n") + 1
    assert (problem.kind, problem.line) == ("too large", line)
    assert problem.message == f"not read: a line is longer than {limit} bytes"


@every_language
def test_a_line_of_ten_megabytes_is_one_problem(language: Language) -> None:
    facts = read("x = 1;" * 1_666_667, language)
    assert (kinds(facts), facts.calls) == (["too large"], ())


@every_language
def test_too_many_brackets_are_one_problem(language: Language) -> None:
    facts = read("g(1);\n" * (bounds.MOST_BRACKETS + 1), language)
    (problem,) = facts.problems
    assert (problem.kind, problem.message) == ("too large", "not read: it opens 250001 brackets, the limit is 250000")
    assert facts.lines == bounds.MOST_BRACKETS + 1


DEEP: dict[str, Callable[[int], str]] = {
    "a sum": lambda count: "x = " + "a +\n" * count + "g(1);",
    "signs": lambda count: "x = " + "-\n" * count + "g(1);",
    "otherwise": lambda count: "if (x) {\n} else " * count + "{ g(1); }",
}


@pytest.mark.parametrize("language", [LANGUAGES[name] for name in BEGIN], ids=BEGIN)
@pytest.mark.parametrize("deep", DEEP.values(), ids=DEEP)
def test_what_is_nested_without_brackets_is_found_or_a_problem(language: Language, deep: Callable[[int], str]) -> None:
    for count in (50, 4000):
        facts = read(in_function(deep(count), language), language)
        assert kinds(facts) in ([], ["too deep"])
        assert bool(facts.problems) == (count == 4000)
        assert facts.problems or [call.name for call in facts.calls] == ["g"]


@pytest.mark.parametrize("name", ["c", "cpp"])
def test_what_takes_too_long_to_look_into_is_one_problem(name: str) -> None:
    facts = read("!\n" * 40_000, LANGUAGES[name])
    assert (kinds(facts), facts.calls) == (["too deep"], ())
    assert facts.lost == facts.size > 0


def depth_of(brackets: str) -> int:
    """Count how many brackets are open at once, the slow way."""
    deepest, opened = 0, ""
    for bracket in brackets:
        kind = dict(zip(")]}", "([{", strict=True)).get(bracket)
        if kind is None:
            opened += bracket
        elif kind in opened:
            opened = opened[: opened.rindex(kind)]
        deepest = max(deepest, len(opened))
    return deepest


@given(st.text("([{}])x", max_size=60), st.integers(0, 12))
def test_the_deepest_byte_is_the_first_with_too_many_open(text: str, deepest: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds, "DEEPEST", deepest)
        found = bounds.find_deepest(text.encode())
    brackets = [text[: end + 1].replace("x", "") for end in range(len(text))]
    first = next((end for end, before in enumerate(brackets) if depth_of(before) > deepest), -1)
    assert found == first


def test_single_brackets_in_strings_do_not_add_up() -> None:
    text = "".join(f'void f{number}(void) {{ puts("("); puts("["); g(1); }}\n' for number in range(2000))
    facts = read(text, LANGUAGES["c"])
    assert not facts.problems
    assert sum(call.name == "g" for call in facts.calls) == 2000


@every_language
def test_brackets_in_strings_are_not_open(language: Language) -> None:
    long = f"""x = g(1, {", ".join(['"' + "[" * 40 + '"'] * 30)});"""
    read_whole = read(in_function(long, language), language)
    assert (kinds(read_whole), [call.name for call in read_whole.calls]) == ([], ["g"])
    many = read(in_function(long + '"["' * bounds.MOST_HIDDEN, language), language)
    assert kinds(many) == ["too deep"]


@every_language
@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda code: code, ""),
        (lambda code: b"\xef\xbb\xbf" + code, ""),
        (lambda code: code.replace(b"\n", b"\r\n"), ""),
        (lambda code: code.replace(b"1", b'"\xe4\xff"'), ""),
        (lambda code: code.decode().encode("utf-16"), ""),
        (lambda code: code + b"\0", "binary"),
    ],
    ids=["plain", "mark", "carriage returns", "no UTF-8", "utf-16", "NUL"],
)
def test_encodings_change_nothing_and_nul_bytes_are_one_problem(
    language: Language, change: Callable[[bytes], bytes], kind: str
) -> None:
    facts = extract("a", change(in_function("x = g(1);", language).encode()), language)
    assert kinds(facts) == [kind] * bool(kind)
    assert [call.name for call in facts.calls] == ["g"] * (not kind)


@every_language
@settings(max_examples=25)
@given(st.binary(max_size=200))
def test_no_bytes_stop_a_scan(language: Language, content: bytes) -> None:
    facts = extract("a", content, language)
    assert kinds(facts) in ([], ["binary"])
    assert extract("a", content, language) == facts


MAKE = b"SOURCES = a.c \\\n  b.c\nall: $(SOURCES)\n\t$(CC) -o $@ $^\n" * 9


@pytest.mark.parametrize("language", [each for each in LANGUAGES.values() if each.borrowed], ids=lambda each: each.name)
def test_a_borrowed_suffix_says_nothing_where_a_text_makes_no_sense(language: Language) -> None:
    suffix = language.borrowed[0]
    makefile = extract(f"Makefile{suffix}", MAKE, language)
    assert (kinds(makefile), makefile.lost, makefile.lines) == (["foreign"], 0, 0)
    function = in_function("x = g(9);", language)
    assert (kinds(read := extract(f"a{suffix}", function.encode(), language)), len(read.calls)) == ([], 1)
