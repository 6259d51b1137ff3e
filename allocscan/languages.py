"""Languages are folders of data: a `language.toml` and the queries beside it."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from allocscan.data import folder
from allocscan.errors import QueryError
from allocscan.queries import (
    ACTING,
    DETAILS,
    ERROR_FILE,
    QUERY_FILES,
    ROLES,
    TABLE_FILE,
    Patterns,
    joined,
    language_folders,
    load_patterns,
)
from allocscan.tables import build, read_toml


@dataclass(frozen=True, slots=True)
class Names:
    """How a grammar nests the name that it declares, and how names are joined."""

    separators: tuple[str, ...] = (".",)
    """What joins the parts of a name; the first is used to print one."""
    members: tuple[str, ...] = ()
    """What joins a value and its member, where that differs; catalogues write the first."""
    fields: tuple[str, ...] = ("name",)
    """Fields to follow from a declaration down to its name."""
    kinds: tuple[str, ...] = ()
    """Node types to follow where none of the fields is there."""
    stop: tuple[str, ...] = ()
    """Node types that are names although they have parts."""
    tokens: tuple[str, ...] = ()
    """Node types of lists that hold tokens, of which each member may have several."""
    skip: tuple[str, ...] = ()
    """Node types that stand in a list without being one of its members."""
    pasted: str = ""
    """What joins the parts of a name that a macro puts together anew in each use; empty where none does."""
    local: tuple[str, ...] = ()
    """Attributes that hide a definition from other files."""
    generics: str = ""
    """A pattern of what look-ups leave out of a name, such as generic arguments."""
    tail: int = 0
    """How many parts at the end of a name are enough for a catalogue to know it; 0 for all."""

    def split(self, name: str) -> list[str]:
        """Split a name into its parts."""
        for separator in self.separators[1:]:
            name = name.replace(separator, self.separators[0])
        return name.split(self.separators[0])

    def join(self, *parts: str) -> str:
        """Join the parts of a name."""
        return self.separators[0].join(part for part in parts if part)

    def plain(self, name: str) -> str:
        """Leave out generic arguments, and what only says that a name begins outermost."""
        return self.bare(name).removeprefix(self.separators[0])

    def bare(self, name: str) -> str:
        """Leave out generic arguments, however deep they are nested."""
        left, pattern = "", self.generics or "(?!)"
        while left != name:
            left, name = name, re.sub(pattern, "", name)
        return name

    def endings(self, name: str) -> Iterator[str]:
        """Yield a name, and what of its end is enough to know it."""
        parts = self.split(name)
        yield name
        if self.tail and len(parts) > self.tail:
            yield self.join(*parts[-self.tail :])

    def last(self, name: str) -> str:
        """Give the last part of a name, without generic arguments."""
        return self.split(self.plain(name))[-1]

    @property
    def dot(self) -> str:
        """What catalogues write before the member of any value."""
        return (self.members or self.separators)[0]

    def called(self, name: str) -> str:
        """Give what is called: without the value that it belongs to, where that can be told, and without generics."""
        plain = self.plain(name)
        return (self.member(plain) or plain) if self.members else name

    def member(self, name: str) -> str:
        """Give the part behind a value; empty where none is named."""
        ends = [name.rindex(mark) + len(mark) for mark in self.members or self.separators if mark in name]
        return name[max(ends) :] if ends else ""


@dataclass(frozen=True, slots=True)
class Modules:
    """How files are modules, where they are."""

    marker: str = ""
    """A file that makes its folder a package."""
    suffixes: tuple[str, ...] = ()
    """Endings of files that a module may be, the one that is meant first where several are there."""
    everything: str = "*"
    """How an import of all names is written."""
    relative: str = ""
    """What a relative import begins with, once for each level."""
    anchors: Mapping[str, str] = field(default_factory=dict)
    """Words that begin a name: at the `root` of its package, `here`, or `up` one module."""
    roots: tuple[str, ...] = ()
    """Files that make their folder the root of a package, known by the folder's name."""
    sources: str = ""
    """A folder between a package's own and such a file."""
    itself: str = ""
    """How a group of imports names the module that it takes from."""
    binds: str = "last"
    """Which part of an imported dotted name becomes known: `first`, `last`, or `tail`: the last, and nothing else."""
    public: tuple[str, ...] = ()
    """Attributes of an import that is passed on to others; without any, all of them are."""
    builtins: str = ""
    """The module whose names need no import."""
    implied: bool = False
    """A name may be one that any imported module offers: catalogues tell which, with the modules in their names."""

    def names_whole(self, alias: str) -> bool:
        """Tell whether an imported name stands for all that was written."""
        return self.binds == "last" or (bool(alias) and self.binds == "first")

    def __hash__(self) -> int:
        """Hash by what is hashable and tells ways of naming modules apart."""
        return hash((self.marker, self.suffixes, self.roots))


