"""What was linked is read again part by part, and never by halves."""

from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocscan.filters import EVERYTHING, Selection, select
from allocscan.model import Location, Report, Source
from allocscan.remembered.portions import ALWAYS, PARTS, packed, unpacked
from allocscan.reporters import FORMATS, Format, writing
from tests.reporters.sample import REPORT, read

LINKED = replace(REPORT, source=Source("", ""))
EMPTY = Report(LINKED.source)


@given(wanted=st.sets(st.sampled_from(PARTS)))
def test_what_is_wanted_is_as_it_was_and_the_rest_is_empty(wanted: set[str]) -> None:
    found = unpacked(packed(LINKED), wanted)
    for part in PARTS:
        there = not wanted or part in wanted | ALWAYS
        assert getattr(found, part) == getattr(LINKED if there else EMPTY, part)


def test_what_is_made_anew_is_so_in_every_part() -> None:
    found = unpacked(packed(LINKED), (), {Location: lambda path, *place: Location(f"new/{path}", *place)})
    assert found
    assert {site.location.path for site in found.sites} == {f"new/{site.location.path}" for site in LINKED.sites}


@given(place=st.integers(0, len(packed(LINKED)) - 1), bit=st.integers(0, 7))
def test_what_was_damaged_is_not_believed(place: int, bit: int) -> None:
    damaged = bytearray(packed(LINKED))
    damaged[place] ^= 1 << bit
    assert unpacked(bytes(damaged), ()) in (None, LINKED)
    assert unpacked(b"", ()) is None


PARTIAL = [form for form in FORMATS.values() if form.parts]


@pytest.mark.parametrize("selection", [EVERYTHING, Selection(), Selection(implicit=True, tests=False)])
@pytest.mark.parametrize("form", PARTIAL, ids=lambda form: form.name)
def test_a_format_looks_at_no_other_parts_than_it_says(form: Format, selection: Selection) -> None:
    partial = unpacked(packed(LINKED), form.parts)
    assert partial
    assert partial != LINKED
    told = replace(partial, source=REPORT.source, files=REPORT.files)
    assert written(form, told, selection) == written(form, REPORT, selection) != ""


def written(form: Format, report: Report, selection: Selection) -> str:
    """Write a report in a format."""
    stream = StringIO()
    with writing(form, stream) as write:
        write(select(report, selection), read)
    return stream.getvalue()
