"""A language's parser and queries, compiled."""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import tree_sitter

from allocscan.errors import QueryError
from allocscan.languages import Language, Names
from allocscan.queries import DETAILS, TABLE_FILE

DEEPEST = 3000
"""Levels of a tree in which constructs are looked for; the time that a query takes grows with their square."""

BINDING = "_binding"
"""What packages of grammars call the module that makes theirs."""

Respelling = tuple[tuple[re.Pattern[bytes], bytes], ...]
"""Patterns, each with the text that takes the place of what it finds."""


class Machine(NamedTuple):
    """A language's parser and compiled queries; lives as long as its process."""

    parser: tree_sitter.Parser
    query: tree_sitter.Query
    roles: frozenset[str]
    """The query's captures on whole constructs."""
    errors: tree_sitter.Query | None
    """What is called an error although the grammar accepts it."""
    hidden: tree_sitter.Query
    """What is no code: comments and strings."""
    names: Names
    wrappers: tuple[tuple[bytes, bytes], ...]
    repairs: tuple[re.Pattern[bytes], ...]
    respell: Respelling
    respelled: Respelling
    wrapping: re.Pattern[bytes]


@lru_cache(maxsize=64)
def machine_of(language: Language) -> Machine:
    """Compile a language once; raise QueryError when grammar or query cannot be used."""
    grammar = load_grammar(language)
    query = compiled(grammar, language, language.query)
    errors = compiled(grammar, language, language.errors) if language.errors else None
    kinds = " ".join(f"({kind})" for kind in (*language.comments, *language.strings))
    hidden = compiled(grammar, language, f"[{kinds}] @hidden")
    try:
        wrappers = tuple((before.encode(), after.encode()) for before, after in language.wrappers)
        repairs = tuple(re.compile(pattern.encode(), re.MULTILINE) for pattern in language.repairs)
        respell, respelled = map(respelling, (language.respell, language.respelled))
        wrapping = re.compile((language.wrapping or "(?!)").encode(), re.DOTALL)
    except re.error as reason:
        raise QueryError(f"{table_of(language)}: a pattern cannot be used: {reason}") from None
    parser = tree_sitter.Parser(grammar)
    spelling = respell, respelled, wrapping
    return Machine(parser, query, roles_in(query), errors, hidden, language.names, wrappers, repairs, *spelling)


def respelling(patterns: Iterable[tuple[str, str]]) -> Respelling:
    """Compile patterns, each with the text that takes the place of what it finds."""
    return tuple((re.compile(pattern.encode()), text.encode()) for pattern, text in patterns)


def roles_in(query: tree_sitter.Query) -> frozenset[str]:
    """Name the captures of a query that stand on whole constructs."""
    captures = map(query.capture_name, range(query.capture_count))
    return frozenset(name for name in captures if name not in DETAILS and not name.startswith("_"))


def compiled(grammar: tree_sitter.Language, language: Language, text: str) -> tree_sitter.Query:
    """Compile a query; raise QueryError that names the file which the grammar does not understand."""
    try:
        return tree_sitter.Query(grammar, text)
    except tree_sitter.QueryError as reason:
        for part in language.patterns + language.mistakes:
            try:
                tree_sitter.Query(grammar, part.text)
            except tree_sitter.QueryError as inner:
                raise QueryError(f"{part.path}: {' '.join(str(inner).split())}") from None
        raise QueryError(f"{table_of(language)}: {reason}") from None


def table_of(language: Language) -> Path:
    """Name the file that defines a language."""
    return next(iter(language.origins), Path(language.name)) / TABLE_FILE


def cursor_of(query: tree_sitter.Query) -> tree_sitter.QueryCursor:
    """Make ready to run a query, over trees of any depth."""
    cursor = tree_sitter.QueryCursor(query)
    cursor.set_max_start_depth(DEEPEST)
    return cursor


def load_grammar(language: Language) -> tree_sitter.Language:
    """Import a grammar named as `module:function` or `module:function:argument`."""
    try:
        module, function, *arguments = language.grammar.split(":")
        made = getattr(binding(module, function) or import_module(module), function)(*arguments)
        return made if isinstance(made, tree_sitter.Language) else tree_sitter.Language(made)
    except ModuleNotFoundError as reason:
        missing = f"{reason.name} is not installed"
        raise QueryError(f"{table_of(language)}: grammar {language.grammar}: the package of {missing}") from None
    except (ImportError, AttributeError, LookupError, TypeError, ValueError) as reason:
        raise QueryError(f"{table_of(language)}: grammar {language.grammar}: {reason}") from None


def binding(package: str, function: str) -> ModuleType | None:
    """Load that module of a package which makes its grammar; what the package imports beside it takes far longer."""
    found = PathFinder.find_spec(package)
    inside = found.submodule_search_locations if found else None
    inner = PathFinder.find_spec(f"{package}.{BINDING}", inside) if inside else None
    if not (inner and inner.loader):
        return None
    module = module_from_spec(inner)
    inner.loader.exec_module(module)
    return module if hasattr(module, function) else None
