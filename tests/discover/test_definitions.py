"""What a report says of each definition that matters to memory."""

import pytest

from allocscan.model import Role
from tests.discover.conftest import Scan


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("void f(char *a, char *b) { free(a); free(b); }", [Role.DEALLOCATOR]),
        ("char *f(char **out) { *out = malloc(3); return malloc(4); }", [Role.ALLOCATOR]),
        ("char *f(char *old) { char *made = malloc(4); free(old); return made; }", [Role.ALLOCATOR, Role.DEALLOCATOR]),
    ],
)
def test_a_definition_is_listed_once_for_each_role(text: str, roles: list[Role], scan: Scan) -> None:
    assert [found.role for found in scan({"a.c": text}).definitions] == roles


def test_of_several_ways_the_surest_is_told(scan: Scan) -> None:
    text = "void f(char *a, char *b, int n) { if (random()) free(a); free(b); }"
    (found,) = scan({"a.c": text}).definitions
    assert found.level == "certain"
