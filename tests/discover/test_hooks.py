"""Functions that are called through what holds them, and names that other names stand for."""

import pytest

from allocscan.model import Report, Role
from tests.discover.conftest import Scan

TABLE = """
typedef void *(*take)(unsigned long);
struct functions { int version; take first_alloc, second_alloc; void (*at_free)(void *); };
typedef struct functions functions_t;
static functions_t table = { 1, &malloc, malloc, free };
void *obtain(unsigned long n) { return table.second_alloc(n); }
void release(void *p) { table.at_free(p); }
"""


def names(report: Report) -> set[str]:
    return {found.name for found in report.allocators if found.definition}


def test_a_table_fills_the_fields_of_its_structure_in_their_order(scan: Scan) -> None:
    assert names(scan({"a.c": TABLE})) == {"obtain", "release"}


def test_a_number_beyond_the_fields_fills_none(scan: Scan) -> None:
    beyond = TABLE.replace("{ 1, &malloc, malloc, free }", "{ 1, 0, 0, 0, malloc, free }")
    assert not names(scan({"a.c": beyond}))


def test_structures_named_after_each_other_are_not_followed_in_a_circle(scan: Scan) -> None:
    circle = (
        "typedef struct a b;\ntypedef struct b a;\nstatic a t = { malloc };\nvoid *f(void) { return t.x_alloc(1); }\n"
    )
    assert not names(scan({"a.c": circle}))


def test_what_is_assigned_counts_like_what_a_table_lists(scan: Scan) -> None:
    text = """
    struct suite { void *(*malloc_fcn)(unsigned long); };
    void set(struct suite *suite) { suite->malloc_fcn = malloc; }
    void *obtain(struct suite *suite) { return suite->malloc_fcn(1); }
    """
    assert names(scan({"a.c": text})) == {"obtain"}


def test_variables_that_hold_each_other_are_not_followed_in_a_circle(scan: Scan) -> None:
    circle = """
    typedef void *(*take)(unsigned long);
    take one_alloc, two_alloc;
    void set(void) { one_alloc = two_alloc; two_alloc = one_alloc; }
    void *obtain(void) { return one_alloc(1); }
    void *again(void) { return two_alloc(1); }
    """
    assert not names(scan({"a.c": circle}))


def test_another_name_for_a_release_that_counts_users_needs_no_parameters(scan: Scan) -> None:
    report = scan({"a.c": "#define forget_session SSL_SESSION_free\nvoid end(SSL_SESSION *s) { forget_session(s); }\n"})
    assert [site.name for site in report.sites] == ["forget_session"]


def test_what_stands_for_nothing_renames_nothing(scan: Scan) -> None:
    text = """
    #ifdef WITHOUT
    #define make() NULL
    #define keep NULL
    #else
    char *make(void) { return malloc(1); }
    char *keep(void) { return malloc(2); }
    #endif
    void use(void) { char *a = make(), *b = NULL; free(a); }
    """
    report = scan({"a.c": text})
    assert [site.name for site in report.sites] == ["malloc", "malloc", "make", "free"]
    assert all(found.wraps == ("malloc",) for found in report.allocators if found.definition)


def test_macros_that_use_each_other_many_times_are_looked_into_once(scan: Scan) -> None:
    width, height = 20, 7
    levels = [f"#define A{n}(x) {' '.join([f'A{n + 1}(x);'] * width)}" for n in range(height)]
    text = "\n".join(
        [*levels, f"#define A{height}(x) B(x); free((x)->y)", "#define B(x) A0(x)", "void f(struct s *x) { A0(x); }"]
    )
    report = scan({"a.c": text + "\n"})
    (site,) = (site for site in report.sites if site.function == "f")
    assert (site.name, site.action, len(site.via)) == ("A0", "deallocate", height + 1)


def test_what_says_most_of_several_speaks_for_a_field(scan: Scan) -> None:
    text = """
    struct ops { void *(*grow_alloc)(void *p, size_t n, int line); void *(*new_alloc)(size_t n, int line); };
    extern struct ops ops;
    static void *fail(size_t n, int line) { return malloc(3); }
    static void *plain(size_t n, int line) { return malloc(n); }
    static void *copying(void *p, size_t n, int line) { void *new = malloc(n); memcpy(new, p, n); return new; }
    static void *growing(void *p, size_t n, int line) { return realloc(p, n); }
    static void *grown(void *p, size_t n, int line) { return realloc(p, n); }
    void one(struct ops *ops) { ops->new_alloc = fail; ops->grow_alloc = copying; }
    void two(struct ops *ops) { ops->new_alloc = plain; ops->grow_alloc = growing; }
    void three(struct ops *ops) { ops->grow_alloc = grown; }
    void *get(size_t n) { return ops.new_alloc(n, 1); }
    void *grow(void *p, size_t n) { return ops.grow_alloc(p, n, 1); }
    """
    found = {each.name: each for each in scan({"a.c": text}).allocators}
    assert (found["get"].role, found["get"].size) == (Role.ALLOCATOR, 0)
    assert (found["grow"].role, found["grow"].pointer, found["grow"].size) == (Role.REALLOCATOR, 0, 1)


def test_a_function_is_called_through_its_pointer_as_well(scan: Scan) -> None:
    text = """
    static void *(*alloc_hook)(unsigned long) = malloc;
    struct suite { void (*free_field)(void *); } suite = { .free_field = free };
    void *obtain(unsigned long n) { return (*alloc_hook)(n); }
    void release(struct suite *suite, void *p) { (*suite->free_field)(p); }
    void *plain(unsigned long n) { return (malloc)(n); }
    """
    report = scan({"a.c": text})
    assert names(report) == {"obtain", "release", "plain"}
    assert [(site.name, site.allocator) for site in report.sites] == [("malloc", "malloc")]


def test_nothing_qualifies_the_name_of_a_macro(scan: Scan) -> None:
    text = "namespace a { struct b {\n#define NEW(n) malloc(n)\n}; }\nvoid *f() { return NEW(1); }\n"
    assert names(scan({"a.cpp": text})) == {"NEW", "f"}


TYPED = """
struct giver {{ void (*drop)(void *p); }};
typedef struct keeper {{ void (*drop)(void *p); }} keeper_t;
void keep(void *p) {{ kept = p; }}
{filled}
void end({parameter}, void *p) {{ {call}(p); }}
"""


FILLED = [
    "void set(struct giver *one, keeper_t *other) { one->drop = free; other->drop = keep; }",
    "static struct giver one = { .drop = free };\nstatic const keeper_t other = { .drop = keep };",
    "struct giver one[] = { { .drop = free }, { .drop = free } };\nkeeper_t other = { keep };",
]


@pytest.mark.parametrize("filled", FILLED)
@pytest.mark.parametrize(
    ("parameter", "call", "frees"),
    [
        ("struct giver *one", "one->drop", True),
        ("struct keeper *one", "one->drop", False),
        ("keeper_t *one", "one->drop", False),
        ("keeper_t one", "one.drop", False),
        ("struct other *one", "one->drop", False),
        ("void *one", "((struct giver *)one)->drop", True),
    ],
)
def test_the_type_of_an_object_tells_what_its_field_holds(
    parameter: str, call: str, frees: bool, filled: str, scan: Scan
) -> None:
    report = scan({"a.c": TYPED.format(parameter=parameter, call=call, filled=filled)})
    assert ("end" in {each.name for each in report.allocators}) is frees
