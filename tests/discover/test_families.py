"""Families of a tree's own."""

from allocscan.model import Allocator, Report
from tests.discover.conftest import Scan

BOOKS = """
void *take(size_t n) { void *p = malloc(n); count(size_of(p)); return p; }
char *take_copy(const char *s, size_t n) { char *p = take(n); memcpy(p, s, n); return p; }
void give(void *p) { uncount(size_of(p)); free(p); }
void give_plain(void *p) { free(p); }
void *take_plain(size_t n) { void *p = malloc(n); return p; }
"""
USES = "void use(void) { char *p = take(1); char *q = take_copy(p, 1); fill(p); give(p); give(q); }\n"
MIXED = "void mix(void) { char *p = take(1); fill(p); free(p); }\n"


def families(report: Report) -> dict[str, str]:
    """Say to which family each function of a tree belongs."""
    return {found.name: found.family for found in report.allocators if found.definition}


def described(report: Report, name: str) -> Allocator:
    """Find what a report says of a function."""
    (found,) = (found for found in report.allocators if found.name == name)
    return found


def test_what_keeps_books_of_its_blocks_is_a_family_of_its_own(scan: Scan) -> None:
    report = scan({"take.c": BOOKS, "use.c": USES})
    assert families(report) == {
        "take": "take",
        "take_copy": "take",
        "give": "take",
        "give_plain": "c-heap",
        "take_plain": "c-heap",
    }
    assert {site.name: site.family for site in report.sites if site.function == "use"} == {
        "take": "take",
        "take_copy": "take",
        "give": "take",
    }
    assert described(report, "give").evidence[-1].statement == "keeps books of p: hands it to size_of as well"


def test_memory_that_another_release_takes_back_is_no_family(scan: Scan) -> None:
    assert set(families(scan({"take.c": BOOKS, "use.c": USES + MIXED})).values()) == {"c-heap"}


def test_memory_that_is_never_released_is_no_family(scan: Scan) -> None:
    assert set(families(scan({"take.c": BOOKS})).values()) == {"c-heap"}


def test_an_allocator_and_a_release_in_files_of_their_own_are_no_family(scan: Scan) -> None:
    take, _, give = BOOKS.partition("void give(")
    assert set(families(scan({"take.c": take, "give.c": f"void give({give}", "use.c": USES})).values()) == {"c-heap"}
