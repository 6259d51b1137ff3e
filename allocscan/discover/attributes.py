"""What the attributes of a declaration say of memory, whichever macros they are hidden in."""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from allocscan.languages import Attributes
from allocscan.model import Definition
from allocscan.resolve import TreeIndex
from allocscan.resolve.index import MACRO

MOST_TEXTS = 40
"""What one attribute may become when macros are expanded."""
CALL = re.compile(r"(\w+)(?:\((.*)\))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """What the attributes of one declaration say; positions count from 0."""

    allocates: str = ""
    """The attribute that says so; likewise the following."""
    sizes: str = ""
    size: int | None = None
    count: int | None = None
    frees: str = ""
    pointer: int | None = None
    released_by: str = ""
    released: int = 0
    """The position of what that function is given."""
    never_null: bool = False
    noreturn: bool = False
    alias: str = ""


NOTHING = Said()


def read_attributes(attributes: Sequence[str], tree: TreeIndex, language: Attributes) -> Said:
    """Read what the attributes of a declaration say, expanded as far as the tree knows them."""
    if not (attributes and language.written):
        return NOTHING
    written = [text for attribute in attributes for text in expanded(attribute.replace(" ", ""), tree)]
    sizes, size = find(language.sizes, written)
    frees, pointer = find(language.frees, written)
    released = find(language.released, written)[1]
    alias = find(language.alias, written)[1]
    second = position(size, "second")
    return Said(
        allocates=find(language.allocates, written)[0],
        sizes=sizes,
        size=position(size, "size") if second is None else second,
        count=None if second is None else position(size, "size"),
        frees=frees,
        pointer=position(pointer, "pointer"),
        released_by=released["name"] if released else "",
        released=position(released, "pointer") or 0,
        never_null=bool(find(language.never_null, written)[0]),
        noreturn=bool(find(language.noreturn, written)[0]),
        alias=alias["name"] if alias else "",
    )


def find(pattern: str, written: list[str]) -> tuple[str, re.Match[str] | None]:
    """Find the first attribute that a pattern matches, and how."""
    if pattern:
        for text in written:
            if found := re.search(pattern, text):
                return text, found
    return "", None


def position(found: re.Match[str] | None, group: str) -> int | None:
    """Read a position, which is written from 1."""
    return int(found[group]) - 1 if found and found[group] else None


def expanded(attribute: str, tree: TreeIndex) -> list[str]:
    """List an attribute as written, and as the macros of the tree make it."""
    texts = {attribute: None}
    pending = deque(texts)
    while pending and len(texts) < MOST_TEXTS:
        call = CALL.fullmatch(pending.popleft())
        for found in tree.by_name.get(call[1], ())[:MOST_TEXTS] if call else ():
            macro = tree.definition(found)
            text = substituted(macro, call[2] or "").replace(" ", "") if call and macro.kind == MACRO else ""
            if text and text not in texts:
                texts[text] = None
                pending.append(text)
    return list(texts)


def substituted(macro: Definition, arguments: str) -> str:
    """Put the arguments of a macro into its body."""
    body = macro.body
    for parameter, argument in zip(macro.parameters, arguments.split(","), strict=False):
        name, text = re.escape(parameter), argument.replace("\\", r"\\")
        body = re.sub(rf"(?<!#)#\s*{name}\b", f'"{text}"', body)
        body = re.sub(rf"\b{name}\b", text, body)
    return body
