"""A language's parser and queries, compiled."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

import tree_sitter

from allocscan.errors import QueryError
from allocscan.languages import Language, Names

ERRORS = "(ERROR) @lost (MISSING) @lost"
DEEPEST = 4000
"""Levels of a tree in which constructs are looked for; the time that a query takes grows with their square."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A language's parser and compiled queries; lives as long as its process."""

    parser: tree_sitter.Parser
    query: tree_sitter.Query
    errors: tree_sitter.Query
    strict: bool
    """Some patterns call an error what the grammar has accepted."""
    names: Names
    wrappers: tuple[tuple[bytes, bytes], ...]
    repairs: tuple[re.Pattern[bytes], ...]


@lru_cache(maxsize=64)
def machine_of(language: Language) -> Machine:
    """Compile a language once; raise QueryError when grammar or query cannot be used."""
    grammar = load_grammar(language)
    try:
        query = tree_sitter.Query(grammar, language.query)
        errors = tree_sitter.Query(grammar, ERRORS + "\n" + language.errors)
    except tree_sitter.QueryError as reason:
        raise QueryError(f"queries/{language.name}: {reason}") from None
    wrappers = tuple((before.encode(), after.encode()) for before, after in language.wrappers)
    repairs = tuple(re.compile(pattern.encode(), re.MULTILINE) for pattern in language.repairs)
    parser = tree_sitter.Parser(grammar)
    return Machine(parser, query, errors, bool(language.errors), language.names, wrappers, repairs)


def cursor_of(query: tree_sitter.Query) -> tree_sitter.QueryCursor:
    """Make ready to run a query, over trees of any depth."""
    cursor = tree_sitter.QueryCursor(query)
    cursor.set_max_start_depth(DEEPEST)
    return cursor


def load_grammar(language: Language) -> tree_sitter.Language:
    """Import a grammar named as `module:function` or `module:function:argument`."""
    module, function, *arguments = language.grammar.split(":")
    try:
        made = getattr(import_module(module), function)(*arguments)
    except (ImportError, AttributeError, LookupError) as reason:
        raise QueryError(f"queries/{language.name}: grammar {language.grammar}: {reason}") from None
    return made if isinstance(made, tree_sitter.Language) else tree_sitter.Language(made)
