"""What findings are about: a rule each, with the words that explain it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters, in the words of SARIF."""

    WARNING = "warning"
    """Worth a change, unless the reader knows better."""
    NOTE = "note"
    """Worth knowing."""


class Rule(StrEnum):
    """What a finding says, under a name that does not change."""

    FAMILY_MISMATCH = "family-mismatch"
    UNCHECKED = "unchecked-allocation"
    LOST_ON_FAILURE = "pointer-lost-on-failure"
    DROPPED = "dropped-result"
    STACK_IN_LOOP = "stack-allocation-in-loop"
    MIXED_FAMILIES = "mixed-families"
    PARSE_LOSS = "parse-loss"
    UNPARSED = "allocator-in-unparsed-code"
    LEAKED = "leaked-memory"


@dataclass(frozen=True, slots=True)
class About:
    """The words of a rule."""

    title: str
    help: str
    """Why it matters, when it is wrong, and what to do."""
    severity: Severity = Severity.WARNING


ABOUT = {
    Rule.FAMILY_MISMATCH: About(
        "Memory is given back to another family than it is from",
        "What one family of functions hands out, only that family can take back: its bookkeeping is its own. On "
        "some path through this function the memory reaches a deallocator of another family. This is no error "
        "where one family is a thin layer over the other and promises to stay so.",
    ),
    Rule.UNCHECKED: About(
        "Memory is used without asking if there is any",
        "The allocator says that there is no memory by what it returns, and the function uses the result without "
        "looking. Without memory the program then crashes, or writes where it should not. Ask first, or use an "
        "allocator that ends the program itself.",
    ),
    Rule.LOST_ON_FAILURE: About(
        "The only pointer to a block is overwritten by its resizing",
        "When there is no memory, the reallocator returns nothing and leaves the block where it is. The result "
        "goes where the pointer to the block was, so that the block can then neither be used nor given back. Take "
        "the result with another variable, and ask before it replaces the pointer.",
    ),
    Rule.DROPPED: About(
        "Memory is obtained and nothing takes it",
        "The call hands out memory that somebody has to give back, and its result is dropped. Keep the result, or "
        "cast the call to void where it is made for another of its effects and the memory is known elsewhere.",
    ),
    Rule.STACK_IN_LOOP: About(
        "The stack grows with every turn of a loop",
        "What is taken from the stack comes back only when the function returns, not when the loop turns, so that "
        "a long loop overruns the stack. Take it before the loop, or from the heap.",
    ),
    Rule.MIXED_FAMILIES: About(
        "One variable or function holds memory of several families",
        "The variable is given memory of different families, which have to be given back in different ways, or the "
        "function returns it. Whoever frees it must know which it is.",
        Severity.NOTE,
    ),
    Rule.PARSE_LOSS: About(
        "Part of a file could not be understood",
        "The source lies in syntax errors, most often because of macros that only the compiler sees through. What "
        "stands there is not reported; look at it yourself before relying on what is said of this file.",
        Severity.NOTE,
    ),
    Rule.UNPARSED: About(
        "An allocator is named where the source could not be understood",
        "The name of an allocator or deallocator stands in a stretch that lies in syntax errors, so that nothing is "
        "known of what it does there. It is not counted; look at it yourself.",
        Severity.NOTE,
    ),
    Rule.LEAKED: About(
        "Memory was lost while the program ran",
        "A program was watched, and some of what was obtained here was never given back. Where the tool can tell, "
        "nothing pointed to it any more; else it was held when the program ended, which some programs do on purpose.",
    ),
}
"""The rules, in the order in which they are listed."""
