"""Families of a tree's own."""

import json
from io import StringIO
from pathlib import Path

import pytest

import allocscan
from allocscan.filters import Selection, select
from allocscan.model import Action, Allocator, Kind, Report
from allocscan.reporters import FORMATS, writing
from allocscan.views.families import families as arranged
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


OFFSET = """
#define HEADER 8
static char *make(size_t n, int gently)
{
	char *block = gently ? lenient(n + HEADER) : strict(n + HEADER);
	char *text;
	if (!block)
		return NULL;
	block[0] = n;
	text = block + HEADER;
	return text;
}
char *text_new(size_t n) { return make(n, 0); }
char *text_try(size_t n) { return make(n, 1); }
void text_free(char *text) { if (text) free(text - HEADER); }
char **text_list(size_t n) { return strict(n); }
void text_list_free(char **list) { free(list); }
"""
RAW = """
void *lenient(size_t n) { return malloc(n); }
void *strict(size_t n)
{
	void *p = malloc(n);
	if (!p)
		abort();
	return p;
}
"""
TEXTS = """
void one(void) { char *a = text_new(1); text_free(a); }
void two(void) { char *a = text_try(1); text_free(a); }
void more(void) { char **a = text_list(1); text_list_free(a); }
"""


def test_memory_that_is_freed_from_a_place_before_it_is_a_family_of_its_own(scan: Scan) -> None:
    report = scan({"text.c": OFFSET, "raw.c": RAW, "use.c": TEXTS})
    found = {each.name: each for each in report.allocators if each.definition}
    of_text = {name for name, each in found.items() if each.family == "make"}
    assert of_text == {"make", "text_new", "text_try", "text_free"}
    assert found["text_free"].evidence[-1].statement == "frees a block that begins before text"
    assert found["text_list"].family == "c-heap"


def test_what_only_writes_before_its_memory_makes_no_object_under_any_name(scan: Scan) -> None:
    headed = OFFSET.replace("block[0] = n;", "struct head *head = (struct head *)block;\n\thead->n = n;")
    report = scan({"text.c": headed, "raw.c": RAW, "use.c": TEXTS, "old.h": "#define old_new text_new\n"})
    kinds = {each.name: each.kind for each in report.allocators if each.family == "make"}
    assert kinds == dict.fromkeys(("make", "text_new", "text_try", "text_free", "old_new"), Kind.RAW)


def test_a_parameter_may_say_how_an_allocator_fails(scan: Scan) -> None:
    found = {each.name: each.fails for each in scan({"text.c": OFFSET, "raw.c": RAW, "use.c": TEXTS}).allocators}
    assert (found["make"], found["text_new"], found["text_try"]) == ("abort", "abort", "null")


def test_what_a_parameter_chooses_is_what_stands_below(scan: Scan) -> None:
    more = (
        "char *text_empty(void) { return text_new(1); }\nchar *text_any(size_t n, int how) { return make(n, how); }\n"
    )
    more += "char *text_sure(void) { return text_any(1, 0); }\n"
    found = {each.name: each.wraps for each in scan({"text.c": OFFSET + more, "raw.c": RAW}).allocators}
    assert found["text_new"] == ("make", "strict", "malloc")
    assert found["text_try"] == ("make", "lenient", "malloc")
    assert found["text_empty"] == ("text_new", "make", "strict", "malloc")
    assert found["text_sure"] == ("text_any", "make", "strict", "malloc")


def test_where_the_first_choice_ends_the_program_nothing_is_said_of_the_other(scan: Scan) -> None:
    turned = OFFSET.replace("lenient(", "first(").replace("strict(", "lenient(").replace("first(", "strict(")
    found = {each.name: each.fails for each in scan({"text.c": turned, "raw.c": RAW}).allocators}
    assert found["text_new"] == found["text_try"] == ""


MAPPED = """
#include <sys/mman.h>
void *turned(size_t n) { void *p = mmap(0, n, 3, 2, -1, 0); return p == MAP_FAILED ? NULL : p; }
void *handed(size_t n) { void *p = mmap(0, n, 3, 2, -1, 0); if (p == MAP_FAILED) report(n); return p; }
void *strict(size_t n) { void *p = mmap(0, n, 3, 2, -1, 0); if (p == MAP_FAILED) abort(); return p; }
void *emptied(size_t n)
{
	void *p = mmap(0, n, 3, 2, -1, 0);
	if (p == MAP_FAILED)
		p = NULL;
	return p;
}
void *gentle(size_t n)
{
	void *p = mmap(0, n, 3, 2, -1, 0);
	if (p == MAP_FAILED && !n)
		p = NULL;
	return p;
}
"""


