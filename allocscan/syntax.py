"""Everything that knows tree-sitter: parse, inject, query; only plain values leave."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

import tree_sitter

from allocscan.errors import QueryError
from allocscan.languages import DETAILS, Language, Names
from allocscan.prepare import Span, prepare

LISTS = frozenset(("arguments", "parameters", "bases"))
"""Details that stand for their children, one by one."""
DEEPEST_INJECTION = 40
ERRORS = "(ERROR) @lost (MISSING) @lost"


@dataclass(frozen=True, slots=True)
class Match:
    """A construct that a query found, and its parts."""

    role: str
    span: Span
    parts: Mapping[str, tuple[Span, ...]]

    @property
    def key(self) -> tuple[str, Span, tuple[Span, ...]]:
        """Tell apart what one pattern finds several times in the same place."""
        return self.role, self.span, tuple(span for spans in self.parts.values() for span in spans)


@dataclass(frozen=True, slots=True)
class Syntax:
    """What a text is made of, as far as the queries ask."""

    matches: tuple[Match, ...]
    """In the order of their first bytes, outer before inner."""
    lost: tuple[Span, ...]
    """Stretches that the grammar did not understand."""
    conditions: tuple[tuple[int, str], ...] = ()
    """From which byte on which condition holds, in order."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A language's parser and compiled query; lives as long as its process."""

    parser: tree_sitter.Parser
    query: tree_sitter.Query
    names: Names
    wrappers: tuple[tuple[bytes, bytes], ...]
    wrapping: re.Pattern[bytes]
    respell: tuple[tuple[re.Pattern[bytes], bytes], ...]


def analyse(content: bytes, language: Language) -> Syntax:
    """Parse a text and run the language's queries over it, every branch and fragment included."""
    machine = machine_of(language)
    prepared = prepare(respelled(content, machine), language.preprocessor)
    found: dict[tuple[str, Span, tuple[Span, ...]], Match] = {}
    lost: list[Span] = []
    for variant in prepared.variants:
        matches, missed = examine_all(machine, variant.content)
        owned = Stretches(variant.owned)
        found |= {match.key: match for match in matches if owned.hold(match.span[0])}
        lost += [span for span in missed if owned.hold(span[0])]
    ordered = sorted(found.values(), key=lambda match: (match.span[0], -match.span[1]))
    return Syntax(tuple(ordered), merged(lost), prepared.conditions)


def respelled(content: bytes, machine: Machine) -> bytes:
    """Write what the grammar misreads in a way that it understands; nothing changes its place."""
    for pattern, replacement in machine.respell:
        changed = pattern.sub(replacement, content)
        content = changed if len(changed) == len(content) else content
    return content


