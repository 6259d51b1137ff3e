"""What the scopes of a file bind, before anybody asks what that means."""

from collections.abc import Iterator

from allocscan.languages import Language
from allocscan.model import MEMBER_KINDS
from allocscan.resolve.index import TOP, FileIndex, Scope


def visible_scopes(file: FileIndex, scope: Scope, language: Language) -> Iterator[Scope]:
    """Yield the scopes that a name is looked for in; a class is seen only from directly inside."""
    definitions, innermost = file.facts.definitions, scope
    while scope != TOP:
        if scope == innermost or language.classes.members or definitions[scope].kind not in MEMBER_KINDS:
            yield scope
        scope = definitions[scope].inside
    yield TOP


def binds(file: FileIndex, scope: Scope, name: str) -> bool:
    """Tell whether a scope gives a name a meaning."""
    key = (scope, name)
    parameters = file.facts.definitions[scope].parameters if scope != TOP else ()
    return key in file.definitions or key in file.imports or key in file.flows or name in parameters


def taken(file: FileIndex, key: tuple[Scope, str]) -> bool:
    """Tell whether a name holds something else since it was defined or imported: what a loop or a block gave it."""
    lines = [file.facts.definitions[number].location.line for number in file.definitions.get(key, ())]
    lines += [imported.line for imported in file.imports.get(key, ())]
    given = [flow.line for flow in file.flows.get(key, ()) if not (flow.source or flow.value)]
    return bool(lines and given) and max(given) > max(lines)


def depth_of(file: FileIndex, scope: Scope) -> int:
    """Count the modules inside a file that a scope stands in."""
    count = 0
    while scope != TOP:
        count += file.facts.definitions[scope].kind == "namespace"
        scope = file.facts.definitions[scope].inside
    return count


def bare(name: str) -> str:
    """Strip the parentheses around a name."""
    while name.startswith("(") and name.endswith(")") and not set("()") & set(name[1:-1]):
        name = name[1:-1]
    return name
