"""Every pattern of every query is matched by some sample."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import tree_sitter

from allocscan.data import folder
from allocscan.languages import Language, load_languages
from allocscan.syntax import load_grammar
from tests.samples.claims import sample_files

LANGUAGES = load_languages()
QUERIES = [
    (language, path) for language in LANGUAGES for path in sorted(folder("queries").glob(f"{language.name}/*.scm"))
]


@pytest.mark.parametrize(("language", "path"), QUERIES, ids=[f"{path.parent.name}/{path.name}" for _, path in QUERIES])
def test_every_pattern_is_matched(language: Language, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    query = tree_sitter.Query(load_grammar(language), text)
    unmatched = set(range(query.pattern_count)) - set(matched_patterns(query, language))
    lines = sorted(text.encode()[: query.start_byte_for_pattern(pattern)].count(b"\n") + 1 for pattern in unmatched)
    assert not lines, f"no sample matches the patterns of {path.parent.name}/{path.name} in lines {lines}"


def matched_patterns(query: tree_sitter.Query, language: Language) -> Iterator[int]:
    """Yield the patterns that match somewhere in the samples of a language."""
    parser = tree_sitter.Parser(load_grammar(language))
    for content in sample_contents(language):
        root = parser.parse(content).root_node
        yield from (pattern for pattern, _ in tree_sitter.QueryCursor(query).matches(root))


def sample_contents(language: Language) -> Iterator[bytes]:
    """Read all sample files of a language."""
    for root in sorted(folder("sample_repos").iterdir()):
        for path, written_in in sample_files(root, LANGUAGES):
            if written_in == language:
                yield (root / path).read_bytes()
