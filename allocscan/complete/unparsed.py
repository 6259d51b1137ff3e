"""Allocators that are named where a text was not understood: told as problems, not lost in silence."""

from collections.abc import Iterator

from allocscan.catalogue import Catalogue
from allocscan.discover import Discovery
from allocscan.model import UNPARSED, FileFacts, Level, Problem


def find_unparsed(facts: FileFacts, discovery: Discovery) -> Iterator[Problem]:
    """Yield the names of a file's lost regions that the catalogues or the whole tree know."""
    catalogue = discovery.catalogued[facts.language].catalogue
    for mention in facts.unparsed:
        if is_known(mention.name, catalogue, discovery):
            message = f"{mention.name} stands where the text was not understood; what it does there is not known"
            yield Problem(facts.path, mention.line, UNPARSED, message)


def is_known(name: str, catalogue: Catalogue, discovery: Discovery) -> bool:
    """Tell whether a name is that of something which acts on memory."""
    entries = catalogue.by_name.get(name, ())
    if any(entry.explicit and not entry.hint for entry in entries):
        return True
    found = (discovery.effects.get(reference, ()) for reference in discovery.links.tree.by_name.get(name, ()))
    return any(effect.level != Level.MAYBE for effects in found for effect in effects)
