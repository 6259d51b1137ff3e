"""What hands out memory that comes with a code."""

import pytest

from tests.discover.conftest import Scan

WRAPPER = """
void *take(size_t n)
{{
	void *block;
	{body}
	return block;
}}
int put(void **out, size_t n) {{ return posix_memalign(out, 64, n); }}
"""


@pytest.mark.parametrize(
    ("body", "fails"),
    [
        ("if (posix_memalign(&block, 64, n)) return NULL;", "null"),
        ("if (posix_memalign(&block, 64, n)) abort();", "abort"),
        ("if (posix_memalign(&block, 64, n)) block = other(n);", ""),
    ],
)
def test_what_hands_out_the_memory_itself_gives_no_code(body: str, fails: str, scan: Scan) -> None:
    found = {each.name: each.fails for each in scan({"a.c": WRAPPER.format(body=body)}).allocators}
    assert (found["take"], found["put"]) == (fails, "errno")
