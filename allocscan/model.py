"""The values that everything else passes around.

Those that a file has hundreds of are named tuples: they are made and sent between processes in a fraction of the time.
"""

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import NamedTuple


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


class Location(NamedTuple):
    """A stretch of one file; lines and columns are 1-based, columns count characters."""

    path: str
    """POSIX, relative to the scanned tree."""
    line: int
    column: int
    end_line: int
    end_column: int
    """One past the last character."""


class Context(NamedTuple):
    """The surroundings that many expressions of a file share."""

    inside: int = -1
    """Index of the innermost enclosing definition in `FileFacts.definitions`; -1 at top level."""
    loop_depth: int = 0
    in_test: bool = False
    branches: tuple[str, ...] = ()
    """What is asked on the way there inside the definition, the outermost first."""
    condition: str = ""
    """The preprocessor condition that the code stands under, as written."""


class Definition(NamedTuple):
    """A class, struct, function, method, macro or the like."""

    kind: str
    """The word after `@definition.` in the query that found it."""
    name: str
    inside: int
    """Index of the enclosing definition; -1 at top level."""
    location: Location
    parameters: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    local: bool = False
    """Visible in its own file only."""
    body: str = ""
    """What an alias or an object-like macro stands for, as written."""
    attributes: tuple[str, ...] = ()


class Import(NamedTuple):
    """A local name and the dotted thing that it stands for."""

    name: str
    """The local name; `*` for everything that the module exports."""
    target: str
    """What it stands for, as written."""
    module: str
    """The module that the target is taken out of; empty when the target is a module itself."""
    inside: int
    line: int
    public: bool = True
    """Who imports this file gets the name as well."""


class Call(NamedTuple):
    """An expression that acts on memory, or might once its name is understood."""

    name: str
    """The callee as written, without white space."""
    form: Form
    location: Location
    context: Context
    action: Action | None = None
    """Set where the construct itself decides, without looking at its name."""
    arguments: tuple[str, ...] = ()
    """Each argument as written, shortened."""
    places: tuple[str, ...] = ()
    """For each argument the place whose value it hands on, without casts; empty where there is none."""
    target: str = ""
    """The place that takes the result, as written; `return`, or empty when there is none."""
    outer: int = -1
    """Index in `FileFacts.calls` of the call that takes the result as its argument; -1 for none."""
    position: int = -1
    """Which argument of the outer call that is, from 0."""
    type: str = ""
    size: str = ""
    dropped: bool = False
    """Nothing takes the result."""
    nullable: bool = False
    """Without memory it hands back nothing, although its like never do."""


@dataclass(frozen=True, slots=True)
class Question:
    """A condition asks whether something holds anything at all."""

    inside: int
    """Index of the enclosing definition."""
    line: int
    place: str = ""
    """As written; empty where a result is asked that no place takes."""
    call: int = -1
    """Index in `FileFacts.calls` of the call whose result is asked; -1 for none."""
    lacks: bool = False
    """The condition is met where it holds nothing."""
    condition: str = ""
    """The whole condition, as `Context.branches` has it; empty where it is not one of a branch."""


class Flow(NamedTuple):
    """A value that moves inside a function: `target` takes what `source` holds."""

    target: str
    """A place as written, or `return`."""
    source: str
    """A place as written; empty when the value comes from no single place."""
    inside: int
    """Index of the enclosing definition."""
    line: int
    value: str = ""
    """The value as written where it is no place, shortened."""


class Variable(NamedTuple):
    """A variable that is declared with a type."""

    name: str
    type: str
    """As written, without what makes it a pointer or an array of that."""
    inside: int
    """Index of the enclosing definition; -1 at top level."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A name in front of a parenthesis, where the text was not understood."""

    name: str
    line: int


UNPARSED = "unparsed"
"""The kind of problem that an allocator is named where the source was not understood."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not understood, and where."""

    path: str
    line: int
    kind: str
    """A short name that does not change: `undecodable`, `binary`, `too large`, `too deep`, `unreadable`, `unparsed`, or
    `configuration`."""
    message: str


