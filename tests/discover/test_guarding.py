"""What is asked on the way to a release, and where a function is left before it."""

import pytest

from allocscan.model import Allocator, Kind, Level, Report
from tests.discover.conftest import Scan

UNIT = """
struct thing {{ int refcount, busy; char *name; }};
void end(struct thing *thing, int n, int flag)
{{
	{before}
	free(thing);
}}
"""


@pytest.mark.parametrize(
    ("before", "level"),
    [
        ("", Level.CERTAIN),
        ("if (!thing) return;", Level.CERTAIN),
        ("if (thing == NULL) { log(thing); return; /* nothing */ }", Level.CERTAIN),
        ("if (unlikely(thing == NULL)) return;", Level.CERTAIN),
        ("if (busy()) return;", Level.LIKELY),
        ("if (!thing || thing->busy) return;", Level.LIKELY),
        ("if (n <= 0 || !thing) return;", Level.LIKELY),
        ("if (busy()) { if (thing->busy) return; }", Level.LIKELY),
        ("if (!flag) return;", Level.MAYBE),
        ("if (flag == 3 || !thing) return;", Level.MAYBE),
        ("if (flag) log(thing);", Level.CERTAIN),
        ("if (flag) { return; } else { log(thing); }", Level.LIKELY),
        ("if (flag) { free(thing); return; }", Level.CERTAIN),
        ("if (flag) { free(thing->name); return; }", Level.MAYBE),
    ],
)
def test_leaving_before_makes_a_release_less_sure(before: str, level: Level, scan: Scan) -> None:
    assert found(scan({"a.c": UNIT.format(before=before)}))["end"].level is level


LINKED = """
struct list {{ struct node *first; }};
struct node {{ struct node *next; }};
void drop(struct list *list, struct node *node, int flag)
{{
	{before}
	list->first = node->next;
	{release}
}}
"""


@pytest.mark.parametrize(
    ("before", "release", "level"),
    [
        ("if (!list || !node) return;", "free(node);", Level.LIKELY),
        ("if (list == NULL) return;", "free(node);", Level.LIKELY),
        ("", "if (list) free(node);", Level.LIKELY),
        ("", "if (list != NULL) free(node);", Level.LIKELY),
        ("", "if (!list) free(node);", Level.MAYBE),
        ("if (list) return;", "free(node);", Level.MAYBE),
        ("if (!flag) return;", "free(node);", Level.MAYBE),
        ("if (!list || !flag) return;", "free(node);", Level.MAYBE),
    ],
)
def test_asking_for_another_object_that_is_needed_is_no_guess(
    before: str, release: str, level: Level, scan: Scan
) -> None:
    text = LINKED.format(before=before, release=release)
    assert found(scan({"a.c": text}))["drop"].level is level


@pytest.mark.parametrize(
    "before",
    [
        "if (--thing->refcount > 0) return;",
        "if (--thing->refcount) return;",
        "if (thing == NULL || --thing->refcount != 0) return;",
        "if (thing->refcount-- > 1) return;",
    ],
)
def test_leaving_while_others_use_it_counts_uses(before: str, scan: Scan) -> None:
    end = found(scan({"a.c": UNIT.format(before=before)}))["end"]
    assert (end.kind, end.level) == (Kind.REFCOUNTED, Level.CERTAIN)


def test_a_counted_object_may_have_a_say(scan: Scan) -> None:
    before = "if (--thing->refcount > 0) return; if (busy_with(thing)) return;"
    end = found(scan({"a.c": UNIT.format(before=before)}))["end"]
    assert (end.kind, end.level) == (Kind.REFCOUNTED, Level.LIKELY)


def test_what_is_left_in_a_block_does_not_end_the_function(scan: Scan) -> None:
    text = """
    void end(char *p, int flag)
    {
        for (int i = 0; i < 3; i++) {
            if (i == flag) return;
            step(i);
        }
        free(p);
    }
    """
    assert found(scan({"a.c": text}))["end"].level is Level.LIKELY


def test_what_a_function_keeps_for_itself_is_not_handed_out(scan: Scan) -> None:
    text = """
    static struct node *first;
    char *name(const char *text) { static char *last; char *copy; free(last); copy = strdup(text); last = copy;
        return copy; }
    struct node *linked(void) { struct node *node = malloc(sizeof *node); node->next = first; first = node;
        return node; }
    """
    assert found(scan({"a.c": text})).keys() == {"linked"}


def test_every_call_is_named_whose_memory_may_be_handed_out(scan: Scan) -> None:
    text = 'char *get(int n) { char *p; if (n) p = malloc(n); else p = strdup(""); return p; }'
    assert [each.statement for each in found(scan({"a.c": text}))["get"].evidence] == [
        "obtains memory from malloc and hands it out",
        "obtains memory from strdup and hands it out",
    ]


def found(report: Report) -> dict[str, Allocator]:
    """List what the tree defines, candidates included."""
    return {each.name: each for each in (*report.allocators, *report.candidates) if each.definition}


def test_a_local_hides_a_variable_that_outlives_the_call(scan: Scan) -> None:
    text = """
    struct node *node;
    struct node *make(void) { struct node *node = malloc(sizeof *node); return node; }
    struct node *shared(void) { node = malloc(sizeof *node); return node; }
    """
    assert found(scan({"a.c": text})).keys() == {"make"}


FAMILY = """
static void *(*fill)(size_t n);
static void (*drop)(void *p);
void *get(size_t n) {{ void *p = malloc(n); {book} return p; }}
void put(void *p) {{ if (drop) drop(p); free(p); }}
void use(void) {{ void *p = get(3); put(p); }}
"""


@pytest.mark.parametrize("book", ["memset(p, 0, n);", "strcpy(p, name);", ""])
def test_what_fills_a_block_keeps_no_books_of_it(book: str, scan: Scan) -> None:
    assert {each.family for each in found(scan({"a.c": FAMILY.format(book=book)})).values()} == {"c-heap"}


def test_what_only_hands_on_to_what_gives_a_use_up_does_the_same(scan: Scan) -> None:
    text = """
    struct thing { int refcount; };
    void drop(struct thing *thing) { if (--thing->refcount == 0) free(thing); }
    void drop_any(void *thing) { drop(thing); }
    int put_away(struct thing *thing) { int done = store(thing); drop(thing); return done; }
    """
    levels = {name: each.level for name, each in found(scan({"a.c": text})).items()}
    assert levels == {"drop": Level.LIKELY, "drop_any": Level.LIKELY, "put_away": Level.MAYBE}


HANDING_BACK = """
struct thing *set_up(struct thing *thing, int n)
{{
	{before}
	free(thing);
	return NULL;
}}
"""


@pytest.mark.parametrize(
    ("before", "level"),
    [
        ("if (!thing) return thing;", Level.CERTAIN),
        ("if (fill(thing)) goto failed;\n\treturn thing;\nfailed:", Level.MAYBE),
        ("if (fill(n)) return thing;", Level.MAYBE),
        ("if (!thing) return thing;\n\tif (fill(n)) return thing;", Level.MAYBE),
        ("if (busy()) return other(n);", Level.LIKELY),
    ],
)
def test_what_is_handed_back_unless_something_fails_is_not_given_back(before: str, level: Level, scan: Scan) -> None:
    report = scan({"a.c": HANDING_BACK.format(before=before)})
    levels = {each.name: each.level for each in (*report.allocators, *report.candidates) if each.name == "set_up"}
    assert levels == {"set_up": level}
