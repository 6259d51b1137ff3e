"""Language folders, read and checked."""

import re
from collections.abc import Mapping
from pathlib import Path

from allocscan.data import folder
from allocscan.errors import QueryError
from allocscan.languages.language import Language
from allocscan.languages.names import Names
from allocscan.languages.parts import Allocators, Attributes, Classes, Modules, Preprocessor, Receivers, Sizes
from allocscan.queries import ERROR_FILE, QUERY_FILES, TABLE_FILE, language_folders, load_patterns
from allocscan.tables import build, read_toml

PARTS: Mapping[str, type] = {
    "names": Names,
    "modules": Modules,
    "classes": Classes,
    "receivers": Receivers,
    "allocators": Allocators,
    "preprocessor": Preprocessor,
    "attributes": Attributes,
    "sizes": Sizes,
}
"""The tables inside a `language.toml`."""
EXPRESSIONS: Mapping[str, tuple[str, ...]] = {
    "": ("last_use", "conventions", "asserting", "test_paths", "wrapping", "keywords", "repairs", "embedding"),
    "names": ("generics", "made"),
    "classes": ("own", "convention", "holding", "copying"),
    "receivers": ("owners", "rows", "tables", "makers"),
    "preprocessor": ("directive", "skip", "comments", "comment", "interesting", "elsewhere", "guard"),
    "attributes": ("written", "allocates", "sizes", "frees", "released", "never_null", "noreturn", "alias"),
    "sizes": ("measured", "constant", "sum", "product"),
}
"""The keys of each table that hold regular expressions."""
KEYWORDS = "KEYWORDS"
"""Stands for all words of a language that name nothing, wherever it is written in a repair."""
READ = ("patterns", "mistakes", "origins")
"""What stands beside the table."""


def load_languages(extra: tuple[Path, ...] = ()) -> tuple[Language, ...]:
    """Read every language folder, those in `extra` last; raise QueryError for one that makes no sense.

    A folder with a table defines a language, or replaces the one of its name; a folder without adds patterns.
    """
    found: dict[str, Language] = {}
    roots = (folder("queries"), *extra)
    for number, root in enumerate(roots):
        for place in language_folders(root):
            defines = (place / TABLE_FILE).exists()
            language = load_language(place, roots[: number + 1]) if defines else extended(found, place)
            found[language.name] = language
    return tuple(found.values())


def load_language(place: Path, roots: tuple[Path, ...] = ()) -> Language:
    """Read one language folder; what it inherits from lies beside it, or else in the last of the `roots`."""
    path = place / TABLE_FILE
    table = read_toml(path, QueryError)
    for key, kind in PARTS.items():
        if key in table:
            table[key] = build(kind, table[key], f"{path}: [{key}]", QueryError)
    for key in READ:
        if key in table:
            raise QueryError(f"{path}: unknown key {key!r}; patterns are written in {', '.join(QUERY_FILES)}")
    language = build(Language, table, str(path), QueryError)
    return language._replace(
        repairs=tuple(pattern.replace(KEYWORDS, language.keywords) for pattern in language.repairs),
        patterns=tuple(part for name in QUERY_FILES for part in load_patterns(place / name, roots)),
        mistakes=load_patterns(place / ERROR_FILE, roots),
        origins=(place,),
    )


def check_expressions(language: Language) -> None:
    """Raise QueryError for a regular expression that is none."""
    for part, keys in EXPRESSIONS.items():
        table = getattr(language, part) if part else language
        for key in keys:
            given = getattr(table, key)
            for expression in (given,) if isinstance(given, str) else given:
                try:
                    re.compile(expression)
                except re.error as reason:
                    where = f"[{part}] {key}" if part else key
                    path = language.origins[0] / TABLE_FILE
                    raise QueryError(f"{path}: {where}: a pattern cannot be used: {reason}") from None


def extended(known: Mapping[str, Language], place: Path) -> Language:
    """Add the patterns of a folder to the language that it is named after."""
    if place.name not in known:
        names = ", ".join(sorted(known))
        raise QueryError(f"{place}: has no {TABLE_FILE}, and is named like no language that is known: {names}")
    language = known[place.name]
    return language._replace(
        patterns=language.patterns + tuple(part for name in QUERY_FILES for part in load_patterns(place / name)),
        mistakes=language.mistakes + load_patterns(place / ERROR_FILE),
        origins=(*language.origins, place),
    )
