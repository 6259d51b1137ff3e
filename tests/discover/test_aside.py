"""Macros that put memory into a variable of whoever uses them, which they only name."""

import pytest

from tests.discover.conftest import Scan

TEXT = """
#define TAKE(size) {body}
struct thing *thing_new(size_t size)
{{
	struct thing *made;
	{use}
	return made;
}}
"""


@pytest.mark.parametrize(
    ("body", "use", "found"),
    [
        ("(made = malloc(size))", "if (!TAKE(8)) return NULL;", True),
        ("(posix_memalign((void **)&made, 64, size) == 0)", "if (!TAKE(8)) return NULL;", True),
        ("do { made = malloc(size); } while (0)", "TAKE(8);", True),
        ("do { char *made = malloc(size); show(made); } while (0)", "TAKE(8);", False),
        ("do { made = malloc(size); free(made); } while (0)", "TAKE(8);", False),
        ("(other = malloc(size))", "TAKE(8);", False),
        ("(made = look_up(size))", "TAKE(8);", False),
    ],
)
def test_what_a_macro_puts_there_is_handed_on(body: str, use: str, found: bool, scan: Scan) -> None:
    report = scan({"a.c": TEXT.format(body=body, use=use)})
    assert ("thing_new" in {each.name for each in report.allocators}) is found
