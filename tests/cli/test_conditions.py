"""`--fail-on`."""

import json
from dataclasses import replace

import pytest

from allocscan.cli.failing import met
from allocscan.cli.options import Options
from allocscan.conditions import MEASURES, Condition, read_condition
from allocscan.errors import ConditionError, ExitCode
from allocscan.model import FileRecord, Measure, Observation, Run
from tests.cli.conftest import Run as RunLine
from tests.reporters.sample import REPORT

Asked = list[tuple[tuple[str, ...], Options]]
LOSSY = replace(REPORT, files=(FileRecord("a.c", "c", 10, 1000, 25),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("parse-loss=2.5", ""),
        ("parse-loss=2.4%", "store: 2.5 % of the source not understood, more than parse-loss=2.4 allows"),
        ("parse-loss", "store: 2.5 % of the source not understood, more than parse-loss=0 allows"),
        ("unchecked=1", ""),
        ("unchecked=0", "store: 1 results used without asking, more than unchecked=0 allows"),
    ],
)
def test_conditions_are_met_by_more_than_they_allow(text: str, expected: str) -> None:
    assert read_condition(text).met(LOSSY) == expected


@pytest.mark.parametrize("text", ["", "loss=1", "parse-loss=much", "parse-loss=", "parse-loss=-1", "parse-loss=nan"])
def test_other_conditions_are_refused(text: str) -> None:
    with pytest.raises(ConditionError):
        read_condition(text)


def test_every_measure_can_be_taken() -> None:
    watched = replace(LOSSY, runs=(Run("log", "tool", Measure(leaked_bytes=0)),))
    assert len(list(met((Condition(name, -1) for name in MEASURES), watched))) == len(MEASURES)


def test_what_nothing_counts_is_no_zero() -> None:
    with pytest.raises(ConditionError, match="nothing counts leaked-bytes"):
        list(met([Condition("leaked-bytes", 0)], LOSSY))


def test_large_figures_are_written_out() -> None:
    lost = Measure(leaked_bytes=1_521_415)
    place = LOSSY.sites[0].location
    watched = replace(LOSSY, runs=(Run("log", "tool", lost),), observations=(Observation(place, lost),))
    assert "1,521,415 bytes lost" in next(met([Condition("leaked-bytes", 0)], watched))


def test_a_scan_fails_and_still_reports(ran: RunLine, asked: Asked) -> None:
    line = ("--format", "jsonl", "-q", "--fail-on", "unchecked=0", "--fail-on", "parse-loss=100")
    shown = ran("deluge", "redis", *line)
    assert shown.code == ExitCode.FAILED
    records = [json.loads(text)["record"] for text in shown.output.splitlines()]
    assert records.count("summary") == 2
    assert shown.errors.splitlines() == [
        "allocscan: deluge: 1 results used without asking, more than unchecked=0 allows",
        "allocscan: redis: 1 results used without asking, more than unchecked=0 allows",
    ]


def test_a_scan_that_keeps_its_limits_ends_well(ran: RunLine, asked: Asked) -> None:
    assert ran("deluge", "-q", "--fail-on", "unchecked=1").code == ExitCode.OK


def test_a_wrong_condition_is_told_before_anything_is_scanned(ran: RunLine, asked: Asked) -> None:
    shown = ran("deluge", "--fail-on", "loss=1")
    assert shown.code == ExitCode.ERROR
    assert shown.errors == f"allocscan: no condition 'loss'; there are {', '.join(sorted(MEASURES))}\n"
    assert not asked
