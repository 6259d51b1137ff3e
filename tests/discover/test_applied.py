"""Macros that call what they are given."""

import pytest

from allocscan.model import Action, Report, Role
from tests.discover.conftest import Scan

MACROS = """
#define FORGET(how, p) do { how(p); (p) = 0; } while (0)
#define TAKE(how, n) how(n)
#define RUN(how) how()
"""


def sites(report: Report) -> list[tuple[str, Action, tuple[str, ...]]]:
    """Say what the macros do where they are used."""
    return [(site.name, site.action, site.via) for site in report.sites if site.name.isupper()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("void f(void *p) { FORGET(free, p); }", [("FORGET", Action.DEALLOCATE, ("free",))]),
        ("void f(void *p) { FORGET(&free, p); }", [("FORGET", Action.DEALLOCATE, ("free",))]),
        (
            "void g(void *p) { free(p); }\nvoid f(void *p) { FORGET(g, p); }",
            [("FORGET", Action.DEALLOCATE, ("g", "free"))],
        ),
        ("void *f(void) { return TAKE(malloc, 1); }", [("TAKE", Action.ALLOCATE, ("malloc",))]),
        ("void f(void *p) { FORGET(other, p); RUN(free); }", []),
        ("void f(void *p, void (*free)(void *)) { FORGET(free, p); }", []),
        ("void f(void *p) { FORGET(ops->free, p); }", []),
    ],
)
def test_a_macro_does_what_that_does_which_it_is_given(
    text: str, found: list[tuple[str, Action, tuple[str, ...]]], scan: Scan
) -> None:
    assert sites(scan({"a.c": MACROS + text})) == found


def test_what_uses_such_a_macro_frees_and_allocates(scan: Scan) -> None:
    text = "void drop(void *p) { FORGET(free, p); }\nvoid *take(int n) { return TAKE(malloc, n); }\n"
    found = {each.name: (each.role, each.level.value) for each in scan({"a.c": MACROS + text}).allocators}
    assert found["drop"] == (Role.DEALLOCATOR, "certain")
    assert found["take"] == (Role.ALLOCATOR, "certain")
