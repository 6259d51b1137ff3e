"""Every family of every catalogue is found: a tiny source calls each of its names, and each call is a site of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

import allocscan
from allocscan.catalogue import Entry
from allocscan.languages import Language
from allocscan.model import Form, Site
from allocscan.rules import load_rules

RULES = load_rules()
LANGUAGES = RULES.languages
CATALOGUES = RULES.catalogues(LANGUAGES)
CONSTRUCTS = (Form.NEW, Form.DELETE)
"""Forms that are no calls: the samples claim them."""
QUALIFIED = "::"
TAKES = ("reallocate", "deallocate")
"""Actions on a block that an argument names."""
MEMBERS = (".", "->")
OWNER = "std::unique_ptr<T>"
"""What has the methods that only count where the text tells what their value is."""
TEXTS = (
    "NULL",
    '"%ms"',
    "layout",
    "std::nothrow",
    "align",
    "new T",
    "-1",
    "IPC_RMID",
    "FORMAT_MESSAGE_ALLOCATE_BUFFER",
)
"""Arguments of which one reads as whatever an entry asks for."""
GIVES_BACK = "g_free"
"""What an entry that is told so calls."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a source of one language is written that calls something."""

    suffix: str
    begin: str
    end: str
    call: str = "\tr = {name}({arguments});\n"
    bring: str = ""
    """What makes the names of a module known."""


SHAPES = {
    "c": Shape(".c", "void f(void)\n{\n", "}\n"),
    "cpp": Shape(".cpp", "void f()\n{\n", "}\n"),
    "d": Shape(".d", "void f()\n{\n", "}\n", bring="import {module};\n"),
    "go": Shape(".go", "func f() {\n", "}\n", call="\tr := {name}({arguments})\n", bring='import "{module}"\n'),
    "python": Shape(".py", "def f():\n", "", call="\tr = {name}({arguments})\n", bring="import {module}\n"),
    "rust": Shape(".rs", "fn f() {\n", "}\n", call="\tlet r = {name}({arguments});\n"),
}


@pytest.mark.parametrize("language", LANGUAGES, ids=[language.name for language in LANGUAGES])
def test_every_name_of_every_family_is_found_with_its_action_and_arguments(language: Language, tmp_path: Path) -> None:
    found = scanned(language, tmp_path)
    missing = [
        entry.name
        for number, entry in enumerate(callable_entries(language.name))
        if not any(fits(entry, site) for site in found.get(number, ()))
    ]
    assert not missing


@cache
def callable_entries(language: str) -> tuple[Entry, ...]:
    """List what is written as a call; a qualified name is none in a language that does not qualify."""
    entries = (entry for entry in CATALOGUES[language].entries if entry.form not in CONSTRUCTS)
    return tuple(entry for entry in entries if language != "c" or QUALIFIED not in entry.name)


def scanned(language: Language, folder: Path) -> dict[int, list[Site]]:
    """Scan a file for each entry; give its sites by the entry's number."""
    shape = SHAPES[language.name]
    for number, entry in enumerate(callable_entries(language.name)):
        (folder / f"f{number}{shape.suffix}").write_text(source(shape, entry, language))
    found: dict[int, list[Site]] = {}
    for site in allocscan.scan(str(folder)).sites:
        found.setdefault(int(re.sub(r"\D", "", site.location.path)), []).append(site)
    return found


def source(shape: Shape, entry: Entry, language: Language) -> str:
    receiver = "x" if entry.name.startswith(MEMBERS) else ""
    bring = "".join(shape.bring.format(module=module) for module in modules(entry, language)) if shape.bring else ""
    declared = f"\t{OWNER} {receiver};\n" if entry.typed else ""
    call = shape.call.format(name=receiver + entry.name, arguments=", ".join(arguments(entry)))
    return bring + shape.begin + declared + call + shape.end


def modules(entry: Entry, language: Language) -> Iterator[str]:
    yield from entry.modules
    parts = language.names.split(entry.name)
    if not entry.modules and not entry.name.startswith(MEMBERS) and len(parts) > 1:
        yield language.names.join(*parts[:-1])


def arguments(entry: Entry) -> list[str]:
    """Write as many arguments as an entry speaks of."""
    asked = (entry.size, entry.count, entry.align, entry.pointer, entry.type, entry.out, entry.pool, entry.source)
    known = [position for position in asked if position is not None]
    if entry.when:
        known.append(entry.when.argument)
    if entry.by is not None:
        known.append(entry.by)
    least = entry.arity[0] if isinstance(entry.arity, tuple) else entry.arity or 0
    written = [f"a{number}" for number in range(max(least, max(known, default=-1) + 1))]
    if entry.when and not entry.when.holds(tuple(written)):
        for text in TEXTS:
            written[entry.when.argument] = text
            if entry.when.holds(tuple(written)):
                break
    if entry.by is not None:
        written[entry.by] = GIVES_BACK
    return written


def fits(entry: Entry, site: Site) -> bool:
    written = arguments(entry)
    pointer = entry.pointer is None or site.action not in TAKES or site.pointer == written[entry.pointer]
    size = entry.size is None or written[entry.size] in site.size
    return (
        (site.action, site.family, site.resource) == (entry.action, entry.family, entry.resource) and pointer and size
    )
