"""What the samples claim is found, and nothing else."""

from functools import lru_cache
from pathlib import Path

import pytest

import allocscan
from allocscan.data import folder
from allocscan.languages import load_languages
from tests.samples.claims import Finding, compare, findings, read_sample, sample_files, vacuous

LANGUAGES = load_languages()
SAMPLES = sorted(path for path in folder("sample_repos").iterdir() if path.is_dir())
FILES = [(sample, path) for sample in SAMPLES for path, _ in sample_files(sample, LANGUAGES)]


@lru_cache
def found_in(sample: Path) -> tuple[Finding, ...]:
    """Scan a sample once."""
    return tuple(findings(allocscan.scan(str(sample))))


@pytest.mark.parametrize(("sample", "path"), FILES, ids=[f"{sample.name}/{path}" for sample, path in FILES])
def test_claims_are_found_and_nothing_else(sample: Path, path: str) -> None:
    (file,) = (file for file in read_sample(sample, LANGUAGES) if file.path == path)
    differences = compare(file.claims, [finding for finding in found_in(sample) if finding.path == path])
    assert not differences, "\n".join(["", *differences])


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_sample_says_what_it_expects(sample: Path) -> None:
    assert not vacuous(read_sample(sample, LANGUAGES)), f"{sample.name} claims nothing, and does not say `no claims`"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_finding_is_in_a_file_with_claims(sample: Path) -> None:
    known = {path for path, _ in sample_files(sample, LANGUAGES)}
    assert {finding.path for finding in found_in(sample)} <= known


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_targets_exist(sample: Path) -> None:
    files = list(read_sample(sample, LANGUAGES))
    for claim in (claim for file in files for claim in file.claims if claim.finding.target):
        path, _, line = claim.finding.target.rpartition(":")
        name = claim.finding.target
        assert int(line) <= len((sample / path).read_text(encoding="utf-8").splitlines()), name