class Stretches:
    """Parts of a text, ready to be asked whether a byte lies in them."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]

    def hold(self, offset: int) -> bool:
        """Tell whether a byte lies in one of the parts."""
        number = bisect_right(self.starts, offset) - 1
        return number >= 0 and offset <= self.ends[number]


def examine_all(machine: Machine, content: bytes) -> tuple[list[Match], list[Span]]:
    """Parse a text and, in place, every fragment in it that the grammar leaves unparsed."""
    found, lost = examine(machine, content, 0)
    pending = [(match.span, 1) for match in found if match.role == "inject"]
    while pending:
        (start, end), depth = pending.pop()
        inner = inject(machine, content[start:end], start)
        found += inner
        if depth < DEEPEST_INJECTION:
            pending += [(match.span, depth + 1) for match in inner if match.role == "inject"]
    return found, lost


@lru_cache(maxsize=64)
def machine_of(language: Language) -> Machine:
    """Compile a language once; raise QueryError when grammar or query cannot be used."""
    grammar = load_grammar(language)
    try:
        query = tree_sitter.Query(grammar, language.query + "\n" + ERRORS)
    except tree_sitter.QueryError as reason:
        raise QueryError(f"queries/{language.name}: {reason}") from None
    wrappers = tuple((before.encode(), after.encode()) for before, after in language.wrappers)
    wrapping = re.compile((language.wrapping or "(.*)").encode(), re.DOTALL)
    respell = tuple((re.compile(pattern.encode()), text.encode()) for pattern, text in language.respell)
    return Machine(tree_sitter.Parser(grammar), query, language.names, wrappers, wrapping, respell)


def load_grammar(language: Language) -> tree_sitter.Language:
    """Import a grammar named as `module:function` or `module:function:argument`."""
    module, function, *arguments = language.grammar.split(":")
    try:
        made = getattr(import_module(module), function)(*arguments)
    except (ImportError, AttributeError, LookupError) as reason:
        raise QueryError(f"queries/{language.name}: grammar {language.grammar}: {reason}") from None
    return made if isinstance(made, tree_sitter.Language) else tree_sitter.Language(made)


def examine(machine: Machine, content: bytes, offset: int) -> tuple[list[Match], list[Span]]:
    """Parse one text that begins at `offset` of its file."""
    tree = machine.parser.parse(content)
    found, lost = [], []
    for _, captures in tree_sitter.QueryCursor(machine.query).matches(tree.root_node):
        for name, nodes in captures.items():
            if name == "lost":
                lost += [shifted(node, offset) for node in nodes]
            elif name not in DETAILS and name[0] != "_":
                found.append(make_match(name, nodes[0], captures, machine.names, offset))
    return found, lost


def make_match(
    role: str, node: tree_sitter.Node, captures: dict[str, list[tree_sitter.Node]], names: Names, offset: int
) -> Match:
    """Turn the nodes of one match into spans."""
    parts: dict[str, tuple[Span, ...]] = {}
    declares = role.startswith("definition.")
    for name, nodes in captures.items():
        if name in LISTS:
            children = [child for node in nodes for child in node.named_children if not child.is_extra]
            if name == "parameters":
                children = [innermost(child, names)[0] for child in children]
            parts[name] = tuple(shifted(child, offset) for child in children)
        elif name == "variable" or (name == "name" and declares):
            leaf, parameters = innermost(nodes[0], names)
            parts[name] = (shifted(leaf, offset),)
            if parameters and declares and "parameters" not in captures:
                parts["parameters"] = tuple(
                    shifted(innermost(child, names)[0], offset)
                    for child in parameters.named_children
                    if not child.is_extra
                )
        elif name in DETAILS:
            parts[name] = tuple(shifted(node, offset) for node in nodes)
    return Match(role, shifted(node, offset), parts)


def innermost(node: tree_sitter.Node, names: Names) -> tuple[tree_sitter.Node, tree_sitter.Node | None]:
    """Follow a declaration down to the name it declares, and to its parameters if it has any."""
    parameters = None
    while node.type not in names.stop and node.named_child_count:
        parameters = node.child_by_field_name("parameters") or parameters
        node = declared(node, names) or node.named_children[0]
    return node, parameters


def declared(node: tree_sitter.Node, names: Names) -> tree_sitter.Node | None:
    """Take one step from a declaration towards the name it declares."""
    inner = next(filter(None, map(node.child_by_field_name, names.fields)), None)
    return inner or next((child for child in node.named_children if child.type in names.kinds), None)


def shifted(node: tree_sitter.Node, offset: int) -> Span:
    """Say where a node stands in its file."""
    return (node.start_byte + offset, node.end_byte + offset)


def inject(machine: Machine, fragment: bytes, offset: int) -> list[Match]:
    """Parse a fragment inside the wrapper that suits it best; matches keep their place in the file."""
    wrapped = machine.wrapping.fullmatch(fragment)
    if wrapped and wrapped.lastindex:
        fragment, offset = wrapped[wrapped.lastindex], offset + wrapped.start(wrapped.lastindex)
    attempts = (attempt(machine, fragment, offset, wrapper) for wrapper in machine.wrappers)
    return min(attempts, key=lambda found: found[1], default=([], 0))[0]


def attempt(machine: Machine, fragment: bytes, offset: int, wrapper: tuple[bytes, bytes]) -> tuple[list[Match], int]:
    """Parse a fragment inside one wrapper; count the bytes that it loses."""
    before, after = wrapper
    matches, lost = examine(machine, before + fragment + after, offset - len(before))
    low, high = offset, offset + len(fragment)
    inside = [match for match in matches if low <= match.span[0] and match.span[1] <= high]
    return inside, sum(end - start + 1 for start, end in lost)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join spans that overlap."""
    return tuple(join(sorted(spans)))


def join(spans: list[Span]) -> Iterator[Span]:
    """Yield sorted spans with the overlapping ones made one."""
    current: Span | None = None
    for start, end in spans:
        if current and start <= current[1]:
            current = (current[0], max(current[1], end))
            continue
        if current:
            yield current
        current = (start, end)
    if current:
        yield current


