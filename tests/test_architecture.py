"""The design holds: layers, homes, one vocabulary, and nothing in Python that is data."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from allocscan import model
from allocscan.data import folder
from allocscan.languages import DETAILS, ROLES, load_languages
from allocscan.model import Action, Form

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "allocscan"
QUERIES = folder("queries")
MODULES = {
    path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}
NEUTRAL = {name: tree for name, tree in MODULES.items() if not name.startswith("trace/")}
"""Log readers are named after what they read."""
BELOW_CLI = {name: tree for name, tree in MODULES.items() if not name.startswith(("cli/", "__main__"))}
OUTSIDE_WORLD = frozenset(
    ("print", "input", "exit", "quit", "sys.exit", "os._exit", "os.environ", "os.environb", "os.getenv", "os.putenv")
    + ("sys.stdin", "sys.stdout", "sys.stderr", "datetime.now", "datetime.utcnow", "datetime.today", "date.today")
    + ("time.time", "time.time_ns", "time.monotonic", "time.monotonic_ns", "time.perf_counter", "time.perf_counter_ns")
    + ("time.process_time", "time.localtime", "time.gmtime", "time.ctime", "time.strftime")
)
SUSPECT_NAMES = re.compile(r"(Manager|Registry|Handler|Utils?|Helper)$")


def test_imports_obey_the_contracts() -> None:
    script = "from importlinter.cli import lint_imports_command as run; run()"
    ran = subprocess.run(
        [sys.executable, "-c", script, "--config", "pyproject.toml", "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_model_needs_the_standard_library_only() -> None:
    parts = [tree for name, tree in MODULES.items() if name.startswith("model/")]
    imported = {name for tree in parts for name in imported_modules(tree) if not name.startswith("allocscan.model")}
    assert parts
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def imported_modules(tree: ast.AST) -> Iterator[str]:
    """Yield the modules that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


# No Python module knows a language or an allocator.


def data_words() -> frozenset[str]:
    """Collect the names that belong into queries/: languages, suffixes, families and allocators, but not its keys."""
    words = {word for language in load_languages() for word in (language.name, language.title)}
    words |= {suffix for language in load_languages() for suffix in language.suffixes + language.shared}
    keys: set[str] = set()
    for path in sorted(QUERIES.glob("catalogues/*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        keys |= table.keys()
        for family in table.get("family", ()):
            words |= set(family_words(family))
    return frozenset(words) - keys - enum_words()


def family_words(family: dict[str, Any]) -> Iterator[str]:
    """Yield the name of a family and of all that belongs to it."""
    yield family["name"]
    for action in Action:
        for entry in family.get(action, ()):
            yield entry if isinstance(entry, str) else entry["name"]


def enum_words() -> frozenset[str]:
    """Collect the words of the model itself."""
    values = [getattr(model, name) for name in model.__all__]
    enums = [kind for kind in values if isinstance(kind, type) and issubclass(kind, StrEnum)]
    return frozenset(word.value for kind in enums for word in kind)


@pytest.fixture(scope="module")
def forbidden() -> frozenset[str]:
    """Read the data once."""
    return data_words()


@pytest.mark.parametrize("name", NEUTRAL)
def test_no_string_is_a_language_or_an_allocator(name: str, forbidden: frozenset[str]) -> None:
    found = [f"{name}:{line}: {text!r}" for line, text in strings(NEUTRAL[name]) if text in forbidden]
    assert not found, f"belongs into queries/: {found}"


def strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield every string literal and its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


@pytest.mark.parametrize("name", NEUTRAL)
def test_no_identifier_names_a_language(name: str) -> None:
    languages = {language.name for language in load_languages() if len(language.name) > 2}
    found = [identifier for identifier in identifiers(NEUTRAL[name]) if languages & set(words_of(identifier))]
    assert not found, f"{name} knows languages: {sorted(set(found))}"


def identifiers(tree: ast.AST) -> Iterator[str]:
    """Yield every name that a module gives, uses or imports."""
    for node in ast.walk(tree):
        for attribute in ("id", "attr", "arg", "name", "asname", "module"):
            value = getattr(node, attribute, None)
            if isinstance(value, str):
                yield value


def words_of(identifier: str) -> list[str]:
    """Split an identifier into its words."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", identifier)]


@pytest.mark.parametrize(
    ("identifier", "known"),
    [
        ("is_python", True),
        ("PythonReader", True),
        ("parse_RUST", True),
        ("trusted", False),
        ("tree_sitter_rust.language", True),
    ],
)
def test_identifiers_are_judged_by_their_words(identifier: str, known: bool) -> None:
    assert bool({"python", "rust"} & set(words_of(identifier))) is known


# Nothing below `cli` prints, exits, or reads the clock or the environment.


@pytest.mark.parametrize("name", BELOW_CLI)
def test_nothing_below_the_command_line_touches_the_world(name: str) -> None:
    found = [f"{name}:{line}: {used}" for line, used in uses(BELOW_CLI[name]) if used in OUTSIDE_WORLD]
    assert not found, f"pass it in: {found}"


def uses(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield what a module calls by a bare name, imports, or reaches in one step."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.lineno, node.func.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.lineno, f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


# The house style, as far as a machine can tell.


def nodes(kind: Callable[[ast.AST], bool]) -> Iterator[tuple[str, ast.AST]]:
    """Yield the nodes of one kind in all modules."""
    for name, tree in MODULES.items():
        yield from ((name, node) for node in ast.walk(tree) if kind(node))


def test_no_class_is_a_bag() -> None:
    classes = [(name, node.name) for name, node in nodes(lambda node: True) if isinstance(node, ast.ClassDef)]
    assert not [f"{name}: {written}" for name, written in classes if SUSPECT_NAMES.search(written)]


def test_dataclasses_are_frozen() -> None:
    thawed = [
        f"{name}: {node.name}"
        for name, node in nodes(lambda node: True)
        if isinstance(node, ast.ClassDef)
        for decorator in map(ast.unparse, node.decorator_list)
        if decorator.startswith("dataclass") and "frozen=True" not in decorator
    ]
    assert not thawed


# One vocabulary.


def test_every_capture_is_documented() -> None:
    documented = set(re.findall(r"`@([\w.]+)(?:<\w+>)?`", (QUERIES / "README.md").read_text(encoding="utf-8")))
    roles = {role for role in ROLES if "." not in role} | {f"{head}." for head in (*Action, "call")}
    assert not (roles | DETAILS) - documented


def test_every_form_and_action_is_documented() -> None:
    text = (QUERIES / "README.md").read_text(encoding="utf-8")
    assert not [word for word in (*Action, *Form) if f"`{word}`" not in text]


def test_every_language_folder_is_whole() -> None:
    folders = {path.name for path in QUERIES.iterdir() if path.is_dir()} - {"catalogues"}
    assert folders == {language.name for language in load_languages()}
    for language in load_languages():
        assert (QUERIES / language.name / "sites.scm").exists()
        for name in language.catalogues:
            assert (QUERIES / "catalogues" / f"{name}.toml").exists(), f"{language.name} lists catalogue {name}"
