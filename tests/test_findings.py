"""What deserves a look in small programs, and what does not."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, ran

__all__ = ["ran"]

HEAD = """#include <alloca.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
"""


GROWING = "char *f(void) { char *p = calloc(1, 3); p = realloc(p, 9);"


def found(ran: Run, folder: Path, code: str, name: str = "main.c") -> list[tuple[str, str, int]]:
    """Scan a program; give the rule, the level and the line of each finding, lines counted from the program's own."""
    (folder / name).write_text(HEAD + code, encoding="utf-8")
    results = json.loads(ran(str(folder), "--format", "sarif", "-q").output)["runs"][0]["results"]
    first = HEAD.count("\n")
    return [
        (each["ruleId"], each["level"], each["locations"][0]["physicalLocation"]["region"]["startLine"] - first)
        for each in results
    ]


@pytest.mark.parametrize(
    ("code", "rules"),
    [
        ("void f(void) { char *p = malloc(3); if (p) g_free(p); }", ["family-mismatch"]),
        ("void f(void) { char *p = g_malloc(3); free(p); }", ["family-mismatch"]),
        ("void f(void) { char *p = malloc(3); if (p) free(p); }", []),
        (f"{GROWING} return p; }}", ["pointer-lost-on-failure"]),
        ("void f(struct s *x) { x->p = realloc(x->p, 9); }", ["pointer-lost-on-failure"]),
        ("char *f(int n) { char *p = NULL; while (n--) p = realloc(p, n); return p; }", ["pointer-lost-on-failure"]),
        ("char *f(char *p) { p = realloc(p, 9); return p; }", []),
        ("char *f(void) { char *q, *p = calloc(1, 3); q = p; p = realloc(p, 9); if (!p) free(q); return p; }", []),
        ("char *f(char *p) { char *q = realloc(p, 9); return q ? q : p; }", []),
        ("char *f(char *p) { p = g_realloc(p, 9); return p; }", []),
        ("void f(void) { malloc(3); }", ["dropped-result"]),
        ("void f(int n) { while (n--) { char *p = alloca(9); memset(p, 0, 9); } }", ["stack-allocation-in-loop"]),
        ("void f(int n) { char *p = alloca(9); while (n--) memset(p, 0, 9); }", []),
        ("void f(void) { char *p = malloc(3); p[0] = 0; free(p); }", ["unchecked-allocation"]),
        ("void f(int n) { char *p; if (n) p = malloc(3); else p = g_malloc(3); use(p); }", ["mixed-families"]),
        ("char *f(int n) { if (n) return malloc(3); return g_malloc(3); }", ["mixed-families"]),
        ("char *f(int n) { if (n) return malloc(3); return strdup(text); }", []),
        ("#if 0\nvoid f(void) { char *p = g_malloc(3); free(p); }\n#endif", []),
        ("void f(VkDevice d) { VkDeviceMemory m; vkAllocateMemory(d, 0, 0, &m); vkUnmapMemory(d, m); }", []),
    ],
)
def test_what_deserves_a_look(code: str, rules: list[str], ran: Run, tmp_path: Path) -> None:
    assert sorted(rule for rule, _, _ in found(ran, tmp_path, code)) == rules


def test_a_wrapper_is_no_family_of_its_own(ran: Run, tmp_path: Path) -> None:
    code = """
void *xmalloc(size_t n) { void *p = malloc(n); if (!p) abort(); return p; }
void f(void) { char *p = xmalloc(3); free(p); }
"""
    assert not found(ran, tmp_path, code)


def test_branches_of_the_preprocessor_are_alternatives(ran: Run, tmp_path: Path) -> None:
    code = """
void f(void) {
	char *p;
#ifdef GLIB
	p = g_malloc(3);
#else
	p = calloc(1, 3);
#endif
	use(p);
}
"""
    assert not [rule for rule, _, _ in found(ran, tmp_path, code) if rule == "mixed-families"]


def test_findings_in_test_code_are_notes(ran: Run, tmp_path: Path) -> None:
    code = f"{GROWING} return p; }}"
    assert found(ran, tmp_path, code)[0][:2] == ("pointer-lost-on-failure", "warning")
    (tmp_path / "tests").mkdir()
    assert found(ran, tmp_path / "tests", code, "test_f.c")[0][:2] == ("pointer-lost-on-failure", "note")


def test_a_file_that_is_not_understood_is_told(ran: Run, tmp_path: Path) -> None:
    assert found(ran, tmp_path, "int f(void) { return ((( } ] %% [ ;\n" * 3)[0] == ("parse-loss", "note", -3)


def test_conditions_count_findings(ran: Run, tmp_path: Path) -> None:
    (tmp_path / "main.c").write_text(HEAD + f"{GROWING} return p; }}", encoding="utf-8")
    assert ran(str(tmp_path), "-q", "--fail-on", "findings=1", "--fail-on", "family-mismatch").code == 0
    failed = ran(str(tmp_path), "-q", "--fail-on", "findings", "--fail-on", "pointer-lost-on-failure=0")
    assert failed.code == 1
    assert failed.errors.count("\n") == 2
    assert "1 findings of pointer-lost-on-failure, more than pointer-lost-on-failure=0 allows" in failed.errors
