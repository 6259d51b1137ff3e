"""Whether anyone asks if there was any memory."""

import pytest

from allocscan.model import Check
from tests.discover.conftest import Scan

PROJECT = """
#include <stdlib.h>
#include <string.h>
#define NORETURN __attribute__((__noreturn__))
NORETURN void leave(const char *message);
void die(void) { abort(); }
static void out_of_memory(size_t n) { die(); }
static void (*handler)(size_t n) = out_of_memory;
void verify(int wrong) { if (!wrong) return; die(); }

void *sure(size_t n) { void *p = malloc(n); if (!p) handler(n); return p; }
void *surely(void *p, size_t n) { p = realloc(p, n); if (!p && n != 0) leave("memory"); return p; }
void *gentle(size_t n, int gently)
{
\tvoid *p = malloc(n);
\tif (!p) {
\t\tif (!gently)
\t\t\tdie();
\t\treturn NULL;
\t}
\treturn p;
}
void *through(size_t n, int gently) { return gentle(n, gently); }
void *hard(size_t n) { return through(n, 0); }
void *either(size_t n, int soft) { void *p = soft ? malloc(n) : hard(n); return p; }
void *soft(size_t n) { return through(n, 1); }
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("char *p = malloc(n); if (!p) return;", Check.CHECKED),
        ("char *p = malloc(n); if (NULL == p) return;", Check.CHECKED),
        ("char *p; if ((p = malloc(n)) == NULL) return;", Check.CHECKED),
        ("char *p = malloc(n); if (n && p) *p = 0;", Check.CHECKED),
        ("char *p = malloc(n); assert(p);", Check.CHECKED),
        ("char *p = malloc(n); while (p) p = 0;", Check.CHECKED),
        ("s->text = malloc(n); if (s->text == NULL) return;", Check.CHECKED),
        ("void *p; if (posix_memalign(&p, 8, n)) return;", Check.CHECKED),
        ("char *p = malloc(n); if (!p) die();", Check.ABORTS),
        ("char *p = malloc(n); if (p == NULL) { log(n); leave(s); }", Check.ABORTS),
        ("char *p; if (!(p = malloc(n))) die();", Check.ABORTS),
        ("void *p; if (posix_memalign(&p, 8, n) != 0) abort();", Check.ABORTS),
        ("char *p = malloc(n); if (p) die();", Check.CHECKED),
        ("char *p; if (s) { p = malloc(n); } else p = 0; if (!p) die();", Check.ABORTS),
        ("char *p; if (s) { p = malloc(n); } if (n) { if (!p) die(); }", Check.CHECKED),
        ("char *p = malloc(n); if (!p) verify(1);", Check.CHECKED),
        ("char *p = malloc(n); if (!s) die(); p[0] = 0;", Check.IGNORED),
        ("char *p = malloc(n); p[0] = 0;", Check.IGNORED),
        ("char *p = malloc(n); *p = 0;", Check.IGNORED),
        ("struct text *p = malloc(n); p->length = 0;", Check.IGNORED),
        ("char *p = malloc(n); strcpy(p, s);", Check.IGNORED),
        ("malloc(n);", Check.IGNORED),
        ("void *p; int code = posix_memalign(&p, 8, n); if (code) return;", Check.CHECKED),
        ("void *p; int code = posix_memalign(&p, 8, n); if (code) abort();", Check.ABORTS),
        ("void *p; posix_memalign(&p, 8, n);", Check.IGNORED),
        ('char *p; if (asprintf(&p, "%d", n) < 0) return; *p = 0;', Check.CHECKED),
        ('char *p; int code = asprintf(&p, "%d", n); if (code >= 0) *p = 0;', Check.CHECKED),
        ('char *p; int code; if ((code = asprintf(&p, "%d", n)) < 0) abort(); *p = 0;', Check.ABORTS),
        ('char *p; int code = asprintf(&p, "%d", n); if (code == -1) abort(); *p = 0;', Check.ABORTS),
        ('char *p; int code = asprintf(&p, "%d", n); *p = 0; use(code);', Check.IGNORED),
        ("s->text = malloc(n);", Check.UNKNOWN),
        ("keep(malloc(n));", Check.UNKNOWN),
        ("if (!s) return; char *p = malloc(n); keep(p);", Check.UNKNOWN),
        ("char *p = sure(n); *p = 0;", Check.ABORTS),
        ("char *p = surely(s, n); *p = 0;", Check.ABORTS),
        ("char *p = gentle(n, 0); *p = 0;", Check.ABORTS),
        ("char *p = gentle(n, 1); *p = 0;", Check.IGNORED),
        ("char *p = hard(n); *p = 0;", Check.ABORTS),
        ("char *p = soft(n); *p = 0;", Check.IGNORED),
        ("char *p = soft(n); if (!p) return;", Check.CHECKED),
        ("char *p = either(n, 0); *p = 0;", Check.ABORTS),
        ("char *p = either(n, 1); *p = 0;", Check.IGNORED),
        ("char p[] = alloca(n);", None),
    ],
)
def test_what_becomes_of_results(scan: Scan, code: str, expected: Check | None) -> None:
    report = scan({"a.c": PROJECT + f"void f(size_t n, struct text *s)\n{{\n{code}\n}}\n"})
    (site,) = (site for site in report.sites if site.function == "f")
    assert site.checked == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("int *p = new int;", Check.ABORTS),
        ("int *p = new (std::nothrow) int; if (!p) return;", Check.CHECKED),
        ("if (auto *p = malloc(1)) free(p);", Check.CHECKED),
    ],
)
def test_what_throws_is_never_nothing(scan: Scan, code: str, expected: Check) -> None:
    report = scan({"a.cpp": f"#include <new>\nvoid f()\n{{\n{code}\n}}\n"})
    assert report.sites[0].checked == expected


def test_nobody_asks_where_nothing_fails_softly(scan: Scan) -> None:
    report = scan({"a.py": "class A: pass\nA()\n"})
    assert [site.checked for site in report.sites] == [None]


def test_what_is_thrown_ends_the_function_like_what_does_not_come_back(scan: Scan) -> None:
    thrown = "char *f(size_t n) { char *p = (char *)malloc(n); if (!p) throw std::bad_alloc(); p[0] = 0; return p; }\n"
    report = scan({"a.cpp": f"#include <new>\n{thrown}void g() {{ f(3)[0] = 1; }}\n"})
    assert {site.name: site.checked for site in report.sites} == {"malloc": Check.ABORTS, "f": Check.ABORTS}
