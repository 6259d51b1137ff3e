"""Where memory goes inside its function, and what calls which function."""

from pathlib import Path

import pytest

import allocscan
from allocscan.model import Fate, Life, Report
from allocscan.views.dossier import AllocatorDossier, dossiers

SAMPLES = Path(__file__).parent.parent / "sample_repos"
HEAD = "#include <stdlib.h>\n#include <string.h>\nstruct box { char *text; };\nstatic char *kept;\n"


def scanned(folder: Path, **texts: str) -> Report:
    """Scan a tree of a few texts."""
    for name, text in texts.items():
        (folder / name.replace("_", ".")).write_text(text)
    return allocscan.scan(str(folder))


def fates(life: Life) -> list[tuple[Fate, int, str]]:
    """Say what becomes of the memory of one site."""
    return [(ending.fate, ending.line, ending.name) for ending in life.endings]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("char *p = malloc(n);\nfree(p);", [(Fate.FREED, 7, "free")]),
        ("char *p = malloc(n);\nreturn p;", [(Fate.RETURNED, 7, "")]),
        ("return malloc(n);", [(Fate.RETURNED, 6, "")]),
        ("char *p = malloc(n);\nchar *q = p;\nreturn q;", [(Fate.RETURNED, 8, "")]),
        ("char *p = malloc(n);\nb->text = p;", [(Fate.STORED, 7, "b->text")]),
        ("b->text = malloc(n);", [(Fate.STORED, 6, "b->text")]),
        ("kept = malloc(n);", [(Fate.STORED, 6, "kept")]),
        ("*out = malloc(n);", [(Fate.STORED, 6, "*out")]),
        ("char *p = malloc(n);\nputs(p);\nputs(p);", [(Fate.PASSED, 7, "puts")]),
        ("puts(malloc(n));", [(Fate.PASSED, 6, "puts")]),
        ("char *p = malloc(n);\np[0] = 1;", [(Fate.UNSEEN, 6, "")]),
        ("malloc(n);", [(Fate.UNSEEN, 6, "")]),
        # What is freed before is something else, unless a loop comes round.
        ("free(b->text);\nb->text = malloc(n);", [(Fate.STORED, 7, "b->text")]),
        # A new value ends what can be said of the old one.
        (
            "char *p = malloc(n);\nfree(p);\np = strdup(b->text);\nreturn p;",
            [(Fate.FREED, 7, "free")],
        ),
        (
            "char *p = malloc(n);\nif (n > 1)\n\tp = strdup(b->text);\nreturn p;",
            [(Fate.RETURNED, 9, "")],
        ),
    ],
)
def test_memory_is_followed_to_its_end(tmp_path: Path, body: str, expected: list[tuple[Fate, int, str]]) -> None:
    text = f"{HEAD}void *work(struct box *b, char **out, int n) {{\n{body}\n}}\n"
    assert fates(scanned(tmp_path, a_c=text).lives[0]) == expected


def test_memory_may_be_freed_through_a_pointer_to_it(tmp_path: Path) -> None:
    clear = "static void clear(char **text) { free(*text); *text = NULL; }\n"
    report = scanned(tmp_path, a_c=f"{clear}void work(void) {{\nchar *p = malloc(3);\nclear(&p);\n}}\n")
    assert fates(report.lives[0]) == [(Fate.FREED, 4, "clear")]
    (found,) = (each for each in report.allocators if each.name == "clear")
    assert (found.pointer, found.behind, found.pairs) == (0, True, ("malloc",))


def test_memory_that_grows_is_passed_on_and_lives_on(tmp_path: Path) -> None:
    body = "char *p = malloc(n);\np = realloc(p, 2 * n);\nreturn p;"
    first, second = scanned(tmp_path, a_c=f"{HEAD}void *work(int n) {{\n{body}\n}}\n").lives
    assert fates(first) == [(Fate.PASSED, 7, "realloc")]
    assert fates(second) == [(Fate.RETURNED, 8, "")]
    assert first.variables == second.variables == ("p",)


