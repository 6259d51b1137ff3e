"""Stacks find the site that is answerable, and what does not is listed with its reason."""

import pytest

from allocscan import scan
from allocscan.model import Action, Measure, Report
from allocscan.trace.join import ITS_OWN, NAMELESS, NO_CODE, NO_LINE, NO_SITE, join
from allocscan.trace.log import Frame, Log, Logged, Stack
from allocscan.trace.paths import SourcePaths
from allocscan.trace.sites import bare
from allocscan.views import coverage

SOURCE = """\
#include <stdio.h>
#include <stdlib.h>

struct part { char *name; };

void *get(size_t size)
{
	void *block = malloc(size);
	if (!block)
		abort();
	return block;
}

struct part *part_new(void)
{
	struct part *part = get(sizeof(*part));
	part->name = get(
		16);
	return part;
}

int main(void)
{
	struct part *part = part_new();
	char *a = get(1), *b = get(2);
	printf("%p%p%p", part, a, b);
	return 0;
}
"""
MALLOC = Frame("malloc", library="/usr/lib/tool.so")


def line(text: str, function: str, path: str = "/build/src/part.c") -> Frame:
    """Give the frame of a line of the source."""
    number = 1 + next(number for number, each in enumerate(SOURCE.splitlines()) if text in each)
    return Frame(function, path, number)


IN_GET = line("malloc(size)", "get")
IN_NEW = line("get(sizeof", "part_new")
IN_MAIN = line("part_new();", "main")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A small program, scanned."""
    place = tmp_path_factory.mktemp("project")
    (place / "src").mkdir()
    (place / "src" / "part.c").write_text(SOURCE, encoding="utf-8")
    (place / "src" / "other").mkdir()
    (place / "src" / "other" / "part.c").write_text("char *nothing;\n", encoding="utf-8")
    return scan(str(place))


def joined(report: Report, *frames: Frame) -> Report:
    """Join one stack."""
    measure = Measure(8, 1)
    log = Log("tool", (Stack(frames, measure),), measure, frozenset((Action.ALLOCATE,)))
    return join(report, [Logged(log, "log")])


def answerable(report: Report) -> list[tuple[str, int]]:
    """Name the sites that obtained something for themselves."""
    return [(each.site.name, each.site.location.line) for each in coverage.observed(report) if each.measure.bytes]


def test_memory_is_counted_where_whoever_wanted_it_asked(report: Report) -> None:
    found = joined(report, MALLOC, IN_GET, IN_NEW, IN_MAIN)
    assert answerable(found) == [("part_new", IN_MAIN.line)]
    passed = {each.site.location.line for each in coverage.observed(found) if each.passed.bytes == 8}
    assert passed == {IN_GET.line, IN_NEW.line}


def test_what_is_obtained_for_a_field_is_counted_in_the_function(report: Report) -> None:
    second = line("16);", "part_new")
    assert answerable(joined(report, MALLOC, IN_GET, second, IN_MAIN)) == [("get", second.line - 1)]


def test_inner_parts_of_the_allocator_are_its_own_affair(report: Report) -> None:
    inner = Frame(library=MALLOC.library)
    assert answerable(joined(report, inner, inner, IN_GET, IN_NEW, IN_MAIN)) == [("part_new", IN_MAIN.line)]


def test_a_frame_that_was_left_out_does_no_harm(report: Report) -> None:
    assert answerable(joined(report, MALLOC, IN_GET)) == [("malloc", IN_GET.line)]
    assert answerable(joined(report, MALLOC, IN_NEW, IN_MAIN)) == [("part_new", IN_MAIN.line)]


def test_neighbours_that_cannot_be_told_apart_are_not_said_never_to_have_run(report: Report) -> None:
    found = joined(report, MALLOC, IN_GET, line("get(1)", "main"))
    assert len(answerable(found)) == 1
    total = coverage.coverage(found)
    assert (total.sites, total.ran, total.untold) == (6, 2, 1)


@pytest.mark.parametrize(
    ("frames", "reason", "place"),
    [
        ((MALLOC, line("return part;", "part_new")), NO_SITE, "src/part.c:19"),
        ((MALLOC, Frame("get", IN_GET.path)), NO_LINE, "src/part.c"),
        ((MALLOC, Frame("printf", library="libc"), line("printf(", "main")), ITS_OWN, "src/part.c:26"),
        ((MALLOC, Frame("f", "/build/elsewhere/part.c", 8)), NO_CODE, ""),
        ((MALLOC, Frame("f", library="/usr/lib/libz.so")), NO_CODE, ""),
        ((), NO_CODE, ""),
    ],
)
def test_what_finds_no_site_says_why(report: Report, frames: tuple[Frame, ...], reason: str, place: str) -> None:
    # One more stack says where the program was built.
    log = Log("tool", (Stack(frames, Measure(8, 1)), Stack((MALLOC, IN_GET), Measure(1, 1))), Measure(9, 2))
    found = join(report, [Logged(log, "log")])
    (residue,) = found.residues
    assert (residue.reason, residue.place, residue.measure) == (reason, place, Measure(8, 1))


def test_memory_is_never_counted_twice(report: Report) -> None:
    first = Log("dhat", (Stack((MALLOC, IN_GET), Measure(8, 1, leaked_bytes=8)),), Measure(8, 1, leaked_bytes=8))
    other = Log("memcheck", (Stack((MALLOC, IN_GET), Measure(leaked_bytes=8)),), Measure(leaked_bytes=8))
    both = join(report, [Logged(first, "a"), Logged(other, "b"), Logged(first, "c")])
    assert [each.measure for each in both.observations] == [Measure(16, 2, leaked_bytes=16)]


def test_another_program_is_counted_beside(report: Report) -> None:
    logs = [
        Log(tool, (Stack((MALLOC, IN_GET), Measure(leaked_bytes=8)),), Measure(leaked_bytes=8), command=tool)
        for tool in ("memcheck", "dhat")
    ]
    both = join(report, [Logged(log, "log") for log in logs])
    assert [each.measure for each in both.observations] == [Measure(leaked_bytes=16)]


@pytest.mark.parametrize(
    ("path", "files"),
    [
        ("/build/src/part.c", ["src/part.c"]),
        ("/build/x/../src/part.c", ["src/part.c"]),
        ("/build/src/other/part.c", ["src/other/part.c"]),
        ("/usr/src/part.c", []),
        ("/build/part.c", []),
        ("part.c", ["src/part.c", "src/other/part.c"]),
        ("other/part.c", ["src/other/part.c"]),
        ("../src/part.c", ["src/part.c"]),
        ("", []),
    ],
)
def test_paths_are_matched_by_what_they_end_in(path: str, files: list[str]) -> None:
    seen = ["/build/src/part.c", "/build/src/other/part.c", "/usr/src/part.c"]
    assert list(SourcePaths(["src/part.c", "src/other/part.c"], seen, "").find(path)) == files


def test_a_tree_is_preferred_where_it_lies() -> None:
    seen = ["/old/a.c", "/old/b.c", "/home/me/project/a.c"]
    paths = SourcePaths(["a.c", "b.c"], seen, "/home/me/project")
    assert paths.find("/home/me/project/a.c") == ("a.c",)
    assert paths.find("/old/a.c") == ()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("get", "get"),
        ("get.constprop.0", "get"),
        ("fopen@@GLIBC_2.2.5", "fopen"),
        ("__fopen_internal", "fopen"),
        ("__isoc99_sscanf", "sscanf"),
        ("operator new(unsigned long)", "new"),
        ("operator new[](unsigned long)", "new"),
        ("_Znwm", "new"),
        ("std::vector<int, std::allocator<int> >::push_back(int const&)", "push_back"),
        ("(anonymous namespace)::Pool::take(int) const", "take"),
        ("alloc::vec::Vec<T>::with_capacity::h0123456789abcdef", "with_capacity"),
        ("pool->take", "take"),
    ],
)
def test_functions_are_known_by_their_last_name(written: str, name: str) -> None:
    assert bare(written) == name


MACROS = """\
#include <stdlib.h>
#include <zlib.h>

