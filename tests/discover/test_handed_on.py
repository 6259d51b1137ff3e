"""Modules that hand on each other's names as a whole."""

import pytest

from tests.discover.conftest import Scan

NAMES = "abcdefgh"


def crate(use: str) -> dict[str, str]:
    """Write modules of which each hands on the names of all others, and one that uses them."""
    modules = {f"src/{name}.rs": "".join(f"pub use crate::{other}::*;\n" for other in NAMES) for name in NAMES}
    modules["src/h.rs"] += "pub fn made() -> *mut u8 { unsafe { malloc(1) } }\n"
    declared = "".join(f"mod {name};\n" for name in NAMES)
    return modules | {"src/lib.rs": f"{declared}use crate::a::*;\npub fn user() {{ {use}(); }}\n", "Cargo.toml": ""}


@pytest.mark.parametrize(("use", "found"), [("made", ["made"]), ("unheard_of", [])])
def test_what_hands_on_names_in_circles_is_looked_at_once(use: str, found: list[str], scan: Scan) -> None:
    report = scan(crate(use))
    assert [site.name for site in report.sites if site.function == "user"] == found
