"""Implementations, other names and attributes are discovered."""

import pytest

from allocscan.model import Allocator, Level, Report, Role
from tests.discover.conftest import Scan

ALIASES = "#define weak_alias(old, new) extern __typeof(old) new __attribute__((__weak__, __alias__(#old)))\n"


def defined(report: Report) -> dict[str, tuple[Role, ...]]:
    """Say what the functions of a report are, sure ones only; macros left out."""
    found: dict[str, tuple[Role, ...]] = {}
    for definition in report.definitions:
        if definition.role != Role.CLASS and definition.level == Level.CERTAIN:
            found[definition.name] = (*found.get(definition.name, ()), definition.role)
    return found


def described(report: Report, name: str) -> Allocator:
    """Find what a report says of an allocator that the tree defines."""
    (found,) = (allocator for allocator in report.allocators if allocator.name == name and allocator.definition)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("void *malloc(size_t n) { return arena; }", {"malloc": (Role.ALLOCATOR,)}),
        ("void free(void *p) { last = p; }", {"free": (Role.DEALLOCATOR,)}),
        ("void *realloc(void *p, size_t n) { free(p); return malloc(n); }", {"realloc": (Role.REALLOCATOR,)}),
        (
            "API void NOTHROW *\nATTR(malloc) SIZE(1) malloc(size_t n) {\n\treturn arena;\n}",
            {"malloc": (Role.ALLOCATOR,)},
        ),
        ("static void *malloc(size_t n) { return arena; }", {}),
        ("void *malloc(struct pool *p, size_t n) { return p->arena; }", {}),
        ("void free(void) { last = 0; }", {}),
        ("void *malloc(size_t n);", {}),
        ("void *xmalloc(size_t n) { return arena; }", {}),
    ],
)
def test_names_of_libraries_are_implemented(scan: Scan, text: str, expected: dict[str, tuple[Role, ...]]) -> None:
    assert defined(scan({"a.c": text + "\n"})) == expected


def test_names_are_known_before_and_after_they_are_replaced(scan: Scan) -> None:
    report = scan(
        {
            "glue.h": "#define malloc inner_malloc\n",
            "a.c": '#include "glue.h"\nvoid *malloc(size_t n) { return arena; }\n',
            "b.c": "void *b(void) { return inner_malloc(1); }\n",
            "c.c": "#define realloc grow\nvoid *grow(void *p, size_t n) { return p; }\n",
        }
    )
    assert defined(report) == {
        "malloc": (Role.ALLOCATOR, Role.ALLOCATOR),
        "b": (Role.ALLOCATOR,),
        "grow": (Role.REALLOCATOR,),
        "realloc": (Role.REALLOCATOR,),
    }
    (site,) = (site for site in report.sites if site.location.path == "b.c")
    assert site.resolved and (site.resolved.path, site.resolved.line) == ("a.c", 2)


@pytest.mark.parametrize(
    "alias",
    [
        f"{ALIASES}weak_alias(take, malloc);",
        "strong_alias (take, malloc)",
        "__weak_alias(malloc, take)",
        'extern void *malloc(size_t n) __attribute__((weak, alias("take")));',
        "#define FORWARD(f) __attribute__((alias(#f), used))\n#define TO(f) "
        "FORWARD(f)\nvoid *malloc(size_t n) TO(take);",
    ],
)
def test_an_alias_implements_what_its_name_says(scan: Scan, alias: str) -> None:
    report = scan({"a.c": f"static void *take(size_t n) {{ return arena; }}\n{alias}\n"})
    assert defined(report) == {"malloc": (Role.ALLOCATOR,), "take": (Role.ALLOCATOR,)}
    assert [evidence.statement for evidence in described(report, "take").evidence] == [
        "implements malloc of libc, through the name malloc"
    ]


def test_an_alias_stands_for_what_it_names(scan: Scan) -> None:
    report = scan({"a.c": f"void *take(size_t n) {{ return malloc(n); }}\n{ALIASES}weak_alias(take, obtain);\n"})
    assert defined(report) == {"take": (Role.ALLOCATOR,), "obtain": (Role.ALLOCATOR,)}