@pytest.mark.parametrize(
    ("name", "fails"),
    [
        ("turned", "null"),
        ("emptied", "null"),
        ("handed", "map-failed"),
        ("gentle", "map-failed"),
        ("strict", "abort"),
    ],
)
def test_whoever_asks_if_a_mapping_failed_may_hand_out_nothing_then(name: str, fails: str, scan: Scan) -> None:
    found = {each.name: each.fails for each in scan({"a.c": MAPPED}).allocators}
    assert found[name] == fails


HELD = """
struct text { char *data; };
void *strict(size_t n)
{
	void *p = malloc(n);
	if (!p)
		abort();
	return p;
}
void fill(struct text *t) { t->data = strict(8); }
char *detach(struct text *t)
{
	char *data = t->data;
	t->data = NULL;
	return data;
}
"""


def test_what_hands_over_what_an_object_holds_fails_as_what_filled_it(scan: Scan) -> None:
    found = {each.name: each for each in scan({"held.c": HELD}).allocators}
    assert found["detach"].fails == "abort"


def test_a_macro_that_assigns_says_to_which_argument(scan: Scan) -> None:
    text = "#define ARRAY(x, n) (x) = malloc(sizeof(*(x)) * (n))\nvoid f(void) { struct thing *t; ARRAY(t, 3); }\n"
    report = scan({"a.c": text})
    (macro,) = (each for each in report.allocators if each.name == "ARRAY")
    (site,) = (each for each in report.sites if each.name == "ARRAY")
    assert macro.out == 0
    assert (site.variable, site.type) == ("t", "struct thing")


def test_a_family_of_which_one_end_is_missing_says_so(scan: Scan) -> None:
    text = "#include <stdlib.h>\nvoid f(void *p) { char *a = sbrk(8); *a = 0; g_list_free(p); free(malloc(1)); }\n"
    found = {family.name: family.lacks for family in arranged(scan({"a.c": text}))}
    assert found == {"c-heap": None, "program-break": Action.DEALLOCATE, "g-list": Action.ALLOCATE}


MISSING = {
    "take.c": "void *grow(void) { char *a = sbrk(8); *a = 0; return a; }\n",
    "use.c": "void use(GList *list) { g_list_free(list); free(malloc(1)); }\n",
}


@pytest.mark.parametrize("form", ["terminal", "markdown", "json", "jsonl"])
def test_every_summary_names_families_of_which_one_end_is_missing(form: str, scan: Scan) -> None:
    stream = StringIO(newline="")
    with writing(FORMATS[form], stream) as write:
        write(scan(MISSING), lambda _path: b"")
    text = stream.getvalue().lower().replace("`", "")
    if form in ("terminal", "markdown"):
        assert "taken, and nowhere given back by name: program-break 1" in text
        assert "given back, and nowhere taken by name: g-list 1" in text
    else:
        last = json.loads(text)["summary"] if form == "json" else json.loads(text.splitlines()[-1])
        assert last["unmatched"] == [
            {"family": "program-break", "lacks": "deallocate", "sites": 1},
            {"family": "g-list", "lacks": "allocate", "sites": 1},
        ]


def test_what_is_missing_is_missing_in_the_whole_tree(scan: Scan, tmp_path: Path) -> None:
    given = "void grow(void *p) { free(p); }\n"
    taken = "void *take(void) { return malloc(8); }\n"
    report = scan({"give.c": given, "take.c": taken})
    narrow = select(report, Selection(paths=("give.c",)))
    assert [family.lacks for family in arranged(narrow)] == [None]
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "grow.c").write_text(MISSING["take.c"])
    assert allocscan.scan(str(tmp_path / "part")).unmatched
    assert not allocscan.scan(str(tmp_path), subtree="part").unmatched


def test_what_the_release_of_another_family_meets_is_given_back(scan: Scan) -> None:
    text = "void f(void) { char *s = NULL; redisFormatCommand(&s, text); free(s); }\n"
    assert scan({"a.c": text}).unmatched == ()


def test_what_is_passed_on_to_an_owner_lacks_nothing(scan: Scan) -> None:
    text = "void f(PangoAttrList *l) { PangoAttribute *a = pango_attr_size_new(1); pango_attr_list_insert(l, a); }\n"
    assert scan({"a.c": text}).unmatched == ()


def test_what_goes_with_its_pool_lacks_nothing(scan: Scan) -> None:
    text = "#include <obstack.h>\nvoid f(struct obstack *o) { char *a = obstack_alloc(o, 8); *a = 0; }\n"
    assert [family.lacks for family in arranged(scan({"a.c": text}))] == [None]


def test_what_an_owner_or_the_language_gives_back_lacks_nothing(scan: Scan) -> None:
    owned = "#include <memory>\nstd::unique_ptr<int> f() { return std::make_unique<int>(); }\n"
    dropped = "pub unsafe fn f(p: *mut i32) { drop(Box::from_raw(p)); }\n"
    assert not any(family.lacks for family in arranged(scan({"a.cpp": owned, "a.rs": dropped})))