@dataclass(frozen=True, slots=True)
class FileFacts:
    """All that one file says by itself: the unit of caching and of parallelism."""

    path: str
    language: str
    lines: int = 0
    size: int = 0
    """Bytes."""
    lost: int = 0
    """Bytes inside syntax errors."""
    definitions: tuple[Definition, ...] = ()
    imports: tuple[Import, ...] = ()
    calls: tuple[Call, ...] = ()
    flows: tuple[Flow, ...] = ()
    variables: tuple[Variable, ...] = ()
    questions: tuple[Question, ...] = ()
    unparsed: tuple[Mentioned, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """The definition that a name means."""

    path: str
    line: int
    name: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A definition, by the file that holds it."""

    path: str
    index: int
    """In `FileFacts.definitions`."""


@dataclass(frozen=True, slots=True)
class Link:
    """What the name of a call means."""

    name: str
    """The full name, with imports and aliases undone."""
    references: tuple[Reference, ...]
    """The definitions it may mean, the most plausible first; empty when it is not defined in the tree."""
    basis: Basis | None
    module: str = ""
    """The path of the module that the name means, when it is one of the tree."""
    member: bool = False
    """A member of a value is meant, whose class the text does not tell."""
    own: bool = False
    """The class that encloses the call is meant, or one of its subclasses."""


@dataclass(frozen=True, slots=True)
class Site:
    """A memory action in the source, completed."""

    location: Location
    action: Action
    form: Form
    name: str
    """As written."""
    language: str
    explicit: bool = True
    allocator: str = ""
    """The canonical name of the allocator, deallocator or class."""
    family: str = ""
    via: tuple[str, ...] = ()
    """The wrappers below the name, down to the primitive; empty for a primitive."""
    type: str = ""
    size: str = ""
    function: str = ""
    """The enclosing function, with its own scope."""
    variable: str = ""
    resolved: Target | None = None
    basis: Basis | None = None
    in_test: bool = False
    loop_depth: int = 0
    condition: str = ""
    resource: Resource = Resource.MEMORY
    size_class: SizeClass | None = None
    """None where no memory is asked for; likewise `checked`."""
    zeroed: bool = False
    """The memory is cleared."""
    checked: Check | None = None
    pointer: str = ""
    """What is resized or given back, as written."""
    dead: bool = False
    """Its condition never holds."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a call of one name does to memory; argument positions count from 0."""

    role: Role
    family: str
    kind: Kind = Kind.RAW
    level: Level = Level.CERTAIN
    out: int | None = None
    """The argument through which the memory comes, where it is not the result."""
    assigns: bool = False
    """That argument is assigned to, as a macro can, and not the place that it points to."""
    pointer: int | None = None
    """The argument that is reallocated or freed."""
    size: int | None = None
    count: int | None = None
    type: int | None = None
    pool: int | None = None
    """The argument whose object keeps the memory, and gives it back in bulk."""
    zeroed: bool = False
    fails: str = ""
    lenient: int | None = None
    """The argument that must stand for nothing for it to fail like this; where it does not, the result is nothing."""
    resource: Resource = Resource.MEMORY
    via: tuple[str, ...] = ()
    """The names below it, down to the primitive."""
    evidence: tuple["Evidence", ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A located statement that speaks for a discovery."""

    location: Location
    statement: str


@dataclass(frozen=True, slots=True)
class Allocator:
    """A known or discovered allocator, reallocator or deallocator."""

    name: str
    role: Role
    kind: Kind
    level: Level
    family: str
    definition: Target | None = None
    """Where it is defined, when that is in the tree."""
    size: int | None = None
    """Position of the size argument, 0-based; likewise `count` and `pointer`."""
    count: int | None = None
    pointer: int | None = None
    fails: str = ""
    zeroed: bool = False
    wraps: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    sites: int = 0
    evidence: tuple[Evidence, ...] = ()
    out: int | None = None
    """The argument through which the memory comes, where it is not the result."""
    type: int | None = None
    """The argument that names what the memory is for."""
    resource: Resource = Resource.MEMORY
    shared: bool = False
    """Other files of the tree define something of that name as well."""


@dataclass(frozen=True, slots=True)
class ReportDefinition:
    """A definition that matters to memory, as the report lists it."""

    location: Location
    name: str
    """With its enclosing definitions, joined as the language does."""
    role: Role
    language: str
    kind: str = ""
    level: Level = Level.CERTAIN
    wraps: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    """The members that make a class an allocator."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A statement that says what becomes of memory; it stands in the file of the memory's site."""

    fate: Fate
    line: int
    statement: str
    """What happens there, in words."""
    name: str = ""
    """What frees it, where it is stored, or to what it is passed."""
    family: str = ""
    """Of what frees it."""


@dataclass(frozen=True, slots=True)
class Life:
    """What becomes of the memory of one site inside its function, on some path or other."""

    location: Location
    """Of the site."""
    function: Target
    variables: tuple[str, ...] = ()
    """The variables that hold it, the first one first."""
    endings: tuple[Ending, ...] = ()
    """By line; never empty."""


@dataclass(frozen=True, slots=True)
class Caller:
    """What calls a function, as far as names tell."""

    function: Target
    """Line 0 and no name stand for the file itself, outside of everything."""
    lines: tuple[int, ...]
    basis: Basis
    """Why the name is believed to mean the function."""


@dataclass(frozen=True, slots=True)
class FunctionRecord:
    """A function or macro that holds sites, that takes or gives back memory, or that calls one of those."""

    location: Location
    name: str
    """With its enclosing definitions, joined as the language does."""
    language: str
    kind: str
    """The word for it in its language's patterns: `function`, `macro`, `alias`."""
    callers: tuple[Caller, ...] = ()


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A scanned file and how well it was understood."""

    path: str
    language: str
    lines: int
    size: int
    lost: int


@dataclass(frozen=True, slots=True)
class Source:
    """What was scanned."""

    name: str
    """As a person would call it: `deluge`, or the last part of a path or URL."""
    location: str
    """The path as typed, or the URL."""
    revision: str = ""
    """What was asked for: a branch, tag or commit; empty for a plain folder."""
    commit: str = ""
    date: str = ""
    """Of the commit, ISO 8601."""
    subtree: str = ""
    """What is reported, relative to the root; empty for everything."""
    local: bool = True


@dataclass(frozen=True, slots=True)
class Measure:
    """What a tool counted while a program ran; None is what it does not count."""

    bytes: int | None = None
    """Obtained, all blocks together; likewise `blocks`."""
    blocks: int | None = None
    live_bytes: int | None = None
    """Not yet given back when the log ends; likewise `live_blocks`."""
    live_blocks: int | None = None
    leaked_bytes: int | None = None
    """Lost: never given back, or, where the tool can tell, out of reach as well; likewise `leaked_blocks`."""
    leaked_blocks: int | None = None
    peak_bytes: int | None = None
    """Held when the program held most."""
    lifetime: int | None = None
    """Of all blocks together, in instructions."""
    read_bytes: int | None = None
    """How much was read in the blocks; likewise `written_bytes`."""
    written_bytes: int | None = None

    def __add__(self, other: "Measure") -> "Measure":
        """Add up what either counts."""
        return Measure(*(added(getattr(self, name), getattr(other, name)) for name in MEASURES))

    @property
    def weight(self) -> int:
        """How many bytes it is about: those obtained, or else those that are left."""
        return self.bytes or self.live_bytes or self.leaked_bytes or 0


MEASURES = tuple(each.name for each in fields(Measure))
"""The names of all that may be counted."""


def added(one: int | None, other: int | None) -> int | None:
    """Add two counts; nothing is made a zero that was not counted."""
    if one is None or other is None:
        return other if one is None else one
    return one + other


@dataclass(frozen=True, slots=True)
class Observation:
    """What one site did while a program ran."""

    location: Location
    """Of the site."""
    measure: Measure
    """Of the memory that the site itself is answerable for; every block is counted at one site only."""
    passed: Measure = Measure()
    """Of the memory that it obtained for sites further out."""


@dataclass(frozen=True, slots=True)
class Residue:
    """Memory that belongs to no site, and why."""

    reason: str
    measure: Measure
    place: str = ""
    """The innermost `path:line` of the scanned tree; empty where there is none."""
    function: str = ""
    """The function there, or the one that obtained the memory."""
    library: str = ""
    """Where it was obtained, when that is outside of the tree."""


@dataclass(frozen=True, slots=True)
class Run:
    """A log of what a program did to memory."""

    log: str
    """The name of its file, or of the tool that wrote it."""
    tool: str
    measure: Measure
    """All that the log counts."""
    command: str = ""
    exit_code: int | None = None
    """How the program ended, when we ran it; negative for a signal."""
    counts: frozenset[Action] = frozenset()
    """The actions of which the log lists every one, so that what it does not list did not happen."""
    notes: tuple[str, ...] = ()
    """What a reader should know of how the tool counts."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one scan has found."""

    source: Source
    files: tuple[FileRecord, ...] = ()
    sites: tuple[Site, ...] = ()
    definitions: tuple[ReportDefinition, ...] = ()
    allocators: tuple[Allocator, ...] = ()
    candidates: tuple[Allocator, ...] = ()
    lives: tuple[Life, ...] = ()
    functions: tuple[FunctionRecord, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = field(default=())
    """What a reader should know about how this report came about."""
    runs: tuple[Run, ...] = ()
    """The logs of running programs that were joined with the sites."""
    observations: tuple[Observation, ...] = ()
    """What the sites did in these runs; a site without one was not seen."""
    residues: tuple[Residue, ...] = ()
    """What belongs to no site, most bytes first."""
