"""Chains of objects that are freed from a parameter on, and what a parameter points to."""

import pytest

from allocscan.model import Action, Kind, Level, Role
from tests.discover.conftest import Scan

OBJECT = "struct item { struct item *next; char *text; int kept; };\nextern char none[];\n"
RELEASE = "void end(struct item *{0}item)\n{{\n\tstruct item *other;\n\t{1}\n}}\n"


@pytest.mark.parametrize(
    "body",
    [
        "while (item) {\n other = item->next;\n free(item->text);\n free(item);\n item = other;\n}",
        "while (item) {\n other = item;\n item = item->next;\n free(other);\n}",
        "for (; item; item = other) {\n other = item->next;\n free(item);\n}",
        "struct item *each = item;\n while (each) {\n other = each->next;\n free(each);\n each = other;\n}",
        "while (item != NULL) {\n other = item->next;\n item->next = NULL;\n free(item);\n item = other;\n}",
    ],
)
def test_a_chain_is_freed_with_its_first_object(scan: Scan, body: str) -> None:
    (end,) = (each for each in scan({"a.c": OBJECT + RELEASE.format("", body)}).allocators if each.name == "end")
    assert (end.role, end.kind, end.pointer, end.level) == (Role.DEALLOCATOR, Kind.CONSTRUCTOR, 0, Level.CERTAIN)


@pytest.mark.parametrize(
    "body",
    [
        "for (other = item->next; other; other = item->next) {\n item->next = other->next;\n free(other);\n}",
        "while (item && !item->kept)\n item = item->next;\n free(item);",
        "while (item) {\n other = item->next;\n if (!item->kept)\n free(item);\n item = other;\n}",
        "while (item) {\n other = look_up(item);\n free(item);\n item = other;\n}",
    ],
)
def test_what_frees_some_objects_of_a_chain_is_no_deallocator(scan: Scan, body: str) -> None:
    assert "end" not in [each.name for each in scan({"a.c": OBJECT + RELEASE.format("", body)}).allocators]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("struct item **", "free(*item);\n *item = NULL;"),
        ("void *", "void **place = (void **)item;\n if (!item)\n return;\n free(*place);\n *place = NULL;"),
    ],
)
def test_what_a_parameter_points_to_is_freed(scan: Scan, kind: str, body: str) -> None:
    macro = "#define END(x) do { typeof(x) at = (x); \\\n free(*at); \\\n *at = 0; } while (0)\n"
    text = f"void end({kind}item)\n{{\n\t{body}\n}}\n{macro}"
    found = {each.name: each for each in scan({"a.c": text}).allocators}
    assert {(found[name].role, found[name].pointer) for name in ("end", "END")} == {(Role.DEALLOCATOR, 0)}


def test_what_is_freed_but_for_one_lasting_object_is_freed(scan: Scan) -> None:
    text = OBJECT + "void end(char *text)\n{\n\tif (text && text != none)\n\t\tfree(text);\n}\n"
    (end,) = (each for each in scan({"a.c": text}).allocators if each.name == "end")
    assert end.pointer == 0


@pytest.mark.parametrize(
    "body",
    [
        "char *made = malloc(4);\n if (!made)\n free(text);\n else\n *made = *text;\n return made;",
        "char *made = realloc(text, 4);\n if (made) {\n *made = 0;\n } else {\n free(text);\n }\n return made;",
    ],
)
def test_what_is_freed_only_where_nothing_was_obtained_is_no_release(scan: Scan, body: str) -> None:
    report = scan({"a.c": f"char *end(char *text)\n{{\n\t{body}\n}}\n"})
    assert [each.role for each in report.allocators if each.name == "end" and each.role is Role.DEALLOCATOR] == []


def test_a_release_that_is_sure_outweighs_a_guess_above_it(scan: Scan) -> None:
    loop = "for (at = texts; *at; at++)\n\t\tfree(*at);\n\tfree(texts);"
    report = scan({"a.c": f"void end(char **texts)\n{{\n\tchar **at;\n\t{loop}\n}}\n"})
    assert [each.level for each in report.allocators if each.name == "end"] == [Level.CERTAIN]


def test_how_sure_it_is_does_not_hang_on_the_order_of_functions(scan: Scan) -> None:
    users = "char *outer(int n)\n{\n\tchar *p = n ? first(n) : second(n);\n\treturn p;\n}\n"
    makers = "char *first(int n) { return inner(n); }\nchar *inner(int n) { return malloc(n); }\n"
    makers += "char *second(int n) { return malloc(n); }\n"
    found = {each.name: each.level for each in scan({"a.c": users, "b.c": makers}).allocators}
    assert set(found.values()) == {Level.CERTAIN}


def test_what_either_branch_releases_is_released(scan: Scan) -> None:
    choice = "if (pool->own)\n\t\tdrop(text);\n\telse\n\t\tfree(text);"
    text = f"void drop(char *text) {{ free(text); }}\nvoid end(struct pool *pool, char *text)\n{{\n\t{choice}\n}}\n"
    (end,) = (each for each in scan({"a.c": text}).allocators if each.name == "end")
    assert (end.pointer, end.level) == (1, Level.CERTAIN)


def test_what_is_made_as_small_as_nothing_is_released(scan: Scan) -> None:
    resize = "void *resize(void *text, int n)\n{\n\tif (!n) {\n\t\tfree(text);\n\t\treturn 0;\n\t}\n"
    resize += "\treturn realloc(text, n);\n}\n"
    report = scan({"a.c": f"{resize}void end(void *text)\n{{\n\tresize(text, 0);\n}}\n"})
    (end,) = (each for each in report.allocators if each.name == "end")
    assert (end.role, end.pointer) == (Role.DEALLOCATOR, 0)
    assert [site.action for site in report.sites if site.name == "resize"] == [Action.DEALLOCATE]


def test_a_parameter_that_is_only_announced_outlives_nothing(scan: Scan) -> None:
    text = "struct item;\nint look(struct item *found);\nvoid *take(int n)\n{\n\tvoid *found;\n"
    report = scan({"a.c": f"{text}\n\tfound = malloc(n);\n\treturn found;\n}}\n"})
    assert "take" in [each.name for each in report.allocators]
