"""What a file sees of others, although no include says so plainly."""

import pytest

from allocscan.model import Report
from tests.discover.conftest import Scan

MACROS = "#define take(n) malloc(n)\n#define give(p) free(p)\n"
USER = "void *use(int n)\n{\n\tgive(take(1));\n\treturn take(n);\n}\n"


def calls(report: Report) -> list[str]:
    """Name the sites of the file that uses the macros."""
    return [site.name for site in report.sites if site.location.path.endswith("user.c")]


@pytest.mark.parametrize(
    ("header", "include", "seen"),
    [
        ("src/take.h", '"all.generated.h"', True),
        ("src/modules/take.h", '"all.generated.h"', False),
        ("src/take.h", "<config.h>", False),
        ("src/take.h", "<product/src/take.h>", True),
        ("src/take.h", "<product/take.h>", False),
    ],
)
def test_a_header_is_seen_through_what_a_build_generates_or_installs(
    scan: Scan, header: str, include: str, seen: bool
) -> None:
    report = scan({header: MACROS, "src/deep/user.c": f"#include {include}\n{USER}"})
    assert calls(report) == (["give", "take", "take"] if seen else [])


def test_what_others_include_does_not_come_with_what_a_build_generates(scan: Scan) -> None:
    other = '#include "take.h"\n'
    report = scan({"take.h": MACROS, "other.c": other, "user.c": f'#include "generated.h"\n{USER}'})
    assert calls(report) == []


def test_of_definitions_equally_near_one_without_a_condition_is_meant(scan: Scan) -> None:
    trial = "#ifdef TRIAL\nchar *text_of(int n)\n{\n\treturn 0;\n}\n#endif\n"
    text = "char *text_of(int n)\n{\n\treturn malloc(n);\n}\n"
    user = "void use(void)\n{\n\tchar *text = text_of(1);\n\tfree(text);\n}\n"
    report = scan({"calc.c": trial, "lib/text.c": text, "user.c": user})
    assert calls(report) == ["text_of", "free"]


@pytest.mark.parametrize(
    ("others", "seen"),
    [
        ({"a.c": '#include "take.h"\n#include "user.h"\n'}, True),
        ({"a.c": '#include "all.h"\n', "all.h": '#include "take.h"\n#include "user.h"\n'}, True),
        ({"a.c": MACROS + '#include "user.h"\n'}, True),
        ({"a.c": MACROS + '#include "user.h"\n', "b.c": '#include "user.h"\n'}, False),
        ({"a.c": '#include "take.h"\n'}, False),
        ({"a.c": '#include "user.h"\n', "user.h": '#include "a.c"\n'}, False),
    ],
)
def test_a_header_sees_what_those_include_that_include_it(scan: Scan, others: dict[str, str], seen: bool) -> None:
    defined = {} if "a.c" in others and MACROS in others["a.c"] else {"take.h": MACROS}
    report = scan(defined | {"user.h": USER} | others)
    found = [site.name for site in report.sites if site.location.path == "user.h"]
    assert found == (["give", "take", "take"] if seen else [])


def test_a_macro_of_one_file_takes_nothing_from_a_function_of_all(scan: Scan) -> None:
    names = {
        "a.h": "void *take(int n);\n#define MORE(n) take(n)\n",
        "take.c": "void *take(int n) { return malloc(n); }\n",
    }
    other = {"alone.h": "#define take(n) take_alone(n)\n", "alone.c": '#include "alone.h"\nvoid *p = take(1);\n'}
    report = scan(names | other | {"user.c": '#include "a.h"\nvoid use(void)\n{\n\tkeep(MORE(1));\n}\n'})
    assert calls(report) == ["MORE"]


def test_where_a_file_defines_a_function_only_sometimes_a_macro_may_stand_for_it(scan: Scan) -> None:
    header = "#if TRACK\nvoid give(void *p);\n#else\n#define give(p) free(p)\n#endif\n"
    tracked = '#include "give.h"\n#if TRACK\nvoid give(void *p)\n{\n\tfree(tracked(p));\n}\n#endif\n'
    user = "void drop(struct pool *pool)\n{\n\tgive(pool);\n}\n"
    report = scan({"give.h": header, "user.c": tracked + user})
    assert calls(report) == ["free", "give"]
    assert "drop" in {each.name for each in report.allocators}