@pytest.mark.parametrize(
    ("declaration", "role", "size", "count"),
    [
        ("void *f(size_t n) __attribute__((malloc));", Role.ALLOCATOR, None, None),
        ("__attribute__((__malloc__, alloc_size(1))) void *f(size_t n);", Role.ALLOCATOR, 0, None),
        ("void *f(int a, size_t m, size_t n) __attribute__((malloc, alloc_size(2, 3)));", Role.ALLOCATOR, 2, 1),
        ("void *f(void *p, size_t n) __attribute__((alloc_size(2)));", Role.REALLOCATOR, 1, None),
        ("char *f(size_t n) G_GNUC_MALLOC G_GNUC_ALLOC_SIZE(1);", Role.ALLOCATOR, 0, None),
        ("__declspec(restrict) void *f(size_t n);", Role.ALLOCATOR, None, None),
        ("[[gnu::malloc]] void *f(size_t n);", Role.ALLOCATOR, None, None),
        ("void *f(int a, void *p) __attribute__((ownership_takes(heap, 2)));", Role.DEALLOCATOR, None, None),
        (
            "#define FRESH(n) __attribute__((malloc, alloc_size(n)))\nFRESH(1) void *f(size_t n);",
            Role.ALLOCATOR,
            0,
            None,
        ),
    ],
)
def test_attributes_tell_what_a_function_does(
    scan: Scan, declaration: str, role: Role, size: int | None, count: int | None
) -> None:
    report = scan({"f.h": declaration + "\n", "a.c": '#include "f.h"\nint a(void *p) { return g(f(1, p, 2)); }\n'})
    found = described(report, "f")
    assert (found.role, found.level, found.size, found.count) == (role, Level.CERTAIN, size, count)
    assert found.evidence and found.evidence[0].statement.startswith("is declared ")
    assert [site.name for site in report.sites] == ["f"]


@pytest.mark.parametrize(
    "declaration",
    [
        "int f(const char *text) __attribute__((format(printf, 1, 2)));",
        "void *f(void) __attribute__((noinline));",
        "/* ATTR(malloc) would be wrong */ void *f(void) __attribute__((cold));",
        "#define FRESH __attribute__((malloc))\nvoid *f(void) __attribute__((cold));",
    ],
)
def test_other_attributes_tell_nothing(scan: Scan, declaration: str) -> None:
    report = scan({"f.h": declaration + "\n", "a.c": "int a(void) { return g(f(1)); }\n"})
    assert not report.sites
    assert not defined(report)


def test_an_announcement_speaks_for_the_definition(scan: Scan) -> None:
    report = scan(
        {
            "f.h": "void *f(size_t n) __attribute__((malloc, returns_nonnull));\n",
            "f.c": "void *f(size_t n)\n{\n\treturn next(n);\n}\n",
            "a.c": "int a(void) { return g(f(1)); }\n",
        }
    )
    assert [(found.location.path, found.name) for found in report.definitions] == [("f.c", "f")]
    assert described(report, "f").fails == "abort"
    assert [site.resolved and site.resolved.path for site in report.sites] == ["f.c"]


def test_sizes_alone_do_not_make_memory_of_what_is_handed_back(scan: Scan) -> None:
    text = "__attribute__((alloc_size(2))) void *f(void *p, size_t n) { return p; }\n"
    assert not defined(scan({"a.c": text}))


def test_what_takes_memory_back_is_named_by_an_attribute(scan: Scan) -> None:
    report = scan(
        {
            "a.c": "void put(int why, void *p) { log(p); }\n"
            "void *get(void) __attribute__((malloc(put, 2)));\n"
            "void use(void) { void *p = get(); put(1, p); }\n"
        }
    )
    assert defined(report) == {"get": (Role.ALLOCATOR,), "put": (Role.DEALLOCATOR,)}
    assert described(report, "put").pointer == 1
    assert [site.name for site in report.sites] == ["get", "put"]


def test_memory_that_only_a_declaration_speaks_of_is_of_the_family_that_its_function_obtains(scan: Scan) -> None:
    text = (
        "struct head { size_t size; char rest[]; };\n"
        "__attribute__((malloc)) void *kept(size_t n) {\n"
        "\tstruct head *head = malloc(n + sizeof(struct head));\n\treturn head ? head->rest : 0;\n}\n"
        "#define handed(n) kept(n)\n"
    )
    report = scan({"a.c": text})
    assert [described(report, name).family for name in ("kept", "handed")] == ["c-heap", "c-heap"]


def test_what_opens_something_that_is_no_memory_is_no_allocator_whatever_its_attributes(scan: Scan) -> None:
    text = (
        "#define LOW_OPEN fopen\n__attribute__((malloc)) FILE *opened(const char *name) {\n"
        "\tFILE *file = LOW_OPEN(name, 0);\n\treturn file;\n}\n"
        "__attribute__((malloc)) char *contents(const char *name) {\n"
        "\tFILE *file = fopen(name, 0);\n\tchar *text = malloc(9);\n\tread_all(file, text);\n\treturn text;\n}\n"
    )
    assert defined(scan({"a.c": text})) == {"contents": (Role.ALLOCATOR,)}


API = """
typedef unsigned long size_t;
API void *(*RedisModule_Alloc)(size_t bytes) ATTR;
API void *(*RedisModule_Realloc)(void *block, size_t bytes) ATTR;
int free;
"""


def test_what_a_library_puts_into_variables_is_listed_though_nobody_calls_it(scan: Scan) -> None:
    report = scan({"api.h": API, "use.c": '#include "api.h"\nvoid *use(void) { return RedisModule_Alloc(1); }\n'})
    listed = {found.name: (found.role, found.pointer, found.size, found.sites) for found in report.allocators}
    assert listed["RedisModule_Realloc"] == (Role.REALLOCATOR, 0, 1, 0)
    assert listed["RedisModule_Alloc"][3] == 1
    assert "free" not in listed
