"""Pools and containers, what frees with the last use of its object, and what arguments say."""

import pytest

from allocscan.model import Allocator, Form, Kind, Level, Report, Resource, Role
from tests.discover.conftest import Scan

POOL = """
struct block { struct block *next; char *free, *end; };
struct pool { struct block *blocks; };
static struct block *add_block(struct pool *pool, size_t n)
{
	struct block *b = malloc(sizeof *b + n);
	b->next = pool->blocks;
	pool->blocks = b;
	return b;
}
void *pool_take(struct pool *pool, size_t n)
{
	struct block *b = pool->blocks;
	void *part;
	if (b->end - b->free < n)
		b = add_block(pool, n);
	part = b->free;
	b->free += n;
	return part;
}
char *pool_copy(struct pool *pool, const char *text, size_t n)
{
	char *copy = pool_take(pool, n);
	memcpy(copy, text, n);
	return copy;
}
void pool_drop(struct pool *pool)
{
	struct block *b = pool->blocks, *old;
	while (b) {
		old = b;
		b = b->next;
		free(old);
	}
	pool->blocks = NULL;
}
"""
LOOKUP = """
char *look_up(struct pool *pool, char *known, size_t n) { return known ? known : pool_take(pool, n); }
char *pool_pair(struct pool *pool) { return pool_take(pool, 2); }
"""
WINDOW = """
struct window { struct window *next; char *base; };
struct pack { struct window *windows; };
char *use_window(struct pack *p, size_t offset)
{
	struct window *w = p->windows;
	if (!w) {
		w = malloc(sizeof *w);
		w->base = mmap(0, 4096, 1, 1, -1, 0);
	}
	return w->base + offset;
}
"""
SLAB = """
struct slab { char *next; int left; };
void *slab_take(struct slab *s, size_t n)
{
	void *part;
	if (!s->left)
		s->next = malloc(100 * n);
	part = s->next;
	s->next = s->next + n;
	return part;
}
char *cached(struct slab *s)
{
	if (!s->next)
		s->next = malloc(100);
	return s->next;
}
"""
CONTAINER = """
struct text { char *data; size_t room; };
void text_grow(struct text *t, size_t n) { t->data = realloc(t->data, n); }
void text_add(struct text *t, const char *more) { text_grow(t, strlen(more)); }
void text_set(struct text *t) { text_clear(t); text_grow(t, 1); }
void text_clear(struct text *t) { free(t->data); t->data = NULL; text_grow(t, 0); }
"""
DESTRUCTOR = """
struct thing { char *name; };
#define CLEAR_NAME(t) do { free((t).name); (t).name = NULL; } while (0)
void thing_clear(struct thing *t) { free(t->name); t->name = NULL; }
void thing_rename(struct thing *t, char *name)
{
	free(t->name);
	t->name = name;
}
void thing_clear_some(struct thing *t, int ask) { if (ask) free(t->name); }
"""
COUNTED = """
struct thing { int refs; };
void thing_free(struct thing *t) { free(t); }
void thing_unref(struct thing *t)
{
	if (t != NULL && --t->refs <= 0)
		thing_free(t);
}
void announce(struct thing *t)
{
	print(t);
	thing_unref(t);
}
"""


def described(report: Report) -> dict[str, Allocator]:
    """Give what a report says of the allocators that the tree defines, candidates included."""
    return {found.name: found for found in (*report.allocators, *report.candidates) if found.definition}


def test_what_hands_out_parts_of_kept_blocks_is_a_pool(scan: Scan) -> None:
    found = described(scan({"pool.c": POOL}))
    take, copy, drop = found["pool_take"], found["pool_copy"], found["pool_drop"]
    assert (take.role, take.kind, take.family, take.size) == (Role.ALLOCATOR, Kind.POOL, "pool_take", 1)
    assert (copy.kind, copy.family, copy.size, copy.wraps[0]) == (Kind.POOL, "pool_take", 2, "pool_take")
    assert (drop.role, drop.kind, drop.family, drop.pointer) == (Role.DEALLOCATOR, Kind.POOL, "pool_take", 0)
    assert [each.statement for each in take.evidence] == [
        "obtains a block from add_block, which pool keeps",
        "returns b->free, a part of it",
    ]
    assert [each.location.line for each in take.evidence] == [16, 17]


def test_memory_of_a_pool_is_asked_for_by_name(scan: Scan) -> None:
    report = scan({"pool.c": POOL + "void end(struct pool *p) { pool_drop(p); }\n"})
    assert [site.name for site in report.sites] == ["malloc", "add_block", "pool_take", "free", "pool_drop"]
    assert [site.family for site in report.sites] == ["c-heap", "c-heap", "pool_take", "c-heap", "pool_take"]
    assert all(site.explicit for site in report.sites)
    assert described(report)["pool_take"].sites == 1
    assert described(report)["pool_copy"].pairs == ("pool_drop",)
    assert described(report)["pool_drop"].pairs == ("pool_take", "pool_copy")


