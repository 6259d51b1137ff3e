"""What a name in a text is to its grammar: part of a comment or string, or what a construct defines or calls."""

from collections.abc import Iterator

import tree_sitter

from allocscan.languages import Language
from allocscan.prepare import Span, prepare
from allocscan.syntax.machine import Machine, machine_of
from allocscan.syntax.matching import Match, find_matches
from allocscan.syntax.parsing import Parsed, damage, parse, parse_repaired

COMMENT, STRING = "comment", "quoted"
INJECT = "inject"
DEEPEST = 4
"""Fragments inside fragments that are looked into."""


def notice(content: bytes, language: Language, spans: list[Span], whole: list[bool]) -> list[str]:
    """Say what each of some names is: `comment`, `quoted`, or the role of the construct that it names; else nothing.

    Of what is not a whole name only the first two are asked, for there is no construct that it names.
    """
    machine = machine_of(language)
    roles = [""] * len(spans)
    unknown = list(range(len(spans)))
    for parsed in readings(machine, content, language):
        for number in unknown:
            span = spans[number]
            roles[number] = (
                role_of(machine, language, parsed, span, 0) if whole[number] else hidden_in(parsed.tree, language, span)
            )
        unknown = [number for number in unknown if whole[number] and not roles[number]]
        if not unknown:
            break
    return roles


def readings(machine: Machine, content: bytes, language: Language) -> Iterator[Parsed]:
    """Parse a text as it is, for its comments, and with its conditionals undone, for what they split."""
    yield parse(machine, content)
    for variant in prepare(content, language.preprocessor).variants:
        yield parse_repaired(machine, variant.content)


def role_of(machine: Machine, language: Language, parsed: Parsed, span: Span, depth: int) -> str:
    """Say what a name is, also inside a fragment."""
    hidden = hidden_in(parsed.tree, language, span)
    if hidden:
        return hidden
    matches = list(find_matches(machine, parsed.tree, within=span))
    named = next((match.role for match in sorted(matches, key=importance) if names(match, span)), "")
    fragments = [match.span for match in matches if match.role == INJECT and covers(match.span, span)]
    if named or not fragments or depth == DEEPEST:
        return named
    return role_in_fragment(machine, language, parsed, span, min(fragments, key=length), depth)


def role_in_fragment(
    machine: Machine, language: Language, parsed: Parsed, span: Span, fragment: Span, depth: int
) -> str:
    """Say what a name is in a fragment that is parsed by itself, in the wrapper that suits it best."""
    start, end = fragment
    wrapped = [
        (parse(machine, before + parsed.content[start:end] + after), start - len(before))
        for before, after in machine.wrappers
    ]
    if not wrapped:
        return ""
    inner, offset = min(wrapped, key=lambda found: damage(found[0]))
    return role_of(machine, language, inner, (span[0] - offset, span[1] - offset), depth + 1)


def hidden_in(tree: tree_sitter.Tree, language: Language, span: Span) -> str:
    """Say whether a stretch lies in a comment or a string."""
    for node in around(tree.root_node.descendant_for_byte_range(*span)):
        if node.type in language.comments:
            return COMMENT
        if node.type in language.strings:
            return STRING
    return ""


def around(node: tree_sitter.Node | None) -> Iterator[tree_sitter.Node]:
    """Yield a node and the few that enclose it closely; comments and strings are not deep."""
    for _ in range(DEEPEST):
        if node is None:
            return
        yield node
        node = node.parent


def importance(match: Match) -> bool:
    """Put definitions before anything else."""
    return not match.role.startswith("definition.")


def names(match: Match, span: Span) -> bool:
    """Tell whether a match is about something that has the name at a place."""
    return any(covers(part, span) for part in match.parts.get("name", ()))


def covers(outer: Span, inner: Span) -> bool:
    """Tell whether one stretch lies in another."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def length(span: Span) -> int:
    """Give the length of a stretch."""
    return span[1] - span[0]
