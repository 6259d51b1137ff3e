"""What hands back nothing, so that a variable forgets what it held."""

import pytest

from allocscan.model import Role
from tests.discover.conftest import Scan

FREES = "void *gone(void *p)\n{{\n\tfree(p);\n\treturn {nothing};\n}}\n"


@pytest.mark.parametrize(
    ("text", "frees"),
    [
        ("struct box *drop(struct box *box)\n{\n\tbox = gone(box);\n\treturn box;\n}\n", True),
        ("#define GONE(p) gone(p)\nvoid drop(struct box *box)\n{\n\tbox = GONE(box);\n}\n", True),
        ("void drop(struct box **box)\n{\n\t*box = gone(*box);\n}\n", True),
        ("void drop(struct box *box)\n{\n\tbox = other(box);\n\tgone(box);\n}\n", False),
    ],
)
def test_what_takes_the_nothing_of_a_release_was_given_before(text: str, frees: bool, scan: Scan) -> None:
    report = scan({"a.c": FREES.format(nothing="NULL") + text})
    freeing = {each.name for each in report.allocators if each.role is Role.DEALLOCATOR}
    assert ("drop" in freeing) is frees


def test_what_hands_back_something_else_leaves_it_open(scan: Scan) -> None:
    drop = "void drop(struct box *box)\n{\n\tbox = gone(box);\n}\n"
    report = scan({"a.c": "void *rest;\n" + FREES.format(nothing="rest") + drop})
    assert "drop" not in {each.name for each in report.allocators}