def test_what_may_come_of_a_pool_or_from_elsewhere_is_no_memory_of_it(scan: Scan) -> None:
    found = described(scan({"pool.c": POOL + LOOKUP}))
    assert "look_up" not in found
    assert "pool_pair" in found


def test_a_window_that_is_kept_is_no_pool(scan: Scan) -> None:
    assert "use_window" not in described(scan({"window.c": WINDOW}))


def test_a_pool_that_goes_with_its_blocks_is_told_as_what_gives_them_back(scan: Scan) -> None:
    whole = POOL.replace("pool->blocks = NULL;", "free(pool);")
    found = described(scan({"pool.c": whole}))
    assert found["pool_take"].pairs == ("pool_drop",)
    assert found["pool_drop"].family == "c-heap"


def test_a_field_that_moves_on_through_its_block_is_a_pool_and_one_that_stays_is_none(scan: Scan) -> None:
    found = described(scan({"slab.c": SLAB}))
    assert (found["slab_take"].kind, found["slab_take"].size) == (Kind.POOL, 1)
    assert "cached" not in found


def test_an_object_with_a_field_that_grows_and_is_freed_is_a_container(scan: Scan) -> None:
    report = scan({"text.c": CONTAINER})
    found = described(report)
    assert {name: (each.role, each.pointer) for name, each in found.items()} == {
        "text_grow": (Role.REALLOCATOR, 0),
        "text_add": (Role.REALLOCATOR, 0),
        "text_set": (Role.REALLOCATOR, 0),
        "text_clear": (Role.DEALLOCATOR, 0),
    }
    assert {(each.kind, each.resource) for each in found.values()} == {(Kind.CONTAINER, Resource.CONTAINER)}
    sites = {site.name: site for site in report.sites}
    assert list(sites) == ["realloc", "text_grow", "text_clear", "free"]
    assert {name for name, site in sites.items() if site.explicit} == {"realloc", "free"}
    assert sites["text_grow"].form == sites["text_clear"].form == Form.GROWTH


def test_what_only_frees_fields_takes_an_object_apart(scan: Scan) -> None:
    found = described(scan({"thing.c": DESTRUCTOR}))
    assert found.keys() == {"thing_clear", "CLEAR_NAME"}
    assert {(each.kind, each.resource, each.pointer) for each in found.values()} == {
        (Kind.CONSTRUCTOR, Resource.CONTAINER, 0)
    }


def test_what_only_grows_is_no_container(scan: Scan) -> None:
    assert not described(scan({"text.c": CONTAINER.partition("void text_set")[0]}))


@pytest.mark.parametrize(
    "condition",
    ["--t->refs <= 0", "t->refs == 1", "t != NULL && --t->refs == 0", "!--t->refs", "t && t->ref_count-- == 1"],
)
def test_what_frees_with_the_last_use_is_counted(scan: Scan, condition: str) -> None:
    text = f"void put(struct thing *t)\n{{\n\tif ({condition})\n\t\tfree(t);\n}}\n"
    found = described(scan({"a.c": text}))["put"]
    assert (found.role, found.kind, found.pointer) == (Role.DEALLOCATOR, Kind.REFCOUNTED, 0)
    assert found.level != Level.MAYBE
    assert found.evidence[-1].statement.startswith("does so only where ")


@pytest.mark.parametrize("condition", ["t->refs", "t->kind == 1", "--t->left <= 0", "t->refs > 1"])
def test_other_questions_count_nothing(scan: Scan, condition: str) -> None:
    text = f"void put(struct thing *t)\n{{\n\tif ({condition})\n\t\tfree(t);\n}}\n"
    assert described(scan({"a.c": text}))["put"].level == Level.MAYBE


def test_giving_a_use_up_is_no_release(scan: Scan) -> None:
    found = described(scan({"a.c": COUNTED}))
    assert found["thing_unref"].kind == Kind.REFCOUNTED
    assert found["announce"].level == Level.MAYBE


@pytest.mark.parametrize(
    ("text", "size", "count", "kind"),
    [
        ("#define ONE(type) (type *)malloc(sizeof(type))", None, None, 0),
        ("#define MANY(type, n) (type *)malloc(sizeof(type) * (n))", None, 1, 0),
        ("#define ARRAY(x, n) (x) = malloc(sizeof(*(x)) * (n))", None, 1, None),
        ("#define FLEX(x, n) (x) = malloc(sizeof(*(x)) + (n))", 1, None, None),
        ("void *f(const char *s, size_t n) { return calloc(n, sizeof(int)); }", None, 1, None),
        ("void *f(size_t n) { size_t all = n + 1; return malloc(all); }", 0, None, None),
        ("void *f(int *n) { *n = 0; return malloc((*n + 1) * sizeof(char *)); }", None, None, None),
        ("void *f(int pool, size_t n, size_t each) { size_t all = n * each; return malloc(all); }", 2, 1, None),
        ("void *f(size_t n, size_t each) { size_t all = mul(n, each); return malloc(all); }", 1, 0, None),
        ("void *f(size_t n, size_t each) { return malloc(n + each); }", 0, None, None),
        (
            "void *copy(const char *s, size_t n) { char *p = malloc(n); memcpy(p, s, n); return p; }\n"
            "void *f(const char *s, size_t n) { char *e = memchr(s, 0, n); return copy(s, e ? e - s : n); }",
            1,
            None,
            None,
        ),
    ],
)
def test_arguments_say_how_much_how_many_and_of_what(
    scan: Scan, text: str, size: int | None, count: int | None, kind: int | None
) -> None:
    *_, found = (each for name, each in described(scan({"a.c": text + "\n"})).items() if name != "copy")
    assert (found.size, found.count, found.type) == (size, count, kind)


