"""Allocators that are named where a text was not understood."""

from allocscan.model import Report
from tests.discover.conftest import Scan

BROKEN = """
void *grab(unsigned n);

void f(void)
{
	int @@ = ) grab(1) ( malloc(2 @ /* free(3) */ "calloc(4)" ; pool->drop(5) unknown(6) @@ ;
}
"""


def unparsed(report: Report) -> list[tuple[int, str]]:
    """List the lines and names of what was not understood, but for what was found all the same."""
    found = [problem for problem in report.problems if problem.kind == "unparsed"]
    return [(problem.line, problem.message.split()[0]) for problem in found]


def test_known_names_in_lost_regions_are_problems_or_sites(scan: Scan) -> None:
    wrapper = "#include <stdlib.h>\nvoid *grab(unsigned n) { return malloc(n); }\n"
    report = scan({"a.c": BROKEN, "b.c": wrapper})
    found = unparsed(report) + [(site.location.line, site.name) for site in report.sites if site.location.path == "a.c"]
    assert sorted(found) == [(6, "grab"), (6, "malloc")]


def test_what_is_understood_is_no_problem(scan: Scan) -> None:
    assert not scan({"a.c": "void f(void) { free(malloc(1)); }\n"}).problems


def test_what_stands_in_parentheses_alone_is_no_function_of_that_name(scan: Scan) -> None:
    text = """
    #define NUMBER int
    #define FIXED(x) ((NUMBER)((x) * 8))
    typedef struct tree *tree;
    tree constexpr(int token) { tree p; p = malloc(token); return p; }
    long scale(void) { return FIXED(0.5); }
    """
    report = scan({"a.c": text})
    assert [site.name for site in report.sites] == ["malloc"]
    assert not [each for each in report.allocators if each.definition]
