"""What else a site says: how much it asks for, of what, and whether anyone asks if there was any."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from allocscan.discover import Discovery
from allocscan.discover.units import Step
from allocscan.languages import Language
from allocscan.languages import Types as Writing
from allocscan.model import Action, Call, Check, Effect, FileFacts, Form, Reference, SizeClass
from allocscan.resolve.types import Scope, Types, closing

TAKES = frozenset((Action.ALLOCATE, Action.REALLOCATE))
ABORTING = frozenset(("abort", "throw", "panic"))
DEEPEST = 8
"""How many macros are looked into, one below the other."""
MADE = frozenset((Form.NEW, Form.INSTANTIATION))
"""Forms that ask for objects of a type."""
SYMBOL = "§"


@dataclass(frozen=True, slots=True)
class Asked:
    """A call that takes memory, what it does, and which definition it means."""

    call: Call
    action: Action
    form: Form
    effect: Effect
    """Where in its arguments it says what."""
    resolved: Reference | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """What a site says of its memory."""

    type: str = ""
    size: str = ""
    size_class: SizeClass | None = None
    checked: Check | None = None


class Reader:
    """Reads the facets of the sites of one language."""

    def __init__(self, discovery: Discovery, types: Types, language: Language) -> None:
        self.discovery = discovery
        self.types = types
        self.language = language
        self.tested: dict[str, Mapping[tuple[int, str], int]] = {}

    def read(self, facts: FileFacts, asked: Asked) -> Facets:
        """Say all that a site says; of one that takes no memory, what its construct says itself."""
        call = asked.call
        if asked.action not in TAKES:
            return Facets(call.type or argument(call, asked.effect.type), call.size or argument(call, asked.effect.size))
        scope = (facts.path, call.context.inside)
        size = self.size(asked)
        written = self.type(scope, facts, asked, size)
        return Facets(written, size, self.size_class(asked, size, written), self.check(facts, asked))

    # How much.

    def size(self, asked: Asked) -> str:
        """Say how much is asked for: as written, or as the body of a macro puts it."""
        if asked.call.size:
            return asked.call.size
        size, count = self.amounts(asked.call.arguments, asked.effect, asked.resolved)
        return f"{factor(count)} * {factor(size)}" if size and count else size or count

    def amounts(
        self, arguments: tuple[str, ...], effect: Effect, resolved: Reference | None, depth: int = DEEPEST
    ) -> tuple[str, str]:
        """Say how large each piece is, and how many there are."""
        inner = self.below(effect, resolved) if depth else None
        if inner is None or resolved is None:
            return at(arguments, effect.size), at(arguments, effect.count)
        macro = self.discovery.units[resolved].definition
        given = tuple(expand(text, macro.parameters, arguments) for text in inner.call.arguments)
        below = self.discovery.effects_of(inner)[0]
        return self.amounts(given, below, next(iter(inner.references), None), depth - 1)

    def below(self, effect: Effect, resolved: Reference | None) -> Step | None:
        """Find the call inside a macro that takes the memory."""
        unit = self.discovery.units.get(resolved) if resolved else None
        if unit is None or not unit.is_macro or unit.is_alias or not effect.via:
            return None
        steps = (step for step in unit.steps if self.language.names.last(step.call.name) == effect.via[0])
        return next((step for step in steps if self.discovery.effects_of(step)), None)

    def size_class(self, asked: Asked, size: str, written: str) -> SizeClass:
        """Say in which way a site says how much it asks for."""
        if asked.form in MADE and written:
            return SizeClass.COUNTED if size else SizeClass.SIZEOF
        return classify(size, self.language.types)

    # Of what.

    def type(self, scope: Scope, facts: FileFacts, asked: Asked, size: str) -> str:
        """Say what the memory is for: the first that is known of all that may say it."""
        vague = self.language.types.vague
        return next((found for found in self.said(scope, facts, asked, size) if found and found not in vague), "")

    def said(self, scope: Scope, facts: FileFacts, asked: Asked, size: str) -> Iterator[str]:
        """Yield what construct, arguments, cast and declarations say of the type, the most exact first."""
        call = asked.call
        yield call.type
        yield argument(call, asked.effect.type)
        yield self.measured(scope, size)
        yield self.types.pointee(call.cast, self.language)
        yield self.types.pointee(self.types.of(scope, taken_by(asked)), self.language)
        if call.target == "return" and scope[1] >= 0:
            yield self.types.pointee(facts.definitions[scope[1]].type, self.language)
        yield self.types.pointee(self.types.of(scope, place_at(call, asked.effect.pointer)), self.language)
        yield self.result(asked.resolved)

    def measured(self, scope: Scope, size: str) -> str:
        """Give the type whose size a size is computed from."""
        found = pattern_of(self.language.types.measured).search(size)
        if not found:
            return ""
        operand = stripped(found["of"] or found["bare"])
        known = self.types.of(scope, operand)
        return known or (operand if is_type(operand) else "")

    def result(self, resolved: Reference | None) -> str:
        """Give what the function that is called hands out."""
        if resolved is None:
            return ""
        definition = self.discovery.links.tree.definition(resolved)
        return self.types.pointee(definition.type, self.discovery.links.tree.language(resolved.path))

    # Whether there was any.

    def check(self, facts: FileFacts, asked: Asked) -> Check | None:
        """Say what becomes of the question whether there was any memory."""
        call, results = asked.call, self.language.results
        if not results.tested or asked.form not in (Form.CALL, Form.MACRO, Form.NEW):
            return None
        if asked.effect.fails in ABORTING:
            return Check.ABORTS
        taker = facts.calls[call.outer] if call.outer >= 0 else None
        if call.asked or (taker and pattern_of(results.asserts).search(taker.name)) or self.is_tested(facts, asked):
            return Check.CHECKED
        if taker or call.target == "return":
            return Check.HANDED_ON
        if call.dropped and asked.effect.out is None:
            return Check.IGNORED
        return Check.UNCHECKED if taken_by(asked) else Check.HANDED_ON

    def is_tested(self, facts: FileFacts, asked: Asked) -> bool:
        """Tell whether a place that takes the result is asked for later in the same function."""
        if facts.path not in self.tested:
            self.tested[facts.path] = {(test.inside, test.place): test.line for test in facts.tested}
        inside, line = asked.call.context.inside, asked.call.location.line
        places = {asked.call.target, taken_by(asked)} - {""}
        return any(self.tested[facts.path].get((inside, place), 0) >= line for place in places)


def classify(size: str, writing: Writing) -> SizeClass:
    """Say in which way an expression says how much."""
    if not size or not writing.measured:
        return SizeClass.UNKNOWN
    rest, measures = pattern_of(writing.measured).subn(SYMBOL, size)
    adds, multiplies = pattern_of(writing.sum).search(rest), pattern_of(writing.product).search(rest)
    if measures and not adds and multiplies:
        return SizeClass.COUNTED
    if not measures and pattern_of(writing.constant).fullmatch(size):
        return SizeClass.CONSTANT
    if adds or multiplies:
        return SizeClass.ARITHMETIC
    return SizeClass.SIZEOF if measures else SizeClass.UNKNOWN


@lru_cache
def pattern_of(written: str) -> re.Pattern[str]:
    """Compile a pattern; an empty one matches nothing."""
    return re.compile(written or r"(?!)")


def factor(text: str) -> str:
    """Put what adds into parentheses, to multiply it."""
    return f"({text})" if re.search(r"\s[-+/%?<>|&]+\s|[-+/](?!>)", text) and not is_whole(text) else text


def is_whole(text: str) -> bool:
    """Tell whether a text stands in parentheses as a whole."""
    return text.startswith("(") and closing(text) == len(text) - 1


def stripped(text: str) -> str:
    """Strip the parentheses around a text."""
    text = text.strip()
    while is_whole(text):
        text = text[1:-1].strip()
    return text


def is_type(text: str) -> bool:
    """Tell whether a text may be the name of a type, and is not computed from values."""
    return bool(re.fullmatch(r"[A-Za-z_][\w:<>, ]*[\s*]*", text))


def expand(text: str, parameters: tuple[str, ...], arguments: tuple[str, ...]) -> str:
    """Put the arguments of a macro where its body names its parameters."""
    given = dict(zip(parameters, arguments, strict=False))
    return re.sub(r"[A-Za-z_]\w*", lambda word: given.get(word[0], word[0]), text)


def taken_by(asked: Asked) -> str:
    """Name the place that the memory comes to."""
    effect, call = asked.effect, asked.call
    if effect.out is None:
        return "" if call.target == "return" else call.target
    place = place_at(call, effect.out) or at(call.arguments, effect.out)
    if effect.assigns or not place:
        return place
    return place[1:] if place.startswith("&") else f"*{place}"


def place_at(call: Call, position: int | None) -> str:
    """Name the place that a call is given in one position."""
    return at(call.places, position)


def argument(call: Call, position: int | None) -> str:
    """Quote one argument of a call, if it has it."""
    return at(call.arguments, position)


def at(texts: tuple[str, ...], position: int | None) -> str:
    """Pick one of several texts, if it is there."""
    return texts[position] if position is not None and position < len(texts) else ""