@dataclass(frozen=True, slots=True)
class Classes:
    """How objects of a class come to be."""

    called: bool = False
    """A class is instantiated by calling it."""
    members: bool = False
    """What a class holds is known by its bare name all through the class."""
    own: tuple[str, ...] = ()
    """Patterns of callees that mean the enclosing class."""
    receivers: tuple[str, ...] = ()
    """Names of the object itself inside a method."""
    itself: tuple[str, ...] = ()
    """Names of the enclosing class inside of it."""
    convention: str = ""
    """A pattern of names that are classes by convention."""
    allocators: tuple[str, ...] = ()
    """Bases and attributes of definitions that are allocators."""
    owners: tuple[str, ...] = ()
    """Bases by which an extension says that its class owns memory."""


@dataclass(frozen=True, slots=True)
class Allocators:
    """How a class is known to hand out memory."""

    kinds: tuple[str, ...] = ()
    """Kinds of definitions that can be allocators."""
    offers: tuple[str, ...] = ()
    """The members that allocators have."""
    required: tuple[tuple[str, ...], ...] = ()
    """Those that make a class an allocator; any of these sets is enough."""


@dataclass(frozen=True, slots=True)
class Preprocessor:
    """How conditional compilation is written."""

    directive: str = ""
    """A pattern of a directive up to its end, in which WORD stands for its name, with a group `condition`."""
    skip: str = ""
    """A pattern of what hides a directive: comments, strings."""
    comments: str = ""
    """A pattern of directives inside of which comments are blanked."""
    comment: str = ""
    """A pattern of such a comment."""
    interesting: str = r"\("
    """A pattern of what makes a branch worth to be parsed although another one is taken."""
    opens: Mapping[str, str] = field(default_factory=dict)
    """Words that open a conditional, with what they ask of their condition `{}`."""
    continues: Mapping[str, str] = field(default_factory=dict)
    closes: tuple[str, ...] = ()
    dead: tuple[str, ...] = ()
    """Conditions that never hold."""
    guard: str = ""
    """A pattern of what begins a branch that keeps a header from being read twice, with NAME for its macro."""

    def __hash__(self) -> int:
        """Hash by what is hashable and tells preprocessors apart."""
        return hash((self.directive, self.skip, self.closes, self.dead))


@dataclass(frozen=True, slots=True)
class Attributes:
    """What declarations say of memory beside their types; positions in them count from 1."""

    written: str = ""
    """A pattern of one attribute, or of a macro that may stand for some."""
    allocates: str = ""
    """A pattern of what says that the result is memory of its own; likewise the following."""
    sizes: str = ""
    """With groups `size` and `second`: where there are two, the first counts."""
    frees: str = ""
    """With a group `pointer`."""
    released: str = ""
    """With groups `name` and `pointer`: the function that takes the memory back."""
    never_null: str = ""
    noreturn: str = ""
    """A pattern of what says that a function does not come back."""
    alias: str = ""
    """With a group `name`: what is declared is another name for that."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How sizes are written."""

    measured: str = ""
    """A pattern of what tells how large a type or an object is."""
    constant: str = r"(?:\b\d[\w.]*|[-+*/%<>()\s])+"
    """A pattern of sizes that never change."""
    sum: str = r"[-+]"
    """A pattern of what adds sizes up; likewise `product`."""
    product: str = r"[*/%]|<<|>>"


