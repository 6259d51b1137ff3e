"""The words that everything is said in: captures, catalogues, claims, records and columns."""

from enum import StrEnum


class Action(StrEnum):
    """What a site does to memory."""

    ALLOCATE = "allocate"
    REALLOCATE = "reallocate"
    DEALLOCATE = "deallocate"
    TRANSFER = "transfer"
    """Ownership moves between automatic and manual management, either way."""


TAKES = frozenset((Action.ALLOCATE, Action.REALLOCATE))
"""The actions that take memory."""


class Form(StrEnum):
    """How a site is written."""

    CALL = "call"
    NEW = "new"
    DELETE = "delete"
    INSTANTIATION = "instantiation"
    """A class is called."""
    MACRO = "macro"
    LITERAL = "literal"
    CONCATENATION = "concatenation"
    CLOSURE = "closure"
    GROWTH = "growth"


class SizeClass(StrEnum):
    """How a site says how much memory it asks for."""

    CONSTANT = "constant"
    """A number that never changes."""
    SIZEOF = "sizeof"
    """One object of a type."""
    COUNTED = "counted"
    """A number of objects of a type: count times sizeof."""
    ARITHMETIC = "arithmetic"
    """Computed in any other way."""
    UNKNOWN = "unknown"
    """The text does not tell: a single variable, a result, nothing."""


class Check(StrEnum):
    """What becomes of the question whether there was any memory."""

    CHECKED = "checked"
    """The function asks."""
    ABORTS = "aborts"
    """It is never answered with no: without memory, the allocator throws or ends the program, or the function does."""
    IGNORED = "ignored"
    """The result is used without asking, or dropped."""
    UNKNOWN = "unknown"
    """The text does not tell: the result is stored or handed on."""


CLASS_KINDS = frozenset(("class", "struct", "union", "interface", "enum", "trait"))
"""Kinds of definitions that objects are made of."""


MEMBER_KINDS = CLASS_KINDS | {"extension"}
"""Kinds of definitions that hold members; an extension adds to a class of its name."""


UNCALLED_KINDS = MEMBER_KINDS | {"variable", "namespace"}
"""Kinds of definitions that a call does not mean."""


IMPLICIT = frozenset((Form.LITERAL, Form.CONCATENATION, Form.CLOSURE, Form.GROWTH))
"""Forms that allocate without being asked by name."""


class Basis(StrEnum):
    """Why a name is believed to mean a definition."""

    SAME_FILE = "same file"
    IMPORT = "import"
    UNIQUE_NAME = "unique name"
    AMBIGUOUS = "ambiguous"
    CONVENTION = "convention"


class Role(StrEnum):
    """What a definition is to memory."""

    CLASS = "class"
    ALLOCATOR = "allocator"
    REALLOCATOR = "reallocator"
    DEALLOCATOR = "deallocator"


class Kind(StrEnum):
    """What an allocator hands out."""

    RAW = "raw"
    """Bare memory or strings."""
    CONSTRUCTOR = "constructor"
    """An initialised object."""
    POOL = "pool"
    """Memory that is given back in bulk, with its pool."""
    REFCOUNTED = "refcounted"
    CONTAINER = "container"
    """A container that grows as it is filled."""
    FACTORY = "factory"
    """An object that a collector or its owner gives back: the site is where it is made, not where that is called."""


class Level(StrEnum):
    """How sure a discovery is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    MAYBE = "maybe"


class Fate(StrEnum):
    """What becomes of memory in the function that obtains it."""

    FREED = "freed"
    RETURNED = "returned"
    STORED = "stored"
    """In a field, behind a pointer, or in a variable that outlives the function."""
    PASSED = "passed"
    """To a function that is not known to free it."""
    UNSEEN = "unseen"
    """Nothing of all this."""


class Resource(StrEnum):
    """What a catalogued family manages."""

    MEMORY = "memory"
    HANDLE = "handle"
    """Files, sockets, compiled expressions: shown with `--resources`."""
    CONTAINER = "container"
    STACK = "stack"
    """Memory that nothing has to free."""
