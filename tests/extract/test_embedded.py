"""Code in files that hold other text as well."""

import pytest

from allocscan.extract import embedded, extract
from allocscan.languages import load_languages

LANGUAGES = {language.name: language for language in load_languages()}
GRAMMAR = """%{{
void before(void) {{ free(1); }}
%}}
%union {{ char *text; }}
%parse-param {{ block* answer }}
%%
rule: '{{' word ':' /* free(2); {{ */ {action} | "free(3); {{" ;
%%
void behind(void) {{ free(4); }} /* %% */
"""


@pytest.mark.parametrize(
    ("action", "found"),
    [
        ("", ["1", "4"]),
        ("{ free($1); }", ["1", "$1", "4"]),
        ("{ if ($1) { free('}'); } else { while (1) { free(@1); } } }", ["1", "'}'", "@1", "4"]),
        ('{ puts("}"); free(/* } */ $$); }', ["1", "$$", "4"]),
    ],
)
def test_actions_and_what_stands_around_the_rules_are_code(action: str, found: list[str]) -> None:
    facts = extract("a.y", GRAMMAR.format(action=action).encode(), LANGUAGES["c"])
    assert [call.arguments[0].removeprefix("/* } */ ") for call in facts.calls if call.name == "free"] == found
    assert not facts.problems


def test_nothing_changes_its_place() -> None:
    text = GRAMMAR.format(action="{ free($1); }")
    code = embedded("a.y", text, LANGUAGES["c"])
    assert [*map(len, code.split("\n"))] == [*map(len, text.split("\n"))]
    assert code.index("free($1)") == text.index("free($1)")
    assert embedded("a.c", text, LANGUAGES["c"]) == text


@pytest.mark.parametrize("part", ["{ /* */ ", "%{", "/*", "%%\n", "{ {;} ", "'", '"{'])
def test_no_text_takes_long(part: str) -> None:
    text = part * (200_000 // len(part))
    assert len(embedded("a.y", text, LANGUAGES["c"])) == len(text)
