"""Lexers made faster: of the many rules of a state, only those are tried that can match where the text stands.

Nothing but the time changes: a rule is left out only for characters with which its pattern cannot begin.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from pygments.lexer import Lexer, RegexLexer

Rule = tuple[Callable[[str, int], Any], Any, Any]
"""What tries a pattern somewhere in a text, what that is then, and which state follows."""
Node = tuple[Any, Any]
"""A part of a pattern, and what it consists of."""

KNOWN = frozenset(map(chr, range(128)))
"""Characters by which rules are chosen; in front of others all are tried."""
WIDTHLESS = frozenset((codes.AT, codes.ASSERT, codes.ASSERT_NOT))
REPEATS = frozenset((codes.MAX_REPEAT, codes.MIN_REPEAT))

CATEGORIES: Mapping[Any, Callable[[str], bool]] = {
    codes.CATEGORY_DIGIT: str.isdigit,
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_WORD: lambda one: one.isalnum() or one == "_",
    codes.CATEGORY_NOT_DIGIT: lambda one: not one.isdigit(),
    codes.CATEGORY_NOT_SPACE: lambda one: not one.isspace(),
    codes.CATEGORY_NOT_WORD: lambda one: not one.isalnum() and one != "_",
}
PARTICULAR = re.IGNORECASE | re.ASCII
"""Flags by which a pattern means other characters than it names."""

Firsts = tuple[frozenset[str], bool]
"""With which characters something begins, and if it may be empty."""


class State(list[Rule]):
    """The rules of a state behind one that matches nothing, but sees where the text stands and chooses the others."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self.starting = by_first(self.rules)
        super().__init__([(self.choose, None, None)])

    def choose(self, text: str, position: int, _end: int | None = None) -> None:
        """Put in place what can match at a position."""
        self[1:] = self.starting.get(text[position : position + 1], self.rules)


def quickened(lexer: Lexer) -> Lexer:
    """Make a lexer faster, if it is one whose rules are known."""
    if isinstance(lexer, RegexLexer):
        lexer._tokens = {name: State(rules) for name, rules in lexer._tokens.items()}  # type: ignore[attr-defined]
    return lexer


def by_first(rules: tuple[Rule, ...]) -> Mapping[str, tuple[Rule, ...]]:
    """Sort rules by the characters with which they can match, their order kept."""
    beginnings = [(rule, beginning(rule)) for rule in rules]
    return {each: tuple(rule for rule, firsts in beginnings if each in firsts) for each in KNOWN}


def beginning(rule: Rule) -> frozenset[str]:
    """Say with which of the known characters a rule can match."""
    pattern = getattr(rule[0], "__self__", None)
    if not isinstance(pattern, re.Pattern) or pattern.flags & PARTICULAR:
        return KNOWN
    firsts, empty = firsts_of(parser.parse(pattern.pattern, pattern.flags))
    return KNOWN if empty else firsts


def firsts_of(sequence: Iterable[Node]) -> Firsts:
    """Say with which characters a sequence begins."""
    found: frozenset[str] = frozenset()
    for node in sequence:
        firsts, empty = firsts_of_node(*node)
        found |= firsts
        if not empty:
            return found, False
    return found, True


def firsts_of_node(code: Any, inside: Any) -> Firsts:
    """Say with which characters a part of a pattern begins; what is not understood may be anything."""
    if code is codes.LITERAL:
        return frozenset(chr(inside)), False
    if code is codes.IN:
        return frozenset(each for each in KNOWN if is_in(each, inside)), False
    if code in WIDTHLESS:
        return frozenset(), True
    if code is codes.SUBPATTERN and not any(inside[1:3]):
        return firsts_of(inside[3])
    if code is codes.BRANCH:
        branches = [firsts_of(each) for each in inside[1]]
        return frozenset().union(*(firsts for firsts, _ in branches)), any(empty for _, empty in branches)
    if code in REPEATS:
        firsts, empty = firsts_of(inside[2])
        return firsts, empty or inside[0] == 0
    return KNOWN, code is not codes.ANY


def is_in(one: str, members: Iterable[Node]) -> bool:
    """Tell whether a character is in a class."""
    (code, _), *others = members = list(members)
    if code is codes.NEGATE:
        return not is_in(one, others)
    return any(is_meant(one, *member) for member in members)


def is_meant(one: str, code: Any, inside: Any) -> bool:
    """Tell whether a member of a class means a character."""
    if code is codes.LITERAL:
        return bool(ord(one) == inside)
    if code is codes.RANGE:
        return bool(inside[0] <= ord(one) <= inside[1])
    return CATEGORIES[inside](one)
