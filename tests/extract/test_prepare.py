"""Whatever is done to a text before it is parsed, everything stays where it was."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocscan.extract import extract
from allocscan.languages import load_languages
from allocscan.prepare import prepare
from allocscan.prepare.layout import LONGEST_CONDITION
from allocscan.syntax import machine_of, respelled
from allocscan.syntax.parsing import parse_repaired

LANGUAGES = {language.name: language for language in load_languages()}
every_language = pytest.mark.parametrize("name", LANGUAGES)
PIECES = (
    *("#if A\n", "#ifdef B /* x */\n", "# elif 0 && \\\n C\n", "#else // y\n", "#endif\n", "#define M(x) \\\n f(x)\n"),
    *(
        "#define N free\n",
        "/*",
        "*/",
        "//",
        '"',
        "'",
        "\\",
        "\n",
        "\r\n",
        " ",
        "(",
        ")",
        "{",
        "}",
        ";",
        ",",
        "++/",
        "+/",
    ),
    *(
        "API_CALL ",
        "LIST_ENTRY (a)\n",
        "M(x)\n",
        '"a" M(b) "c"',
        "void f(void)",
        "p = g(1)",
        "*",
        "struct s *",
        "0x1, 2,\n",
    ),
    *('R"x(', ')x"', "operator()(", "__attribute__((x))", "q{", "r#", "`", "é", "\0"),
)
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
REPLACED = frozenset(b" _;,=ifcasenum")
"""What stands where something was in the way: nothing, a sign, or a word of the language."""


@every_language
@given(text=texts)
@settings(deadline=None)
def test_a_variant_is_the_text_with_some_of_it_blank(name: str, text: str) -> None:
    content = text.encode()
    for variant in prepare(content, LANGUAGES[name].preprocessor).variants:
        assert len(variant.content) == len(content)
        assert all(new in (old, ord(" ")) for old, new in zip(content, variant.content, strict=True))
        assert lines(variant.content) == lines(content)


@every_language
@given(text=texts)
@settings(deadline=None)
def test_no_stretch_belongs_to_two_variants(name: str, text: str) -> None:
    prepared = prepare(text.encode(), LANGUAGES[name].preprocessor)
    owned = sorted(span for variant in prepared.variants for span in variant.owned)
    assert all(before[1] <= after[0] for before, after in pairwise(owned))


@every_language
@given(text=texts)
@settings(deadline=None, max_examples=50)
def test_repairs_keep_the_length_of_a_text_and_lose_no_more_than_they_find(name: str, text: str) -> None:
    machine, content = machine_of(LANGUAGES[name]), text.encode()
    spelled = respelled(content, machine.respell)
    assert len(spelled) == len(content)
    mended = parse_repaired(machine, spelled).content
    assert len(mended) == len(content)
    assert all(new == old or new in REPLACED for old, new in zip(spelled, mended, strict=True))


@every_language
@given(text=texts)
@settings(deadline=None, max_examples=50)
def test_what_is_read_stands_inside_of_the_text(name: str, text: str) -> None:
    facts = extract("a", text.encode(), LANGUAGES[name])
    written = text.replace("\r\n", "\n").count("\n") + 1
    assert 0 <= facts.lost <= max(facts.size, 0)
    assert all(1 <= call.location.line <= call.location.end_line <= written for call in facts.calls)


LISTS = (
    "ENTRY   (one)\nENTRY   (two)\nint f(void) { return g(1); }\n",
    "LIST_BEGIN\n  ENTRY  (one, 0)\n  ENTRY  (two, 1)\nLIST_END\n",
    "/* 0x00 */ A_KIND, B_KIND,\n/* 0x02 */ C_KIND, 0x1,\n",
    'int f(void) { return g(T("a") T("%") T(WIDTH) T("d\\n"), 1); }\n',
)


@pytest.mark.parametrize("text", LISTS)
def test_lists_that_macros_make_are_understood(text: str) -> None:
    facts = extract("a", text.encode(), LANGUAGES["c"])
    assert not facts.lost
    assert [call.name for call in facts.calls if call.name == "g"] == ["g"] * text.count("g(")


NO_COMMENTS = (
    '#define ALL "all/*"\nint f(void) { return g(1); }\n/* a comment */\n',
    "#define ALL 1 // of all/*\nint f(void) { return g(1); }\n/* a comment */\n",
    "#if defined(ALL) // of all/*\nint f(void) { return g(1); }\n#endif\n/* a comment */\n",
    '#pragma all "all/*"\nint f(void) { return g(1); }\n/* a comment */\n',
    "#define ALL '\"' /* a comment */\nint f(void) { return g(1); }\n",
)


@pytest.mark.parametrize("name", ["c", "cpp"])
@pytest.mark.parametrize("text", NO_COMMENTS)
def test_what_only_looks_like_a_comment_in_a_directive_hides_nothing(name: str, text: str) -> None:
    facts = extract("a", text.encode(), LANGUAGES[name])
    assert [call.name for call in facts.calls] == ["g"]


def test_a_condition_is_no_longer_than_somebody_would_read() -> None:
    otherwise = "#if A\n" + "#else\nf(1);\n" * 100 + "#endif\n"
    nested = "#if A == 1234567890\n" * 190 + "f(1);\n" + "#endif\n" * 190
    long = "#if A" + " && defined(B)" * 1000 + "\nf(1);\n#endif\n"
    assert {condition for _, condition in conditions_of(otherwise)} == {"", "A", "!A"}
    for text in (nested, long):
        assert max(len(condition) for _, condition in conditions_of(text)) == LONGEST_CONDITION


def conditions_of(text: str) -> tuple[tuple[int, str], ...]:
    return prepare(text.encode(), LANGUAGES["c"].preprocessor).conditions


def lines(content: bytes) -> list[int]:
    return [place for place, byte in enumerate(content) if byte == ord("\n")]