def test_every_explicit_site_that_obtains_memory_in_a_function_has_a_life() -> None:
    for name in ("key-value-server", "torrent-client", "scene-graph", "glyph-cache", "log-indexer"):
        report = allocscan.scan(str(SAMPLES / name))
        functions = {(found.location.path, found.name) for found in report.functions}
        obtained = {
            site.location
            for site in report.sites
            if site.explicit
            and (site.location.path, site.function) in functions
            and site.action in ("allocate", "reallocate")
        }
        assert {life.location for life in report.lives} == obtained, name
        assert all(life.endings for life in report.lives)


def test_memory_of_functions_without_a_name_is_followed_and_they_are_no_allocators(tmp_path: Path) -> None:
    text = "int work() {\n\n  auto make = [](int n) { char *p = new char[n]; return p; };\n  return 0;\n}\n"
    report = scanned(tmp_path, a_cpp=text)
    (life,) = report.lives
    assert fates(life) == [(Fate.RETURNED, 3, "")]
    assert life.function.name == "work"
    assert not [found for found in report.allocators if found.definition]


def test_objects_of_classes_are_followed(tmp_path: Path) -> None:
    text = "class Box:\n    pass\n\n\ndef make(shelf):\n    box = Box()\n    shelf.top = box\n    return box\n"
    (life,) = scanned(tmp_path, a_py=text).lives
    assert fates(life) == [(Fate.STORED, 7, "shelf.top"), (Fate.RETURNED, 8, "")]
    assert life.variables == ("box",)


def test_functions_know_their_callers(tmp_path: Path) -> None:
    report = scanned(
        tmp_path,
        a_c="#include <stdlib.h>\nvoid *make(int n) { return malloc(n); }\nvoid *twice(int n) {\n"
        "\tmake(n);\n\treturn make(n);\n}\nstatic void *quiet(void) { return 0; }\n",
        b_c="static void *make(int n) { return 0; }\nvoid *other(void) { return make(1); }\n",
    )
    functions = {(found.location.path, found.name): found for found in report.functions}
    assert set(functions) == {("a.c", "make"), ("a.c", "twice")}
    (caller,) = functions["a.c", "make"].callers
    assert (caller.function.name, caller.function.line, caller.lines) == ("twice", 3, (4, 5))
    assert caller.basis == "same file"


def test_a_call_outside_of_all_functions_is_the_file_s(tmp_path: Path) -> None:
    report = scanned(tmp_path, a_py="class Box:\n    pass\n\n\ndef make():\n    return Box()\n\n\nBOX = make()\n")
    (function,) = report.functions
    (caller,) = function.callers
    assert (caller.function.path, caller.function.line, caller.function.name) == ("a.py", 0, "")


def test_a_macro_that_takes_a_library_s_name_has_the_sites_of_its_own_file_only(tmp_path: Path) -> None:
    report = scanned(
        tmp_path,
        api_h="void *malloc(size_t);\n",
        own_c="#ifdef TC\n#define malloc(size) tc_malloc(size)\n#else\n#define malloc(size) je_malloc(size)\n#endif\n"
        "void *own(void) { return malloc(1); }\n",
        plain_c="void *plain(void) { return malloc(1); }\nvoid *other(void) { return malloc(2); }\n",
    )
    used = {
        dossier.allocator.definition: dossier.usage.sites
        for dossier in dossiers(report, "malloc")
        if isinstance(dossier, AllocatorDossier)
    }
    assert {(found.path, found.line) if found else None: sites for found, sites in used.items()} == {
        ("own.c", 2): 1,
        ("own.c", 4): 0,
        None: 2,
    }
    assert all(site.resolved is None for site in report.sites if site.location.path == "plain.c")
    assert {found.sites for found in report.allocators if not found.definition and found.name == "malloc"} == {2}


def test_a_type_that_a_variable_is_declared_with_is_no_part_of_the_variable(tmp_path: Path) -> None:
    report = scanned(tmp_path, a_c="static struct list { struct item { int n; } first; } *some, *others;\n")
    assert {each.name for each in report.definitions} == {"list", "list.item"}
