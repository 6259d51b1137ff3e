"""Functions of another language, by the names that they have there."""

import pytest

from tests.discover.conftest import Scan


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("use libsqlite3_sys as ffi; fn f() { ffi::sqlite3_malloc64(8); }", "sqlite3_malloc64"),
        ("fn f() { crate::ffi::sqlite3_malloc64(8); }", "sqlite3_malloc64"),
        (
            'mod c { extern "C" { pub fn sqlite3_malloc64(n: u64) -> *mut u8; } } fn f() { c::sqlite3_malloc64(8); }',
            "sqlite3_malloc64",
        ),
        ("fn f(table: Table) { table.sqlite3_malloc64(8); }", ""),
        ("fn f() { Table::sqlite3_malloc64(8); }", ""),
        ("mod c { pub fn sqlite3_malloc64(n: u64) {} } fn f() { c::sqlite3_malloc64(8); }", ""),
        ("fn f() { ffi::sqlite3_serialize(db, s, &mut n, ffi::SQLITE_SERIALIZE_NOCOPY); }", ""),
    ],
)
def test_a_module_that_does_not_define_a_function_may_offer_one_of_c(text: str, name: str, scan: Scan) -> None:
    assert [site.allocator for site in scan({"a.rs": text}).sites] == [name] * bool(name)
