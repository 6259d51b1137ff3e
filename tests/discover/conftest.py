"""Small trees to discover allocators in."""

from collections.abc import Callable
from pathlib import Path

import pytest

import allocscan
from allocscan.model import Report

Scan = Callable[[dict[str, str]], Report]


@pytest.fixture
def scan(tmp_path: Path) -> Scan:
    """Scan a tree of a few texts."""

    def scan_texts(texts: dict[str, str]) -> Report:
        for name, text in texts.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return allocscan.scan(str(tmp_path))

    return scan_texts
