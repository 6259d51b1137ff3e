"""How much memory a site asks for: as written, and in which way."""

import re
from functools import lru_cache

from allocscan.discover import Discovery
from allocscan.discover.choosing import at
from allocscan.discover.units import Step
from allocscan.languages import Language, Sizes
from allocscan.model import Call, Effect, Form, Reference, SizeClass

DEEPEST = 8
"""How many macros are looked into, one below the other."""
MADE = frozenset((Form.NEW, Form.INSTANTIATION))
"""Forms that ask for whole objects."""
MEASURE = "§"
COUNT = re.compile(rf"\([^(){MEASURE}]*\)")
ADDS_UP = re.compile(r"\s[-+/%?<>|&]+\s|[-+/](?!>)")
WORD = re.compile(r"[A-Za-z_]\w*")


def size_of(call: Call, effect: Effect, resolved: Reference | None, discovery: Discovery, language: Language) -> str:
    """Say how much a call asks for: as written, or as the body of a macro puts it."""
    if call.size:
        return call.size
    size, count = amounts(call.arguments, effect, resolved, discovery, language)
    return f"{factor(count)} * {factor(size)}" if size and count else size or count


def amounts(
    arguments: tuple[str, ...],
    effect: Effect,
    resolved: Reference | None,
    discovery: Discovery,
    language: Language,
    depth: int = DEEPEST,
) -> tuple[str, str]:
    """Say how large each piece is, and how many there are."""
    inner = below(effect, resolved, discovery, language) if depth else None
    if inner is None or resolved is None:
        return at(arguments, effect.size), at(arguments, effect.count)
    parameters = discovery.units[resolved].definition.parameters
    given = tuple(substituted(text, parameters, arguments) for text in inner.call.arguments)
    deeper = discovery.effects_of(inner)[0]
    return amounts(given, deeper, next(iter(inner.references), None), discovery, language, depth - 1)


def below(effect: Effect, resolved: Reference | None, discovery: Discovery, language: Language) -> Step | None:
    """Find the call inside a macro that takes the memory."""
    unit = discovery.units.get(resolved) if resolved else None
    if unit is None or not unit.is_macro or unit.is_alias or not effect.via:
        return None
    steps = (step for step in unit.steps if language.names.last(step.call.name) == effect.via[0])
    return next((step for step in steps if discovery.effects_of(step)), None)


def classify(form: Form, size: str, sizes: Sizes) -> SizeClass:
    """Say in which way a site says how much it asks for."""
    if form in MADE:
        return SizeClass.COUNTED if size else SizeClass.SIZEOF
    return classify_size(size, sizes) if size else SizeClass.UNKNOWN


def classify_size(size: str, sizes: Sizes) -> SizeClass:
    """Say in which way an expression says how much."""
    rest, measures = pattern_of(sizes.measured).subn(MEASURE, size)
    rest = without_counts(rest) if measures else rest
    adds, multiplies = pattern_of(sizes.sum).search(rest), pattern_of(sizes.product).search(rest)
    if measures and multiplies and not adds:
        return SizeClass.COUNTED
    if not measures and pattern_of(sizes.constant).fullmatch(size):
        return SizeClass.CONSTANT
    if adds or multiplies:
        return SizeClass.ARITHMETIC
    return SizeClass.SIZEOF if measures else SizeClass.UNKNOWN


def without_counts(text: str) -> str:
    """Leave out what stands in parentheses and measures nothing: however it is computed, it is one factor."""
    while text != (text := COUNT.sub("", text)):
        continue
    return text


@lru_cache
def pattern_of(written: str) -> re.Pattern[str]:
    """Compile a pattern; an empty one matches nothing."""
    return re.compile(written or r"(?!)")


def factor(text: str) -> str:
    """Put what adds up into parentheses, to multiply it."""
    return f"({text})" if ADDS_UP.search(text) and not is_whole(text) else text


def is_whole(text: str) -> bool:
    """Tell whether a text stands in parentheses as a whole."""
    depth = 0
    for position, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if not depth:
            return position == len(text) - 1 and character == ")"
    return False


def substituted(text: str, parameters: tuple[str, ...], arguments: tuple[str, ...]) -> str:
    """Put the arguments of a macro where its body names its parameters."""
    given = dict(zip(parameters, arguments, strict=False))
    return WORD.sub(lambda word: given.get(word[0], word[0]), text)
