"""What classes of C++ do themselves for the memory of their objects."""

import pytest

from allocscan.views.dossier import AllocatorDossier, dossiers
from tests.discover.conftest import Scan

TEXT = """
#include <cstdlib>
struct Piece {{
	static void *operator new(std::size_t size) {{ return std::malloc(size); }}
	static void operator delete(void *block, std::size_t size) {{ std::free(block); }}
	static void *operator new(std::size_t size, Zone *zone);
	static void operator delete(void *block, Zone *zone);
}};
struct Part : Piece {{ int number; }};
struct Plain {{ Piece *piece; Part *part() const; }};
void operator delete(void *block) {{ std::free(block); }}
void f(Plain *plain, Piece *piece)
{{
	{statement}
}}
"""


@pytest.mark.parametrize(
    ("statement", "via"),
    [
        ("new Piece;", ("operator new", "malloc")),
        ("new Piece();", ("operator new", "malloc")),
        ("new Part;", ("operator new", "malloc")),
        ("new Plain;", ()),
        ("new Piece[3];", ()),
        ("delete piece;", ("operator delete", "free")),
        ("delete plain->piece;", ("operator delete", "free")),
        ("delete plain->part();", ("operator delete", "free")),
        ("delete plain;", ()),
        ("delete[] piece;", ()),
    ],
)
def test_an_object_is_made_and_given_back_as_its_class_says(statement: str, via: tuple[str, ...], scan: Scan) -> None:
    report = scan({"a.cpp": TEXT.format(statement=statement)})
    (site,) = (site for site in report.sites if site.function == "f")
    assert site.via == via
    assert site.family.startswith("cxx-new")


def test_classes_that_make_their_objects_are_listed_and_called(scan: Scan) -> None:
    report = scan({"a.cpp": TEXT.format(statement="delete new Part;")})
    assert {each.name: each.wraps for each in report.allocators}["Part"] == ("operator new", "malloc")
    callers = {each.name: [caller.function.name for caller in each.callers] for each in report.functions}
    assert callers["Piece::operator new"] == ["f"]


def test_who_makes_other_objects_wraps_no_operator_of_a_class(scan: Scan) -> None:
    text = TEXT.format(statement="") + "Plain *plain() { return new Plain; } Piece *piece() { return new Piece; }"
    (found, *_) = dossiers(scan({"a.cpp": text}), "Piece::operator new")
    assert isinstance(found, AllocatorDossier)
    assert [each.name for each in found.wrappers] == ["Piece"]
