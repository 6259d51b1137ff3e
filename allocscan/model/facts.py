"""What one file says by itself.

What a file has hundreds of are named tuples: they are made and sent between processes in a fraction of the time.
"""

from typing import NamedTuple

from allocscan.model.words import Action, Form


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
    exits: tuple[str, ...] = ()
    """The conditions on which the function was left before, as written."""


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
    condition: str = ""
    """The preprocessor condition that it stands under, as written."""


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


class Question(NamedTuple):
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
    """The value as written where it is no place, or where the target only points into its block; shortened."""


class Variable(NamedTuple):
    """A variable that is declared with a type."""

    name: str
    """`return` for what its function hands out."""
    type: str
    """As written, without what makes it a pointer or an array of that."""
    inside: int
    """Index of the enclosing definition; -1 at top level."""
    pointer: bool = False
    """It only points to such an object."""


class Mentioned(NamedTuple):
    """A name in front of a parenthesis, where the text was not understood."""

    name: str
    line: int


UNPARSED = "unparsed"
"""The kind of problem that an allocator is named where the source was not understood."""


class Problem(NamedTuple):
    """Something that was not understood, and where."""

    path: str
    line: int
    kind: str
    """A short name that does not change: `undecodable`, `binary`, `foreign`, `too large`, `too deep`, `unreadable`,
    `unparsed`, or `configuration`."""
    message: str


class FileFacts(NamedTuple):
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


class FileRecord(NamedTuple):
    """A scanned file and how well it was understood."""

    path: str
    language: str
    lines: int
    size: int
    lost: int
