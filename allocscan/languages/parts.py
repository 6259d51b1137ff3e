"""What a language says of its modules, classes, allocators, preprocessor, attributes and sizes."""

from collections.abc import Mapping
from typing import NamedTuple


class Modules(NamedTuple):
    """How files are modules, where they are."""

    marker: str = ""
    """A file that makes its folder a package."""
    suffixes: tuple[str, ...] = ()
    """Endings of files that a module may be, the one that is meant first where several are there."""
    everything: str = "*"
    """How an import of all names is written."""
    relative: str = ""
    """What a relative import begins with, once for each level."""
    anchors: Mapping[str, str] = {}
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


class Classes(NamedTuple):
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
    holding: str = ""
    """A pattern of names of variables and fields that hold a class by convention."""
    copying: str = ""
    """A pattern of types whose objects copy what they are given, and keep nothing of it."""
    allocators: tuple[str, ...] = ()
    """Bases and attributes of definitions that are allocators."""
    owners: tuple[str, ...] = ()
    """Bases by which an extension says that its class owns memory."""


class Receivers(NamedTuple):
    """How the text tells what a value is whose method is called."""

    marks: tuple[str, ...] = ()
    """What joins a value and its member; where any are given, a method is looked for in the class of its value."""
    brackets: tuple[str, ...] = ()
    """What encloses the arguments of a type."""
    through: str = ""
    """What reaches the members of an object that an owner holds, and not the owner's."""
    owners: str = ""
    """A pattern of types that hold an object of the type that is their first argument."""
    rows: str = ""
    """A pattern of types that an index takes an object of their first argument out of."""
    tables: str = ""
    """The same of their second argument."""
    makers: Mapping[str, str] = {}
    """Patterns of functions that make an object of their first argument, and the type that owns it then."""
    placed: Mapping[str, str] = {}
    """Constructs that are told where to get memory, and the functions of the tree that may give it to them."""
    freed: Mapping[str, str] = {}
    """Constructs that give an object back, and the functions by which a class may do that itself."""
    told: str = ""
    """A pattern of the types of what these functions may be told besides, whatever is written."""
    operators: Mapping[str, tuple[str, ...]] = {}
    """Operators that act on memory, and the methods by which a class says what they do to its objects instead."""

    def __hash__(self) -> int:
        """Hash by what is hashable and tells ways of telling receivers apart."""
        return hash((self.marks, self.owners, self.rows, self.tables))


class Allocators(NamedTuple):
    """How a class is known to hand out memory."""

    kinds: tuple[str, ...] = ()
    """Kinds of definitions that can be allocators."""
    offers: tuple[str, ...] = ()
    """The members that allocators have."""
    required: tuple[tuple[str, ...], ...] = ()
    """Those that make a class an allocator; any of these sets is enough."""


class Preprocessor(NamedTuple):
    """How conditional compilation is written."""

    directive: str = ""
    """A pattern of a directive up to its end, in which WORD stands for its name, with a group `condition`."""
    skip: str = ""
    """A pattern of what hides a directive: comments, strings."""
    comments: str = ""
    """A pattern of directives inside of which comments are blanked."""
    comment: str = ""
    """A pattern of such a comment, which is in its group of that name, and of all that may look like one."""
    interesting: str = r"\("
    """A pattern of what makes a branch worth to be parsed although another one is taken."""
    opens: Mapping[str, str] = {}
    """Words that open a conditional, with what they ask of their condition `{}`."""
    continues: Mapping[str, str] = {}
    closes: tuple[str, ...] = ()
    dead: tuple[str, ...] = ()
    """Conditions that never hold."""
    elsewhere: str = ""
    """A pattern of conditions that only hold where a text is compiled as another language."""
    guard: str = ""
    """A pattern of what begins a branch that keeps a header from being read twice, with NAME for its macro."""

    def __hash__(self) -> int:
        """Hash by what is hashable and tells preprocessors apart."""
        return hash((self.directive, self.skip, self.closes, self.dead))


class Attributes(NamedTuple):
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


class Sizes(NamedTuple):
    """How sizes are written."""

    measured: str = ""
    """A pattern of what tells how large a type or an object is."""
    constant: str = r"(?:\b\d[\w.]*|[-+*/%<>()\s])+"
    """A pattern of sizes that never change."""
    sum: str = r"[-+]"
    """A pattern of what adds sizes up; likewise `product`."""
    product: str = r"[*/%]|<<|>>"
