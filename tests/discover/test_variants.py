"""Functions that a file defines anew under each of several conditions."""

from allocscan.model import Report
from tests.discover.conftest import Scan

HEAP = """
#ifdef DEBUG
void *heap_take(size_t n) { return malloc(n + 16); }
void heap_give(char *p) { union mark m; m.text = p; free(m.back[-1]); }
#else
void *heap_take(size_t n) { return _aligned_malloc(n, 16); }
void heap_give(char *p) { _aligned_free(p); }
#endif
"""
USES = """
void *take(size_t n) { return heap_take(n); }
void *take_two(size_t n) { return take(2 * n); }
void give(void *p) { heap_give(p); }
"""


def families(report: Report) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in report.allocators:
        if each.definition:
            found.setdefault(each.name, set()).add(each.family)
    return found


def test_the_condition_counts_under_which_both_ends_are_known(scan: Scan) -> None:
    found = families(scan({"heap.c": HEAP, "uses.c": USES}))
    assert found["take"] == found["take_two"] == found["give"] == {"aligned-malloc"}
    assert found["heap_take"] == {"c-heap", "aligned-malloc"}


def test_else_the_first_counts(scan: Scan) -> None:
    heap = HEAP.replace("union mark m; m.text = p; free(m.back[-1]);", "free(p);")
    found = families(scan({"heap.c": heap, "uses.c": USES}))
    assert found["take"] == found["take_two"] == found["give"] == {"c-heap"}


def test_conditions_need_not_exclude_each_other(scan: Scan) -> None:
    heap = HEAP.replace("#else", "#endif\n#ifndef OTHER", 1)
    found = families(scan({"heap.c": heap, "uses.c": USES}))
    assert found["take"] == {"aligned-malloc"}


def test_what_needs_no_release_lacks_nothing(scan: Scan) -> None:
    heap = HEAP.replace("malloc(n + 16)", "alloca(n)").replace(
        "void *heap_take(size_t n) { return ", "#define heap_take(n) ("
    )
    heap = heap.replace(", 16); }", ", 16))").replace("alloca(n); }", "alloca(n))")
    take = "void f(void) { char *p = heap_take(3); p[0] = 1; }"
    (site,) = (
        each
        for each in scan({"heap.c": heap, "uses.c": '#include "heap.c"\n' + take}).sites
        if each.location.path == "uses.c"
    )
    assert site.family == "stack"