@dataclass(frozen=True, slots=True)
class Language:
    """Everything that allocscan knows about one language, as plain values."""

    name: str
    title: str
    grammar: str
    """`module:function`, or `module:function:argument`."""
    suffixes: tuple[str, ...]
    shared: tuple[str, ...] = ()
    """Suffixes that belong to this language where the tree is mostly written in it."""
    borrowed: tuple[str, ...] = ()
    """Those of them that others use for something else: a file is of this language only where it reads like it."""
    catalogues: tuple[str, ...] = ()
    highlighter: str = ""
    """The name of the Pygments lexer."""
    comments: tuple[str, ...] = ("comment",)
    """Node types of comments."""
    strings: tuple[str, ...] = ()
    """Node types of text that is no code: what strings and characters hold."""
    scope: str = "module"
    """`module`: a name means what its file defines or imports; `global`: what any file defines."""
    program: str = ""
    """The language whose files make one program with those of this one, names and all; its own when empty."""
    followed: tuple[str, ...] = ()
    """Kinds of allocators that make an allocator of what hands their memory on; all when empty."""
    collected: bool = False
    """A collector gives back what the language itself allocates: a function that hands it on is no allocator."""
    nothing: tuple[str, ...] = ()
    """What stands for no object at all."""
    asserting: str = ""
    """A pattern of functions that ask whether what they are given holds anything."""
    last_use: str = ""
    """A pattern of what asks whether nobody uses a counted object any more, with a group `object`."""
    conventions: str = ""
    """A pattern of names by which fields of tables say that they obtain or release memory."""
    longest_line: int = 100_000
    """Bytes that a line may have; a file with a longer one is not read."""
    test_paths: tuple[str, ...] = ()
    """Patterns of paths that hold tests."""
    wrappers: tuple[tuple[str, str], ...] = ()
    """Texts to put around an injected fragment so that it parses by itself; the best one is used."""
    repairs: tuple[str, ...] = ()
    """Patterns of what hides from the grammar: a group `blank` becomes spaces, `end` a semicolon, `comma` a comma,
    `word` a part of the word before it; a group may be numbered: `blank2`."""
    respell: tuple[tuple[str, str], ...] = ()
    """Patterns of what the grammar misreads, and texts of equal length that it reads as meant."""
    respelled: tuple[tuple[str, str], ...] = ()
    """The same for injected fragments."""
    wrapping: str = ""
    """A pattern of what encloses an injected fragment; its group is the code."""
    names: Names = field(default_factory=Names)
    modules: Modules = field(default_factory=Modules)
    classes: Classes = field(default_factory=Classes)
    allocators: Allocators = field(default_factory=Allocators)
    preprocessor: Preprocessor = field(default_factory=Preprocessor)
    attributes: Attributes = field(default_factory=Attributes)
    sizes: Sizes = field(default_factory=Sizes)
    patterns: tuple[Patterns, ...] = ()
    """What matters, file by file."""
    mistakes: tuple[Patterns, ...] = ()
    """What the grammar takes for something else: it counts as not understood, and is repaired."""
    origins: tuple[Path, ...] = field(default=(), compare=False, repr=False)
    """The folders that say something of it: first the one that defines it, then those that add patterns."""

    @property
    def query(self) -> str:
        """Give all patterns in one text."""
        return joined(self.patterns)

    @property
    def errors(self) -> str:
        """Give all patterns of mistakes in one text."""
        return joined(self.mistakes)

    @property
    def pattern_count(self) -> int:
        """Count all patterns."""
        return sum(part.count for part in self.patterns + self.mistakes)

    @property
    def asks(self) -> bool:
        """Tell whether the patterns see what conditions ask for."""
        return "@holds" in self.query

    @property
    def fingerprint(self) -> str:
        """Change whenever the folder does."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    @property
    def tells_branches(self) -> bool:
        """Tell whether the patterns know what runs only sometimes."""
        return "@branch" in self.query


PARTS: Mapping[str, type] = {
    "names": Names,
    "modules": Modules,
    "classes": Classes,
    "allocators": Allocators,
    "preprocessor": Preprocessor,
    "attributes": Attributes,
    "sizes": Sizes,
}
"""The tables inside a `language.toml`."""
EXPRESSIONS: Mapping[str, tuple[str, ...]] = {
    "": ("last_use", "conventions", "asserting", "test_paths", "wrapping", "repairs"),
    "names": ("generics",),
    "classes": ("own", "convention"),
    "preprocessor": ("directive", "skip", "comments", "comment", "interesting", "guard"),
    "attributes": ("written", "allocates", "sizes", "frees", "released", "never_null", "noreturn", "alias"),
    "sizes": ("measured", "constant", "sum", "product"),
}
"""The keys of each table that hold regular expressions."""
READ = ("patterns", "mistakes", "origins")
"""What stands beside the table."""


def load_languages(extra: tuple[Path, ...] = ()) -> tuple[Language, ...]:
    """Read every language folder, those in `extra` last; raise QueryError for one that makes no sense.

    A folder with a table defines a language, or replaces the one of its name; a folder without adds patterns.
    """
    found: dict[str, Language] = {}
    roots = (folder("queries"), *extra)
    for number, root in enumerate(roots):
        for place in language_folders(root):
            defines = (place / TABLE_FILE).exists()
            language = load_language(place, roots[: number + 1]) if defines else extended(found, place)
            found[language.name] = language
    return tuple(found.values())


def load_language(place: Path, roots: tuple[Path, ...] = ()) -> Language:
    """Read one language folder; what it inherits from lies beside it, or else in the last of the `roots`."""
    path = place / TABLE_FILE
    table = read_toml(path, QueryError)
    for key, kind in PARTS.items():
        if key in table:
            table[key] = build(kind, table[key], f"{path}: [{key}]", QueryError)
    for key in READ:
        if key in table:
            raise QueryError(f"{path}: unknown key {key!r}; patterns are written in {', '.join(QUERY_FILES)}")
    language = build(Language, table, str(path), QueryError)
    queries = tuple(part for name in QUERY_FILES for part in load_patterns(place / name, roots))
    return replace(language, patterns=queries, mistakes=load_patterns(place / ERROR_FILE, roots), origins=(place,))


def check_expressions(language: Language) -> None:
    """Raise QueryError for a regular expression that is none."""
    for part, keys in EXPRESSIONS.items():
        table = getattr(language, part) if part else language
        for key in keys:
            given = getattr(table, key)
            for expression in (given,) if isinstance(given, str) else given:
                try:
                    re.compile(expression)
                except re.error as reason:
                    where = f"[{part}] {key}" if part else key
                    path = language.origins[0] / TABLE_FILE
                    raise QueryError(f"{path}: {where}: a pattern cannot be used: {reason}") from None


def extended(known: Mapping[str, Language], place: Path) -> Language:
    """Add the patterns of a folder to the language that it is named after."""
    if place.name not in known:
        names = ", ".join(sorted(known))
        raise QueryError(f"{place}: has no {TABLE_FILE}, and is named like no language that is known: {names}")
    language = known[place.name]
    return replace(
        language,
        patterns=language.patterns + tuple(part for name in QUERY_FILES for part in load_patterns(place / name)),
        mistakes=language.mistakes + load_patterns(place / ERROR_FILE),
        origins=(*language.origins, place),
    )


__all__ = ["ACTING", "DETAILS", "ROLES", "Language", "Names", "check_expressions", "load_languages"]
