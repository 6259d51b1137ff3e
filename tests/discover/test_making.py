"""What hands out objects that are given back by themselves, and what crosses between owners and bare pointers."""

import pytest

from allocscan.model import Action, Allocator, Kind, Report, Role
from tests.discover.conftest import Scan

CLASSES = """
class Torrent:
    @classmethod
    def load(cls, path):
        torrent = cls(path)
        torrent.path = path
        return torrent

    def name(self):
        return self.path

def make(path):
    return Torrent(path)

def maybe(path):
    if not path:
        return None
    return make(path)

def shout(path):
    return str(Torrent(path)).upper()

class Seed(Torrent):
    pass

first, second = make("a"), maybe("b")
third = make("c")
"""
FOREIGN = """
pub struct Engine { id: u32 }

#[no_mangle]
pub extern "C" fn engine_new(id: u32) -> *mut Engine {
    Box::into_raw(Box::new(Engine { id })) // where it leaves its owner
}

#[no_mangle]
pub unsafe extern "C" fn engine_free(engine: *mut Engine) {
    if !engine.is_null() {
        drop(Box::from_raw(engine));
    }
}

pub unsafe fn engine_end(engine: *mut Engine) {
    let engine = Box::from_raw(engine);
    log(&engine);
}

pub unsafe fn engine_own(engine: *mut Engine) -> Box<Engine> {
    let owned = Box::from_raw(engine);
    owned
}

pub fn engine_blank() -> Option<Box<Engine>> {
    let block = unsafe { std::alloc::alloc(std::alloc::Layout::new::<Engine>()) as *mut Engine };
    Some(unsafe { Box::from_raw(block) })
}

pub fn engine_boxed() -> Box<Engine> {
    Box::new(Engine { id: 1 })
}

fn main() {
    let engine = engine_new(1);
    unsafe { engine_end(engine) };
}
"""
BUILT = """
module built;
import std.experimental.allocator;

struct Node { int x; }
class Widget { private static Widget make(int n) { return null; } Widget other() { return make(1); } }

Node* makeNode(A)(ref A alloc, int x)
{
    auto node = alloc.make!Node(x);
    return node;
}

void disposeNode(A)(ref A alloc, Node* node)
{
    alloc.dispose(node);
}

Widget widget()
{
    return new Widget;
}
"""
OPERATORS = """
#include <cstdlib>
#include <memory>
struct Shape {
	static void *operator new(std::size_t size) { return std::malloc(size); }
	static void operator delete(void *block) { std::free(block); }
	static Shape *create(int sides);
};
void *operator new[](std::size_t size)
{
	return std::malloc(size);
}
Shape *Shape::create(int sides)
{
	if (sides > 8)
		return nullptr;
	return new Shape();
}
std::unique_ptr<Shape> owned()
{
	return std::make_unique<Shape>();
}
void use()
{
	Shape *shape = Shape::create(3);
	delete shape;
}
"""


@pytest.mark.parametrize(("name", "via", "sites"), [("make", (), 3), ("maybe", ("make",), 1), ("Torrent.load", (), 0)])
def test_what_makes_an_instance_hands_it_out(name: str, via: tuple[str, ...], sites: int, scan: Scan) -> None:
    found = allocators(scan({"a.py": CLASSES}))[name]
    assert (found.role, found.kind, found.wraps, found.sites) == (Role.ALLOCATOR, Kind.FACTORY, via, sites)


def test_what_makes_an_instance_for_itself_hands_nothing_out(scan: Scan) -> None:
    assert allocators(scan({"a.py": CLASSES})).keys() == {"make", "maybe", "Torrent.load"}


def test_calls_of_a_factory_are_no_sites(scan: Scan) -> None:
    assert [site.name for site in scan({"a.py": CLASSES}).sites if site.explicit and site.resolved] == [
        "cls",
        "Torrent",
        "Torrent",
    ]


def test_what_leaves_its_owner_comes_back_to_one(scan: Scan) -> None:
    report = scan({"a.rs": FOREIGN})
    found = allocators(report)
    assert {name: each.family for name, each in found.items() if each.kind is Kind.CONSTRUCTOR and each.definition} == {
        "engine_new": "box",
        "engine_free": "box",
        "engine_end": "box",
    }
    assert set(found["engine_new"].pairs) == {"engine_end", "engine_free"}
    assert found["engine_free"].pairs == ("engine_new",)
    assert (found["engine_free"].role, found["engine_free"].pointer) == (Role.DEALLOCATOR, 0)
    assert [site.action for site in report.sites if site.name in ("engine_new", "engine_end")] == [
        Action.ALLOCATE,
        Action.DEALLOCATE,
    ]


def test_what_an_owner_takes_over_and_hands_on_is_not_given_back(scan: Scan) -> None:
    assert "engine_own" not in allocators(scan({"a.rs": FOREIGN}))


def test_bare_memory_that_an_owner_takes_over_is_that_memory(scan: Scan) -> None:
    found = allocators(scan({"a.rs": FOREIGN}))
    assert (found["engine_blank"].kind, found["engine_blank"].family) == (Kind.RAW, "rust-heap")
    assert found["engine_boxed"].kind is Kind.FACTORY


def test_an_allocator_may_be_an_argument(scan: Scan) -> None:
    found = allocators(scan({"a.d": BUILT}))
    assert (found["makeNode"].kind, found["makeNode"].family) == (Kind.CONSTRUCTOR, "d-allocator")
    assert (found["disposeNode"].role, found["disposeNode"].pointer) == (Role.DEALLOCATOR, 1)
    assert found["widget"].kind is Kind.FACTORY
    assert not {"Widget.make", "Widget.other"} & found.keys()


def test_operators_and_static_functions_are_allocators(scan: Scan) -> None:
    found = allocators(scan({"a.cpp": OPERATORS}))
    assert {name: (each.role, each.kind, each.family) for name, each in found.items() if each.definition} == {
        "Shape": (Role.ALLOCATOR, Kind.RAW, "cxx-new"),
        "Shape::operator new": (Role.ALLOCATOR, Kind.RAW, "c-heap"),
        "Shape::operator delete": (Role.DEALLOCATOR, Kind.RAW, "c-heap"),
        "operator new[]": (Role.ALLOCATOR, Kind.RAW, "c-heap"),
        "Shape::create": (Role.ALLOCATOR, Kind.CONSTRUCTOR, "cxx-new"),
        "owned": (Role.ALLOCATOR, Kind.CONSTRUCTOR, "unique-ptr"),
    }


def allocators(report: Report) -> dict[str, Allocator]:
    """List what a report says of allocators, by name."""
    return {each.name: each for each in report.allocators}


def test_what_an_object_or_its_class_keeps_is_not_handed_out_by_it(scan: Scan) -> None:
    text = """
    class Error
    {
        static Error one;
        Error last;

        static Error get() { if (one is null) one = new Error(); return one; }
        Error again() { last = new Error(); return last; }
        Error fresh() { Error last = new Error(); return last; }
        Error given(Error one) { one = new Error(); return one; }
    }
    __gshared Error all;
    Error everywhere() { all = new Error(); return all; }
    """
    assert {*allocators(scan({"a.d": text}))} == {"Error.fresh", "Error.given"}