OBJECTS = """
struct thing { int refs; };
struct other { int size; };
struct thing *thing_new(void)
{
	struct thing *t = malloc(sizeof *t);
	t->refs = 1;
	return t;
}
struct thing *thing_named(int name) { return thing_new(); }
struct other *other_new(void)
{
	struct other *o = malloc(sizeof *o);
	o->size = 1;
	return o;
}
"""


def test_what_hands_out_objects_that_count_their_users_is_counted_and_pairs_with_what_gives_a_use_up(
    scan: Scan,
) -> None:
    found = described(scan({"a.c": OBJECTS + COUNTED.partition("\n")[2].partition("\n")[2]}))
    kinds = {name: each.kind for name, each in found.items() if each.role == Role.ALLOCATOR}
    assert kinds == {"thing_new": Kind.REFCOUNTED, "thing_named": Kind.REFCOUNTED, "other_new": Kind.CONSTRUCTOR}
    assert found["thing_new"].pairs == found["thing_named"].pairs == ("thing_unref",)
    assert found["thing_unref"].pairs == ("thing_new", "thing_named")
    assert found["thing_new"].evidence[-1].statement == "hands out what thing_unref frees with its last use"


PLATFORMS = {
    "unix.h": "#define get_setting(name) getenv(name)\n",
    "windows.h": "#define get_setting(name) getenv(name)\n",
    "amiga.c": "char *get_setting(char *name) { return strdup(name); }\n",
    "a.c": '#include "unix.h"\n#include "windows.h"\nchar *home(void) { return get_setting("HOME"); }\n',
}


def test_what_another_platform_would_do_is_not_claimed_where_most_definitions_do_nothing(scan: Scan) -> None:
    report = scan(PLATFORMS)
    assert {found.name for found in report.allocators if found.definition} == {"get_setting"}
    assert [site.name for site in report.sites] == ["strdup"]


CLEARING = """
#define fill(p, c, n) memset((p), (c), (n))
void *clear(size_t n) { void *p = malloc(n); if (p != NULL) fill(p, 0, n); return p; }
void *clear_named(size_t n, int name) { return clear(n); }
void *filled(size_t n) { void *p = malloc(n); fill(p, 1, n); return p; }
void *begun(size_t n) { void *p = malloc(n); memset(p, 0, 4); return p; }
void *perhaps(size_t n, int ask) { void *p = malloc(n); if (ask) memset(p, 0, n); return p; }
struct thing *object(void) { struct thing *t = malloc(sizeof *t); bzero(t, sizeof(*t)); return t; }
"""


def test_what_clears_all_that_it_hands_out_gives_zeroed_memory(scan: Scan) -> None:
    found = described(scan({"a.c": CLEARING}))
    assert {name for name, each in found.items() if each.zeroed} == {"clear", "clear_named", "object"}
    assert found["clear"].evidence[-1].statement == "clears p with fill"


def test_the_length_of_a_text_is_no_size(scan: Scan) -> None:
    text = "char *f(const char *s) { size_t n = strlen(s) + 1; char *p = malloc(n); strcpy(p, s); return p; }\n"
    assert described(scan({"a.c": text}))["f"].size is None


LAZY = """
struct cell {{ int n; char *text; }};
struct cell *cell_of(struct sheet *sheet, int i)
{{
	struct cell *cell = {place};
	if (!cell) {{
		cell = malloc(sizeof *cell);
		{keep}
	}}
	return {handed};
}}
"""


@pytest.mark.parametrize(
    ("place", "keep", "handed", "kind"),
    [
        ("sheet->cells[i]", "sheet->cells[i] = cell;", "cell", None),
        ("sheet->last", "sheet->last = cell;", "cell", None),
        ("sheet->last", "sheet->last = cell;", "(char *)cell + sheet->size", Kind.POOL),
        ("sheet->cells[i]", "sheet->cells[i + 1] = cell;", "cell", Kind.RAW),
        ("sheet->last", "cell->n = i;", "cell", Kind.CONSTRUCTOR),
        ("sheet->last", "sheet->last = cell; sheet->last = sheet->next;", "cell", Kind.RAW),
    ],
)
def test_what_is_put_back_where_it_was_looked_for_stays_there(
    place: str, keep: str, handed: str, kind: Kind | None, scan: Scan
) -> None:
    report = scan({"a.c": LAZY.format(place=place, keep=keep, handed=handed)})
    assert [each.kind for each in report.allocators if each.name == "cell_of"] == [kind] * (kind is not None)
