"""What copies or takes in what it is given, as its type says: nothing of that is handed on."""

import re

from allocscan.model import Variable
from allocscan.resolve import Links
from allocscan.resolve.index import FileIndex

RESULT = "return"
"""The name under which a function's result is declared."""


def find_copying(file: FileIndex, links: Links) -> dict[int, frozenset[str]]:
    """Find the variables and results of a file that hold nothing but objects of their own, by their function."""
    found: dict[int, set[str]] = {}
    for each in file.facts.variables if links.tree.languages[file.facts.language].classes.copying else ():
        if not each.pointer and (copies(file, links, each) or (each.name == RESULT and is_object(file, links, each))):
            found.setdefault(each.inside, set()).add(each.name)
    return {inside: frozenset(names) for inside, names in found.items()}


def copies(file: FileIndex, links: Links, variable: Variable) -> bool:
    """Tell whether the type of a variable is one whose objects copy what they are given."""
    return bool(re.search(links.tree.languages[file.facts.language].classes.copying, variable.type))


def is_object(file: FileIndex, links: Links, variable: Variable) -> bool:
    """Tell whether a type is a class of the tree, of which no argument and no name says that it owns something."""
    language = links.tree.languages[file.facts.language]
    link = links.names[file.facts.language].look_up_type(file, variable.inside, variable.type)
    classes = link.references if link else ()
    plain = language.names.plain(variable.type) == variable.type
    owners = re.compile(language.receivers.owners or "(?!)")
    return (
        plain
        and any(map(links.tree.is_class, classes))
        and not any(owners.search(links.tree.definition(found).name) for found in classes)
    )
