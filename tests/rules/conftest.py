"""Folders with rules and sources."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.sources.repositories import write

Place = Callable[[Mapping[str, str | bytes]], Path]

PROGRAM = """#include <stdlib.h>
#include "pool.h"

void *grab(size_t n) { return malloc(n); }
void drop(void *p) { free(p); }
void *cached(void);

int main(void) {
    char *a = grab(3);
    char *b = pool_take(4);
    void *c = cached();
    pool_return(b);
    drop(a);
    return c != NULL;
}
"""


@pytest.fixture
def rules(tmp_path: Path) -> Place:
    """Write files into a folder of rules."""
    return lambda files: write(tmp_path / "rules", files)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder with a program."""
    return write(tmp_path / "program", {"main.c": PROGRAM})
