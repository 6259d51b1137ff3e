"""What sites say of their size."""

import pytest

from allocscan.complete.facets import classify, factor
from allocscan.languages import load_languages
from allocscan.model import Form, SizeClass
from tests.discover.conftest import Scan

LANGUAGES = {language.name: language for language in load_languages()}


@pytest.mark.parametrize(
    ("language", "size", "expected"),
    [
        ("c", "4096", SizeClass.CONSTANT),
        ("c", "BUFFER_SIZE + 1", SizeClass.CONSTANT),
        ("c", "0x10UL << 4", SizeClass.CONSTANT),
        ("c", "sizeof(struct node)", SizeClass.SIZEOF),
        ("c", "sizeof *node", SizeClass.SIZEOF),
        ("c", "n * sizeof(*list->items)", SizeClass.COUNTED),
        ("c", "st_mult(sizeof(*(x)), (n))", SizeClass.COUNTED),
        ("c", "sizeof(struct node) + strlen(name) + 1", SizeClass.ARITHMETIC),
        ("c", "length + 1", SizeClass.ARITHMETIC),
        ("c", "list->length", SizeClass.UNKNOWN),
        ("c", "compute(a)", SizeClass.UNKNOWN),
        ("c", "", SizeClass.UNKNOWN),
        ("cpp", "n * sizeof(std::pair<int, int>)", SizeClass.COUNTED),
        ("d", "n * Node.sizeof", SizeClass.COUNTED),
        ("d", "Node.sizeof", SizeClass.SIZEOF),
        ("rust", "size_of::<Node>() * n", SizeClass.COUNTED),
        ("rust", "1024", SizeClass.CONSTANT),
        ("python", "n", SizeClass.UNKNOWN),
    ],
)
def test_sizes_have_classes(language: str, size: str, expected: SizeClass) -> None:
    assert classify(Form.CALL, size, LANGUAGES[language].sizes) == expected


def test_what_is_made_is_one_object_or_a_number_of_them() -> None:
    sizes = LANGUAGES["cpp"].sizes
    assert classify(Form.NEW, "", sizes) == SizeClass.SIZEOF
    assert classify(Form.NEW, "n", sizes) == SizeClass.COUNTED


@pytest.mark.parametrize(
    ("text", "expected"),
    [("n", "n"), ("n + 1", "(n + 1)"), ("(n + 1)", "(n + 1)"), ("a->n", "a->n"), ("(a) + (b)", "((a) + (b))")],
)
def test_factors_keep_their_meaning(text: str, expected: str) -> None:
    assert factor(text) == expected


WRAPPERS = """
#include <stdlib.h>
void *grab(size_t n) { return malloc(n); }
void *blank(size_t n, size_t size) { return calloc(n, size); }
#define MANY(type, n) ((type *)grab((n) * sizeof(type)))
#define FILL(p, n) ((p) = blank((n), sizeof(*(p))))
"""


@pytest.mark.parametrize(
    ("code", "size", "size_class", "zeroed"),
    [
        ("int *p = malloc(12);", "12", SizeClass.CONSTANT, False),
        ("int *p = calloc(n, sizeof(int));", "n * sizeof(int)", SizeClass.COUNTED, True),
        ("int *p = calloc(n + 1, sizeof(int));", "(n + 1) * sizeof(int)", SizeClass.COUNTED, True),
        ("int *p = grab(sizeof(int));", "sizeof(int)", SizeClass.SIZEOF, False),
        ("int *p = blank(n, sizeof(int));", "n * sizeof(int)", SizeClass.COUNTED, True),
        ("int *p = MANY(int, n);", "(n) * sizeof(int)", SizeClass.COUNTED, False),
        ("int *p; FILL(p, n);", "(n) * sizeof(*(p))", SizeClass.COUNTED, True),
        ("char *p = strdup(s);", "", SizeClass.UNKNOWN, False),
    ],
)
def test_sizes_are_read_through_wrappers(scan: Scan, code: str, size: str, size_class: SizeClass, zeroed: bool) -> None:
    report = scan({"a.c": WRAPPERS + f"void f(int n, char *s)\n{{\n{code}\n}}\n"})
    (site,) = (site for site in report.sites if site.function == "f")
    assert (site.size, site.size_class, site.zeroed) == (size, size_class, zeroed)


def test_what_releases_asks_for_nothing(scan: Scan) -> None:
    (site,) = scan({"a.c": "void f(char *p)\n{\n\tfree(p);\n}\n"}).sites
    assert site.size_class is None
    assert site.checked is None
