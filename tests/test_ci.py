"""Continuous integration runs what the README says, and skips nothing."""

import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOOKS = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
SCRIPT = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^```sh\n(.+)\n```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
TESTS = """
import pytest

def test_skips():
    pytest.skip("no tool")

@pytest.mark.skipif(True, reason="no other tool")
def test_is_skipped(): ...

@pytest.mark.xfail(strict=True)
def test_fails_as_expected():
    assert False

def test_passes(): ...
"""


@pytest.mark.parametrize(
    ("ci", "outcomes"),
    [("", {"passed": 1, "skipped": 2, "xfailed": 1}), ("true", {"passed": 1, "failed": 1, "errors": 1, "xfailed": 1})],
)
def test_a_skip_is_a_failure_there(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, ci: str, outcomes: dict[str, int]
) -> None:
    monkeypatch.setenv("CI", ci)
    pytester.makeconftest(HOOKS)
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    result.assert_outcomes(**outcomes)
    assert ("CI=true forbids: Skipped: no tool" in result.stdout.str()) == (ci == "true")


def test_a_skipped_module_is_an_error_there(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    pytester.makeconftest(HOOKS)
    pytester.makepyfile("import pytest\npytest.importorskip('a_module_that_nobody_has')")
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    result.assert_outcomes(errors=1)


def test_the_readme_begins_with_two_commands() -> None:
    main_job, suite = COMMANDS[:2]
    assert main_job.endswith("allocscan memory-leak")
    assert suite.endswith("pytest")


def test_the_suite_is_run_as_the_readme_says() -> None:
    assert SCRIPT.splitlines()[-1] == COMMANDS[1]


def test_the_script_stops_at_the_first_error() -> None:
    assert SCRIPT.startswith("#!/usr/bin/env bash\n")
    assert "\nset -euo pipefail\n" in SCRIPT
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
