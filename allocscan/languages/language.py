"""Everything that is known of one language, as plain values."""

from pathlib import Path
from typing import NamedTuple

from allocscan.languages.names import Names
from allocscan.languages.parts import Allocators, Attributes, Classes, Modules, Preprocessor, Receivers, Sizes
from allocscan.queries import Patterns, joined
from allocscan.store.digests import digest


class Language(NamedTuple):
    """Everything that allocscan knows about one language, as plain values."""

    name: str
    title: str
    grammar: str
    """`module:function`, or `module:function:argument`."""
    suffixes: tuple[str, ...]
    shared: tuple[str, ...] = ()
    """Suffixes that belong to this language where the tree is mostly written in it."""
    borrowed: tuple[str, ...] = ()
    """Suffixes that others use for something else: a file is of this language only where it reads like it."""
    embedded: tuple[str, ...] = ()
    """Suffixes of files that hold other text as well."""
    embedding: str = ""
    """A pattern of what is in such files, to their ends, with the groups that are code."""
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
    keywords: str = ""
    """Words that name nothing, as alternatives of a pattern; `KEYWORDS` stands for them in repairs."""
    repairs: tuple[str, ...] = ()
    """Patterns of what hides from the grammar: a group `blank` becomes spaces, `end` a semicolon, `comma` a comma,
    `equals` such a sign, `word` a part of the word before it, `as_if` the word `if`, and so on; a group may be
    numbered: `blank2`."""
    respell: tuple[tuple[str, str], ...] = ()
    """Patterns of what the grammar misreads, and texts of equal length that it reads as meant."""
    respelled: tuple[tuple[str, str], ...] = ()
    """The same for injected fragments."""
    wrapping: str = ""
    """A pattern of what encloses an injected fragment; its group is the code."""
    names: Names = Names()
    modules: Modules = Modules()
    classes: Classes = Classes()
    receivers: Receivers = Receivers()
    allocators: Allocators = Allocators()
    preprocessor: Preprocessor = Preprocessor()
    attributes: Attributes = Attributes()
    sizes: Sizes = Sizes()
    patterns: tuple[Patterns, ...] = ()
    """What matters, file by file."""
    mistakes: tuple[Patterns, ...] = ()
    """What the grammar takes for something else: it counts as not understood, and is repaired."""
    origins: tuple[Path, ...] = ()
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
        return sum(part.number for part in self.patterns + self.mistakes)

    @property
    def asks(self) -> bool:
        """Tell whether the patterns see what conditions ask for."""
        return "@holds" in self.query

    @property
    def fingerprint(self) -> str:
        """Change whenever the folder does, wherever that lies."""
        table = self._replace(patterns=(), mistakes=(), origins=())
        return digest(repr(table), *(part.text for part in self.patterns), "", *(part.text for part in self.mistakes))

    @property
    def tells_branches(self) -> bool:
        """Tell whether the patterns know what runs only sometimes."""
        return "@branch" in self.query
