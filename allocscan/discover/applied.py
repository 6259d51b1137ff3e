"""Macros that call what they are given, as if that were called where they are used."""

from collections.abc import Iterable, Iterator, Mapping

from allocscan.discover.units import RETURN, Step, Unit
from allocscan.model import Call, Form, Reference
from allocscan.resolve import Links

Applied = dict[int, Step]
"""For each call of such a macro, by its identity, the call that it stands for."""


def apply(links: Links, units: Mapping[Reference, Unit]) -> Applied:
    """Let functions call what the macros call that they use, and say which call comes of which."""
    calling = {unit.reference: (unit, inner) for unit in units.values() for inner in calls_given(unit)}
    found: Applied = {}
    for unit in units.values() if calling else ():
        for step in tuple(unit.steps):
            macro = next((calling[each] for each in step.references[:1] if each in calling), None)
            if macro and (given := stood_for(links, step, *macro)):
                found[id(step.call)] = given
                unit.steps.append(given)
                if hands_on(macro[1]):
                    unit.steps.remove(step)
    return found


def calls_given(unit: Unit) -> Iterator[Step]:
    """Yield the call in the body of a macro whose function is a parameter, as is what that is given."""
    parameters = unit.definition.parameters if unit.is_macro else ()
    named = (step for step in unit.steps if step.call.name in parameters) if parameters else ()
    yield from (step for step in named if not set(parameters).isdisjoint(step.call.places))


def hands_on(inner: Step) -> bool:
    """Tell whether the value of a macro is what the function hands back that it calls."""
    return inner.call.target == RETURN


def stood_for(links: Links, step: Step, macro: Unit, inner: Step) -> Step | None:
    """Put what a macro is given where its body names that; None where it is given no function's name."""
    parameters, call = macro.definition.parameters, inner.call
    names = dict(zip(parameters, step.call.arguments, strict=False))
    name = names.get(call.name, "").removeprefix("&")
    if not name.isidentifier():
        return None
    file = links.tree.files[step.call.location.path]
    link = links.names[step.language].look_up(file, step.call.context.inside, name)
    handed = hands_on(inner)
    made = Call(
        name,
        Form.CALL,
        step.call.location,
        step.call.context,
        arguments=put(call.arguments, names),
        places=put(call.places, dict(zip(parameters, step.call.places, strict=False))),
        target=step.call.target if handed else names.get(call.target, ""),
        position=step.call.position if handed else call.position,
    )
    return Step(made, link, step.language, step.outer if handed else None)


def put(texts: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Put what a macro is given in the place of its parameters."""
    return tuple(names.get(text, text) for text in texts)
