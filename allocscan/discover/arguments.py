"""Which parameters of a unit say how much it obtains, how many, and of what."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from allocscan.discover.units import Step, Unit, bare, parameter_of
from allocscan.discover.values import Values
from allocscan.languages import Sizes
from allocscan.model import Effect

WORD = re.compile(r"[A-Za-z_]\w*")
POINTED_TO = "*"
NO_AMOUNT = re.compile(
    r"""
    (?:^|(?<=[-+/%,<>?:]))\s*\*\s*[A-Za-z_]\w*        # what a pointer points to; between two values, a star is another
    | -\s*[A-Za-z_]\w*                                # what is taken off
    | [A-Za-z_]\w*(?:\s*->\s*\w+)+                    # what a field holds
    | \b\w*(?i:len)\w*\s*\((?:[^()]|\([^()]*\))*\)    # a text whose length is asked
    """,
    re.VERBOSE,
)
"""What in an argument is no amount that a parameter gives."""
FACTORS = 2


@dataclass(frozen=True, slots=True)
class Amounts:
    """Positions of the parameters that say how large a block is, how many there are, and of what type."""

    size: int | None
    count: int | None
    type: int | None


def carried(unit: Unit, values: Values, step: Step, effect: Effect, sizes: Sizes) -> Amounts:
    """Find the parameters that the arguments of a call are computed from.

    What measures a type says nothing of how many there are, and what the call is given besides is no amount.
    """
    measured = compiled(sizes.measured)
    size, count = (NO_AMOUNT.sub("", argument(step, position)) for position in (effect.size, effect.count))
    kind = argument(step, effect.type)
    besides = {
        bare(place) for number, place in enumerate(step.call.places) if number not in (effect.size, effect.count)
    }
    found = parameter_in(unit, values, measured.sub("", size), besides)
    if found is None and is_sum(spelled(unit, size), sizes):
        found = parameter_in(unit, values, spelled(unit, size), besides)
    number = parameter_in(unit, values, measured.sub("", count), besides)
    if number is None and measured.search(size) and multiplies(measured.sub("", size), sizes):
        found, number = None, found
    elif number is None and len(factors := multiplied(unit, spelled(unit, size), sizes)) == FACTORS:
        # Whoever multiplies two parameters names the number before the size, as libraries do.
        number, found = factors
    named = kind or " ".join(match[0] for match in measured.finditer(f"{size} {count}") if POINTED_TO not in match[0])
    return Amounts(found, number, parameter_in(unit, None, named, ()))


def argument(step: Step, position: int | None) -> str:
    """Quote an argument of a call; empty where it has none."""
    arguments = step.call.arguments
    return arguments[position] if position is not None and position < len(arguments) else ""


def written(step: Step, position: int | None) -> str:
    """Quote an argument of a call without white space, and without parentheses around it."""
    return bare("".join(argument(step, position).split()))


def multiplies(rest: str, sizes: Sizes) -> bool:
    """Tell whether what stands around a measure says how many times it counts."""
    return bool(compiled(sizes.product).search(rest)) and not compiled(sizes.sum).search(rest)


def multiplied(unit: Unit, text: str, sizes: Sizes) -> list[int]:
    """List the parameters that an expression multiplies, and nothing else but those."""
    product = multiplies(text, sizes) and not compiled(sizes.measured).search(text)
    return list(dict.fromkeys(parameters_in(unit, text, ()))) if product else []


def is_sum(text: str, sizes: Sizes) -> bool:
    """Tell whether an expression is a call that adds something up."""
    return "(" in text and bool(compiled(sizes.sum).search(text)) and not compiled(sizes.measured).search(text)


def spelled(unit: Unit, text: str) -> str:
    """Give for a variable that is computed once what it is computed from; anything else as it is."""
    given = [flow.source or flow.value for flow in unit.flows if flow.target == text]
    given += [
        f"{step.call.name}({', '.join(argument for argument in step.call.arguments if argument != f'&{text}')})"
        for step in unit.steps
        if text and (step.call.target == text or f"&{text}" in step.call.places)
    ]
    return given[0] if len(given) == 1 and given[0] and parameter_of(unit, text) is None else text


def parameters_in(unit: Unit, text: str, besides: Collection[str]) -> Iterator[int]:
    """Yield the parameters that an expression names."""
    for word in WORD.findall(text):
        position = parameter_of(unit, word) if word not in besides else None
        if position is not None and not is_outlet(unit, word):
            yield position


def is_outlet(unit: Unit, parameter: str) -> bool:
    """Tell whether a unit puts a number where a parameter points to: that is what it says, and not what it is asked."""
    return any(flow.target == f"{POINTED_TO}{parameter}" and not flow.source for flow in unit.flows)


def parameter_in(unit: Unit, values: Values | None, text: str, besides: Collection[str]) -> int | None:
    """Find the first parameter that an expression names, or else the first that one of its variables comes from."""
    words = [word for word in WORD.findall(text) if word not in besides]
    named = parameters_in(unit, text, besides)
    behind = (origin for word in words for origin in (values.at(word) if values else ()) if isinstance(origin, int))
    parameters = ((origin, unit.definition.parameters[origin]) for origin in behind)
    others = (origin for origin, name in parameters if not (name in besides or is_outlet(unit, name)))
    return next(named, next(others, None))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of a language once; without one nothing matches."""
    return re.compile(pattern or "(?!)")
