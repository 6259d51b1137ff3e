"""Stamps tell whether a file may hold something else than it did, and are never believed too early."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allocscan.store.stamps import COARSE, FINE, SECOND, all_below, differing, settled, stamp

LONG_AGO = 10**18 + 1


def test_what_is_not_there_has_no_stamp(tmp_path: Path) -> None:
    assert stamp(str(tmp_path / "none")) is None
    assert stamp("\0") is None
    assert not differing({str(tmp_path / "none"): None})
    assert differing({str(tmp_path / "none"): stamp(str(tmp_path))}) == {str(tmp_path / "none"): None}


def test_a_link_is_looked_at_and_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("content")
    (tmp_path / "link").symlink_to("file")
    assert stamp(str(tmp_path / "link")) != stamp(str(tmp_path / "file"))
    before = stamp(str(tmp_path / "link"))
    assert before
    assert settled(before, max(before[-2:]) + COARSE + 1)
    assert not settled(before, max(before[-2:]))
    (tmp_path / "file").write_text("more content")
    assert stamp(str(tmp_path / "link")) != before
    (tmp_path / "file").unlink()
    assert stamp(str(tmp_path / "link")) == before[: len(before) // 2]


def test_times_that_were_set_back_do_not_deceive(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("one")
    os.utime(file, ns=(LONG_AGO, LONG_AGO))
    before = stamp(str(file))
    file.write_text("two")
    os.utime(file, ns=(LONG_AGO, LONG_AGO))
    after = stamp(str(file))
    assert before
    assert after
    assert before[:-1] == after[:-1], "size and the time of writing are the same"
    assert before != after or not settled(before, before[-1] + FINE)


EDITS = ("write", "replace", "rename", "link", "chmod", "remove")


def edit(kind: str, file: Path) -> None:
    """Do something to a file, and make it look as old as it was."""
    other = file.with_name("other")
    other.write_text("two")
    if kind == "write":
        file.write_text("two")
    elif kind == "replace":
        other.replace(file)
    elif kind == "rename":
        file.rename(other)
        other.rename(file)
    elif kind == "link":
        file.unlink()
        file.symlink_to(other)
    elif kind == "chmod":
        file.chmod(0o600)
    else:
        file.unlink()
    if file.exists():
        os.utime(file, ns=(LONG_AGO, LONG_AGO))


@pytest.mark.parametrize("kind", EDITS)
def test_whatever_happens_to_a_file_it_looks_different(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("one")
    os.utime(file, ns=(LONG_AGO, LONG_AGO))
    before = stamp(str(file))
    assert before
    edit(kind, file)
    assert differing({str(file): before}) or not settled(before, before[-1] + FINE)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    written=st.integers(0, 4 * SECOND),
    tick=st.sampled_from([1, 1000, SECOND // 250, FINE, SECOND, COARSE]),
    read=st.integers(0, 4 * SECOND),
    later=st.integers(0, 4 * SECOND),
)
def test_a_settled_stamp_never_stands_for_two_contents(written: int, tick: int, read: int, later: int) -> None:
    """Whatever the tick: who reads after a writing, and believes the stamp, sees whatever that is written later."""
    first, began, second = LONG_AGO + written, LONG_AGO + written + read, LONG_AGO + written + read + later
    stamps = [(0, 0, 0, 0, moment // tick * tick, moment // tick * tick) for moment in (first, second)]
    if settled(stamps[0], began):
        assert stamps[0] != stamps[1]


def test_what_is_old_is_settled() -> None:
    assert settled((0, 0, 0, 0, LONG_AGO, LONG_AGO), LONG_AGO + FINE + 1)
    assert not settled((0, 0, 0, 0, LONG_AGO, LONG_AGO), LONG_AGO)
    assert not settled((0, 0, 0, 0, LONG_AGO, 1, 0, 0, 0, 0, 1, 1), LONG_AGO)
    whole = LONG_AGO // SECOND * SECOND
    assert not settled((0, 0, 0, 0, whole, whole), whole + SECOND)
    assert settled((0, 0, 0, 0, whole, whole), whole + 3 * SECOND)


def test_everything_below_a_folder_is_named(tmp_path: Path) -> None:
    for name in ("a/b/c", "a/left/d", "e"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "loop").symlink_to(tmp_path)
    found = {str(Path(path).relative_to(tmp_path)) for path in all_below(str(tmp_path), frozenset(("left",)))}
    assert found == {".", "a", "a/b", "a/b/c", "e", "loop"}
