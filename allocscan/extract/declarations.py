"""The types that declarations give to names, as written."""

from sys import intern

from allocscan.extract.quoting import Text
from allocscan.syntax import Match, Span


def declared_type(text: Text, match: Match) -> str:
    """Quote the type of what is declared, with what stands around its name; empty where none is written."""
    return joined(text, (*match.parts["type"], *match.parts["around"])) if is_typed(match) else ""


def result_type(text: Text, match: Match) -> str:
    """Quote the type of what a function hands back."""
    return joined(text, (*match.parts["type"], match.parts["around"][0])) if is_typed(match) else ""


def is_typed(match: Match) -> bool:
    """Tell whether a match declares a name, and says of which type."""
    return "type" in match.parts and "around" in match.parts


def parameter_types(text: Text, match: Match) -> tuple[str, ...]:
    """Quote the type of each parameter; empty where a parameter has no name."""
    names, whole = match.parts.get("parameters", ()), match.parts.get("declared", ())
    if len(names) != len(whole):
        return ()
    return tuple(
        joined(text, ((all_[0], name[0]), (name[1], all_[1]))) if all_[0] < name[0] else ""
        for name, all_ in zip(names, whole, strict=True)
    )


def joined(text: Text, spans: tuple[Span, ...]) -> str:
    """Join the parts of a type; the body of one that is defined here is left out, as is a first value."""
    parts = [text.short(span) for span in spans if span[0] < span[1]]
    written = " ".join(parts).partition("{")[0].partition("=")[0]
    return "" if "(" in written else intern(written.strip())
