"""Logs are read for what they say; what is damaged, foreign or hostile is told in one line."""

import gzip
import os
import pickle
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from zstandard import ZstdCompressor

from allocscan.errors import TraceError
from allocscan.model import Measure
from allocscan.trace import readers
from allocscan.trace.log import Frame, Log
from allocscan.trace.readers import READERS, read_log
from allocscan.trace.symbols import Symbols
from tests.trace.logs import LOGS, STATISTICS_JSON


def read(content: bytes, place: Path) -> Log:
    """Read a log with some content."""
    path = place / "log"
    path.write_bytes(content)
    return read_log(path, Symbols())


TOTALS = {
    "memcheck": Measure(live_bytes=156, live_blocks=3, leaked_bytes=148, leaked_blocks=1),
    "dhat": Measure(592, 4, 296, 2, 296, 2, 296, 1800, 44, 27),
    "mtrace": Measure(0x94 + 0x94 + 0x10 + 0x20, 4, 0x30, 2, 0x30, 2),
    "ltrace": Measure(148 + 148 + 32, 3, 32, 1, 32, 1),
    "jemalloc": Measure(480, 3, 320, 2),
    "jemalloc_statistics": Measure(blocks=115, live_bytes=105440, live_blocks=111),
    "heaptrack": Measure(0x94 * 2, 2, 0x94, 1, 0x94, 1),
    "snapshot": Measure(live_bytes=72, live_blocks=2),
}


def test_there_is_a_log_for_each_reader() -> None:
    assert tuple(LOGS) == (*TOTALS, "recording") == READERS


@pytest.mark.parametrize("name", TOTALS)
def test_a_log_is_known_by_its_content_and_added_up(name: str, tmp_path: Path) -> None:
    log = read(LOGS[name], tmp_path)
    assert log.measure == TOTALS[name]
    if log.stacks:
        assert sum((stack.measure for stack in log.stacks), Measure()) == log.measure


def test_statistics_are_read_in_both_forms(tmp_path: Path) -> None:
    assert read(STATISTICS_JSON, tmp_path).measure == Measure(blocks=115, live_bytes=105440, live_blocks=111)


def test_frames_are_read(tmp_path: Path) -> None:
    made = Frame("make", "/b/src/make.c", 5)
    assert read(LOGS["dhat"], tmp_path).stacks[0].frames == (Frame("malloc", library="/usr/lib/vg.so"), made)
    assert read(LOGS["memcheck"], tmp_path).stacks[0].frames[1] == Frame(*vars_of(made), "/b/program")
    main = Frame("main", "/b/src/make.c", 9, "/b/program")
    assert read(LOGS["heaptrack"], tmp_path).stacks[0].frames == (Frame(), Frame(*vars_of(made), "/b/program"), main)
    lines = Frame(path="/b/src/make.py", line=5), Frame(path="/b/src/main.py", line=9)
    assert read(LOGS["snapshot"], tmp_path).stacks[0].frames == (Frame(), *lines)


def vars_of(frame: Frame) -> tuple[str, str, int]:
    """Give what places a frame in the source."""
    return frame.function, frame.path, frame.line


@pytest.mark.parametrize("pack", [gzip.compress, ZstdCompressor().compress])
def test_what_is_compressed_is_unpacked(pack: Callable[[bytes], bytes], tmp_path: Path) -> None:
    packed = pack(LOGS["heaptrack"])
    assert read(packed, tmp_path).measure == TOTALS["heaptrack"]
    with pytest.raises(TraceError, match="damaged or cut off"):
        read(packed[: len(packed) // 2], tmp_path)


@pytest.mark.parametrize("pack", [gzip.compress, ZstdCompressor().compress])
def test_a_log_that_unpacks_to_too_much_is_refused(
    pack: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "LARGEST", 2**20)
    with pytest.raises(TraceError, match="larger than 1 MiB"):
        read(pack(bytes(2**22)), tmp_path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"int main(void) {}\n", "no log of memcheck, dhat"),
        (LOGS["memcheck"].replace(b"--leak-check=full", b"-v"), "run Valgrind with --leak-check=full"),
        (LOGS["memcheck"].replace(b"FINISHED", b"RUNNING"), "had not ended"),
        (LOGS["memcheck"].replace(b"<protocoltool>memcheck", b"<protocoltool>helgrind"), "helgrind, not of memcheck"),
        (LOGS["memcheck"][:-30], "damaged or cut off"),
        (LOGS["dhat"].replace(b'"heap"', b'"ad-hoc"'), "--mode=ad-hoc"),
        (LOGS["dhat"].replace(b'Version": 2', b'Version": 9'), "version 9"),
        (LOGS["dhat"].replace(b'"tb": 296', b'"tb": -1'), "counts -1"),
        (LOGS["dhat"].replace(b'"fs": [1, 2]', b'"fs": [1, 99]'), "damaged or cut off"),
        (LOGS["mtrace"][:60], "line 3 is damaged or cut off"),
        (LOGS["jemalloc"][:120], "cut off"),
        (LOGS["heaptrack"].replace(b"v 10400 3", b"v 10400 9"), "version"),
        (LOGS["heaptrack"].replace(b"t 1 1", b"t 1 2"), "without an end"),
        (LOGS["heaptrack"].replace(b"i 1010 1 2 3 5", b"i 1010"), "heaptrack_interpret"),
        (LOGS["snapshot"][:-20], "damaged or cut off"),
        (LOGS["recording"], "recording is damaged or cut off"),
    ],
)
def test_what_makes_no_sense_is_told_in_one_line(content: bytes, reason: str, tmp_path: Path) -> None:
    with pytest.raises(TraceError, match=reason) as failed:
        read(content, tmp_path)
    assert str(failed.value).startswith(f"{tmp_path / 'log'}: ")
    assert "\n" not in str(failed.value)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    laughs = b'<!DOCTYPE valgrindoutput [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n<valgrindoutput>'
    with pytest.raises(TraceError, match="declares a document type"):
        read(LOGS["memcheck"].replace(b"<valgrindoutput>", laughs), tmp_path)


class Hostile:
    """Does something when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("owned",)


def test_nothing_of_a_hostile_snapshot_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(TraceError, match="nothing of it was run"):
        read(pickle.dumps(("tracemalloc", Hostile()), 4), tmp_path)
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize("name", READERS)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damage_never_surprises(name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    content = bytearray(LOGS[name])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    attempt(bytes(content[:cut]), tmp_path_factory.getbasetemp())


def attempt(content: bytes, place: Path) -> None:
    """Read what may make no sense: then it is said in one line."""
    try:
        log = read(content, place)
    except TraceError as error:
        assert "\n" not in str(error)
        return
    assert isinstance(log, Log)


WORDS = st.sampled_from(
    (b"0", b"-1", b"nil", b"0xffffffffffffffffff", b"9" * 30, b"null", b"{}", b"[]", b"<a/>", b"\xff\x00")
)


@pytest.mark.parametrize("name", READERS)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_words_out_of_place_never_surprise(
    name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    words = re.split(rb"(\W)", LOGS[name])
    for place in data.draw(st.lists(st.integers(0, len(words) - 1), min_size=1, max_size=3)):
        words[place] = data.draw(WORDS | st.sampled_from(words))
    attempt(b"".join(words), tmp_path_factory.getbasetemp())


@pytest.mark.parametrize("name", READERS)
@settings(deadline=None, max_examples=30)
@given(rest=st.binary(max_size=200))
def test_what_begins_like_a_log_never_surprises(
    name: str, rest: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    attempt(LOGS[name][:40] + rest, tmp_path_factory.getbasetemp())
