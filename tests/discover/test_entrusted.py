"""Objects that are handed to others, which may put something into their fields."""

import pytest

from tests.discover.conftest import Scan

TEXT = """
struct text {{ char *start; int size; }};
void start(struct text *text) {{ text->start = malloc(3); }}
void begin(struct text *text) {{ if (text) start(text); }}
void empty(struct text *text) {{ text->start = NULL; }}
void count(struct text *text) {{ text->size = 1; again(text); }}
void again(struct text *text) {{ count(text); }}
void end(char *given)
{{
	struct text text;
	text.start = given;
	{call}
	free(text.start);
}}
"""


@pytest.mark.parametrize(
    ("call", "frees"),
    [
        ("", True),
        ("start(&text);", False),
        ("begin(&text);", False),
        ("empty(&text);", True),
        ("count(&text);", True),
        ("unknown(&text);", True),
        ("start(&other);", True),
    ],
)
def test_a_field_that_others_fill_is_not_what_was_given(call: str, frees: bool, scan: Scan) -> None:
    report = scan({"a.c": TEXT.format(call=call)})
    assert ("end" in {each.name for each in report.allocators}) is frees
