"""Under which keys results are kept: each holds everything that can change the result."""

import sys
from collections.abc import Iterable
from functools import lru_cache
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING

from allocscan.data import PACKAGE
from allocscan.store.digests import digest

if TYPE_CHECKING:
    from allocscan.languages import Language


def facts_key(path: str, content: str, read: str) -> str:
    """Name the facts of a file that is read in some way: paths say what is a test, and stand in the facts."""
    return digest("facts", read, path, content)


def outline_key(key: str) -> str:
    """Name the outline of a file by the key of its facts."""
    return f"{key} outline"


def language_key(read: str) -> str:
    """Name a language by how its files are read."""
    return f"{read} language"


def content_key(content: bytes) -> str:
    """Name a content."""
    return digest("content", content)


@lru_cache
def reading(language: "Language") -> str:
    """Change whenever files of a language might be read in another way."""
    return digest(environment(packages((language,))), language.fingerprint)


def packages(languages: "Iterable[Language]") -> tuple[str, ...]:
    """Name the modules that read languages."""
    return ("tree_sitter", *sorted({language.grammar.split(":")[0] for language in languages}))


def environment(modules: tuple[str, ...]) -> str:
    """Change with the program, with what runs it, and with the packages of some modules."""
    return digest(program(), *map(installed, modules))


@lru_cache
def program() -> str:
    """Change with the program and with what runs it."""
    return digest(sys.version, *files_below(PACKAGE, "*.py"))


def files_below(folder: Path, pattern: str) -> Iterable[bytes | str]:
    """Yield the names and contents of files."""
    for path in sorted(folder.rglob(pattern)):
        yield path.relative_to(folder).as_posix()
        yield path.read_bytes()


@lru_cache
def installed(module: str) -> str:
    """Say which version of a package is installed; of one that does not say, what it begins with.

    The names of folders tell, without the time that it takes to read what is in them.
    """
    name = module.partition(".")[0]
    found = PathFinder.find_spec(name)
    if not found or not found.origin:
        return ""
    begins = Path(found.origin)
    return " ".join(sorted(place.name for place in begins.parent.parent.glob(f"{name}-*.dist-info"))) or digest(
        begins.read_bytes()
    )
