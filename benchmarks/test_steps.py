"""What each step takes: `pytest benchmarks --tree TREE`."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from allocscan import pipeline, sources
from allocscan.assign import assign
from allocscan.discover import discover
from allocscan.extract import extract
from allocscan.languages import Language
from allocscan.model import FileFacts, Report
from allocscan.reporters import FORMATS, writing
from allocscan.resolve import Links, resolve
from allocscan.rules import load_rules
from allocscan.syntax import analyse

RULES = load_rules()
LANGUAGES = {language.name: language for language in RULES.languages}
CATALOGUES = RULES.catalogues(RULES.languages)


@dataclass(frozen=True, slots=True)
class Text:
    """A file as it is read."""

    path: str
    content: bytes
    language: Language


@pytest.fixture(scope="session")
def tree(place: Path) -> Iterator[sources.SourceTree]:
    """Open the tree."""
    settings = sources.Settings(cache=place / "unused")
    suffixes = {suffix for language in RULES.languages for suffix in language.suffixes + language.shared}
    with sources.open_tree(sources.parse_target(str(place), settings), suffixes, settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def texts(tree: sources.SourceTree) -> list[Text]:
    """Read its files."""
    languages = assign(tree.by_path, RULES.languages)
    return [Text(path, content, languages[path]) for path, content in tree.read(languages)]


@pytest.fixture(scope="session")
def facts(texts: list[Text]) -> list[FileFacts]:
    """Extract its facts."""
    return sorted((extract(text.path, text.content, text.language) for text in texts), key=lambda each: each.path)


@pytest.fixture(scope="session")
def links(facts: list[FileFacts]) -> list[Links]:
    """Link its names."""
    return list(resolve(facts, LANGUAGES))


@pytest.fixture(scope="session")
def report(tree: sources.SourceTree) -> Report:
    """Scan it."""
    return pipeline.scan(tree, RULES.languages, CATALOGUES)


def test_parse_and_query(benchmark: BenchmarkFixture, texts: list[Text]) -> None:
    benchmark(lambda: [analyse(text.content, text.language) for text in texts])


def test_extract(benchmark: BenchmarkFixture, texts: list[Text]) -> None:
    assert benchmark(lambda: [extract(text.path, text.content, text.language) for text in texts])


def test_resolve(benchmark: BenchmarkFixture, facts: list[FileFacts]) -> None:
    assert benchmark(lambda: list(resolve(facts, LANGUAGES)))


def test_discover(benchmark: BenchmarkFixture, links: list[Links]) -> None:
    assert benchmark(lambda: [discover(each, CATALOGUES) for each in links])


@pytest.mark.parametrize("name", ["terminal", "grep", "jsonl"])
def test_report(benchmark: BenchmarkFixture, report: Report, tree: sources.SourceTree, name: str) -> None:
    def write() -> str:
        stream = StringIO()
        with writing(FORMATS[name], stream) as add:
            add(report, tree.content)
        return stream.getvalue()

    assert benchmark(write)