#define TABLE(name, type) \\
static type *fill_##name(size_t count) \\
{ \\
	type *found = malloc(count * sizeof(type)); \\
	return found; \\
}

TABLE(numbers, int)

int main(void)
{
	z_stream stream;
	return inflateInit(&stream) == 0 && fill_numbers(3) != NULL;
}
"""


@pytest.fixture(scope="module")
def expanded(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A program of which a macro defines a function, scanned."""
    place = tmp_path_factory.mktemp("expanded")
    (place / "main.c").write_text(MACROS, encoding="utf-8")
    return scan(str(place))


@pytest.mark.parametrize(
    ("function", "used", "entered", "site"),
    [
        ("fill_numbers", "TABLE(numbers", "malloc", ("malloc", 7)),
        ("drain_numbers", "TABLE(numbers", "malloc", None),
        ("fill_numbers", "TABLE(numbers", "calloc", None),
        ("main", "inflateInit(", "inflateInit2_", ("inflateInit", 16)),
        ("main", "inflateInit(", "deflateInit2_", None),
    ],
)
def test_what_macros_make_of_a_line_is_found(
    function: str, used: str, entered: str, site: tuple[str, int] | None, expanded: Report
) -> None:
    number = 1 + next(number for number, each in enumerate(MACROS.splitlines()) if used in each)
    own = Frame(entered, library="/usr/lib/libz.so")
    found = joined(expanded, MALLOC, own, Frame(function, "/build/main.c", number))
    assert answerable(found) == ([site] if site else [])
    assert bool(found.residues) is (site is None)


def test_functions_that_a_linker_has_inlined_need_no_name(report: Report) -> None:
    nameless = [Frame(NAMELESS, frame.path, frame.line) for frame in (IN_GET, IN_NEW)]
    assert answerable(joined(report, MALLOC, *nameless, IN_MAIN)) == [("part_new", IN_MAIN.line)]
