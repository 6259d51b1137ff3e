"""Which arguments say how much, where that is computed by what asks whether it can be."""

import pytest

from tests.discover.conftest import Scan

CHECKED = """
#include <stdlib.h>
#define MULTIPLY_OVERFLOWS(out, a, b) __builtin_mul_overflow(a, b, out)
int fits(size_t *out, size_t a);
int get_address_length(size_t *out, size_t host);
static int add_checked(size_t *out, size_t a, size_t b) { if (a > -1UL - b) return 0; *out = a + b; return 1; }
void *many(size_t n, size_t each)
{
	size_t all;
	if (MULTIPLY_OVERFLOWS(&all, n, each))
		return NULL;
	return malloc(all);
}
void *built_in(size_t n, size_t each)
{
	size_t all;
	return __builtin_mul_overflow(n, each, &all) ? NULL : malloc(all);
}
void *longer(void *block, size_t n)
{
	size_t all;
	return add_checked(&all, n, 8) ? realloc(block, all) : NULL;
}
void *other(size_t n)
{
	size_t all;
	return fits(&all, n) ? malloc(all) : NULL;
}
void *address(size_t host)
{
	size_t all;
	return get_address_length(&all, host) ? malloc(all) : NULL;
}
"""


@pytest.mark.parametrize(
    ("name", "size", "count"),
    [("many", 1, 0), ("built_in", 1, 0), ("longer", 1, None), ("other", None, None), ("address", None, None)],
)
def test_what_is_computed_behind_a_pointer_says_how_much(
    name: str, size: int | None, count: int | None, scan: Scan
) -> None:
    (found,) = (each for each in scan({"a.c": CHECKED}).allocators if each.name == name)
    assert (found.size, found.count) == (size, count)


WRITTEN = """
#include <stdlib.h>
void *object(int pool, size_t sizeofobject) { return malloc(sizeofobject); }
char *word(char **end, char *start) { return calloc(*end - start + 1, 1); }
char *joined(char *one, char *two) { return malloc(strlen(one) + strlen(two) + 1); }
char *room(char *text, size_t more) { return malloc(strlen(text) + more + 1); }
void *again(struct text *text, size_t more) { return malloc(text->length + more); }
void *rest(size_t all, size_t used) { return malloc(all - used); }
void *several(size_t n, size_t each) { return malloc(n *each); }
"""


@pytest.mark.parametrize(
    ("name", "size", "count"),
    [
        ("object", 1, None),
        ("word", None, None),
        ("rest", 0, None),
        ("joined", None, None),
        ("room", 1, None),
        ("again", 1, None),
        ("several", 1, 0),
    ],
)
def test_a_name_is_read_whole_and_with_the_star_before_it(
    name: str, size: int | None, count: int | None, scan: Scan
) -> None:
    (found,) = (each for each in scan({"a.c": WRITTEN}).allocators if each.name == name)
    assert (found.size, found.count, found.type) == (size, count, None)
