"""Fields of objects, whatever a language writes between a pointer and them."""

import pytest

from allocscan.model import Kind, Role
from tests.discover.conftest import Scan

LINES = (
    "module a;",
    "import core.stdc.stdlib : free, malloc;",
    "import std.experimental.allocator.mallocator;",
    "struct Node { Node* next; char* text; }",
)


@pytest.mark.parametrize(
    ("text", "role", "kind"),
    [
        (
            "Node* it() { auto n = cast(Node*) malloc(Node.sizeof); n.next = null; return n; }",
            "allocator",
            "constructor",
        ),
        ("Node* it() { auto n = cast(Node*) malloc(Node.sizeof); return n; }", "allocator", "raw"),
        ("void it(Node* n) { free(n.text); free(n); }", "deallocator", "constructor"),
        ("void it(void[] n) { note(n.length); Mallocator.instance.deallocate(n); }", "deallocator", "raw"),
    ],
)
def test_a_dot_leads_to_a_field_as_well(scan: Scan, text: str, role: str, kind: str) -> None:
    (found,) = (each for each in scan({"a.d": "\n".join((*LINES, text, ""))}).allocators if each.name == "it")
    assert (found.role, found.kind) == (Role(role), Kind(kind))
