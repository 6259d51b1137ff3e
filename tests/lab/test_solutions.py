"""Every exercise can be solved, and not by a wrong answer: on its sample, or on a small tree of the same shape."""

from pathlib import Path

import pytest

from allocscan.errors import ExitCode
from allocscan.lab.exercises import LOGGED, load_exercises
from allocscan.sources import sample_names
from tests.cli.conftest import Run

SAMPLES = {
    "09-where-is-malloc": ("heap.c", "standard.c"),
    "12-search-is-wrong": ("26", "32"),
    "13-all-torrents": (
        "__main__.py:26 manager.py:46 manager.py:112 manager.py:115 core/torrent.py:51 core/torrent.py:69 "
        "core/torrent.py:74 core/torrent.py:78 core/torrent.py:108 factories.py:20 session.py:33 console.py:24",
        "core/torrent.py:34",
    ),
    "16-own-names": ("malloc(), calloc()", "kv_alloc"),
    "20-rust": (
        " ".join(f"src/foreign.rs:{line}" for line in (15, 21, 29, 34, 64, 71, 79, 89, 96, 112, 129, 135)),
        "src/foreign.rs:14",
    ),
    "22-d-allocators": ("arena.d:22 arena.d:72", "arena.d:22 arena.d:72 source.d:35"),
}
"""The right answer, counted by hand, and a wrong one."""

HEAP = "void *malloc(unsigned long n)\n{\n\treturn sbrk(n);\n}\nvoid free(void *p)\n{\n}\n"
ALLOC_ONE = "#define ALLOC_ONE(type) (type *)malloc(sizeof(type))\n"
TREES = {
    "10-three-mallocs": (
        {f"src/malloc/{name}malloc.c": HEAP for name in ("lite_", "old/", "ng/")} | {"src/other.c": "int x;\n"},
        "lite_malloc.c old/malloc.c ng/malloc.c",
        "lite_malloc.c",
    ),
    "11-free-and-calloc": (
        {
            "src/malloc/free.c": "void free(void *p)\n{\n}\n",
            "src/malloc/calloc.c": "void *calloc(unsigned long n, unsigned long s)\n{\n\treturn malloc(n * s);\n}\n",
        },
        "malloc/free.c malloc/calloc.c",
        "malloc/free.c",
    ),
    "14-deluge": (
        {
            "deluge/core/torrent.py": "class Torrent:\n    pass\n",
            "deluge/core/manager.py": "from .torrent import Torrent\n\nclass TorrentManager:\n    t = Torrent()\n",
            "deluge/core/core.py": "from .manager import TorrentManager\nm = TorrentManager()\n",
        },
        "manager.py:4 core.py:2",
        "manager.py:3",
    ),
    "15-your-choice": ({"a.py": "class VersionSplit:\n    pass\n\nv = [VersionSplit(), VersionSplit()]\n"}, "2", "3"),
    "17-redis": (
        {"a.c": "void *zmalloc(int n) { return malloc(n); }\nvoid zfree(void *p) { free(p); }\n"}
        | {"b.c": "void f(void) { void *p = zmalloc(1); zfree(p); }\n"},
        "zfree",
        "free",
    ),
    "18-vim": ({"a.c": ALLOC_ONE + "void *f(void) { return ALLOC_ONE(int); }\n"}, "1", "2"),
    "19-git": (
        {
            "wrapper.c": "void *xmalloc(int n) { return checked(n); }\nvoid *checked(int n) { return malloc(n); }\n",
            "user.c": "void *xmalloc(int);\nvoid *f(void) { return xmalloc(2); }\n",
        },
        "malloc",
        "checked",
    ),
    "21-servo": ({"a.rs": "fn f() -> Box<u8> {\n    // Box::new(1)\n    Box::new(2)\n}\n"}, "1", "2"),
    "23-phobos": (
        {"region.d": "struct Region\n{\n    enum alignment = 8;\n    void[] allocate(size_t n) { return null; }\n}\n"},
        "region.d:1",
        "region.d:4",
    ),
}
"""A tree of the same shape, the right answer for it, and a wrong one."""


def test_every_exercise_is_solved_here_or_with_a_log() -> None:
    for exercise in load_exercises():
        if exercise.question.asks not in LOGGED:
            assert exercise.name in (SAMPLES if exercise.target in sample_names() else TREES), exercise.name


@pytest.mark.parametrize("name", SAMPLES)
def test_samples(ran: Run, name: str) -> None:
    right, wrong = SAMPLES[name]
    assert ran("lab", name, "--check", wrong, "-j", "1").code == ExitCode.FAILED
    solved = ran("lab", name, "--check", right, "-j", "1")
    assert (solved.code, solved.errors) == (ExitCode.OK, ""), solved


@pytest.mark.parametrize("name", TREES)
def test_trees(ran: Run, name: str, tmp_path: Path) -> None:
    files, right, wrong = TREES[name]
    for path, text in files.items():
        (tmp_path / "tree" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tree" / path).write_text(text, encoding="utf-8")
    line = ("lab", name, "--target", "./tree", "-j", "1", "--check")
    assert ran(*line, wrong).code == ExitCode.FAILED
    solved = ran(*line, right)
    assert (solved.code, solved.errors) == (ExitCode.OK, ""), solved
