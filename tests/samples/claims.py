"""Claims are comments in a sample that say what must be found, where it must be found.

A comment behind code speaks of its line, a comment alone of the next line of code. Several claims are separated
by `;`. A target is where the name is defined: a line of the same file, or `path:line` below the sample's root.

    free(block);               // deallocate: free
    # allocate: Shape -> shapes.py:1
    # todo allocate: x         a known gap, which fails once it closes
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import tree_sitter

from allocscan.languages import Language
from allocscan.model import Action, Report, Resource
from allocscan.syntax import load_grammar

ACTIONS = "|".join(Action)
BEGINS = re.compile(rf"(todo )?({ACTIONS}):")
CLAIM = re.compile(rf"(?P<todo>todo )?(?P<action>{ACTIONS}): (?P<name>\S+)(?: -> (?P<target>\S+))?")
MARKERS = re.compile(r"^(//+!?|/[*+]+!?|#+|--+)\s*|\s*[*+]+/$")
NO_CLAIMS = "no claims"
JUDGED = frozenset((Resource.MEMORY, Resource.STACK, Resource.CONTAINER))
"""What claims speak of; handles are left to other tests."""


class ClaimError(Exception):
    """A comment begins like a claim and is none."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A memory action at a line, claimed or found."""

    path: str
    line: int
    action: str
    name: str
    target: str = ""
    """`path:line` of the definition; empty where none is claimed, or none was found."""

    def __str__(self) -> str:
        return f"{self.action}: {self.name}" + (f" -> {self.target}" if self.target else "")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a comment says."""

    finding: Finding
    todo: bool = False
    """A known gap: this must not be found yet."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, and the line that it speaks of."""

    text: str
    """Without its markers."""
    line: int
    """0 where no code follows."""


@dataclass(frozen=True, slots=True)
class SampleFile:
    """What one file of a sample says of itself."""

    path: str
    claims: tuple[Claim, ...]
    claimless: bool
    """It says that its sample makes no claims."""


def read_sample(root: Path, languages: Sequence[Language]) -> Iterator[SampleFile]:
    """Read every source file of a sample."""
    for path, language in sample_files(root, languages):
        comments = list(read_comments((root / path).read_bytes(), language))
        claimless = any(comment.text.startswith(NO_CLAIMS) for comment in comments)
        yield SampleFile(path, tuple(read_claims(path, comments)), claimless)


def sample_files(root: Path, languages: Sequence[Language]) -> Iterator[tuple[str, Language]]:
    """List the files of a sample that are written in a known language, and the language."""
    for path in sorted(root.rglob("*")):
        for language in languages:
            if path.is_file() and path.suffix in language.suffixes + language.shared:
                yield path.relative_to(root).as_posix(), language
                break


def read_comments(content: bytes, language: Language) -> Iterator[Comment]:
    """Find the comments of a text through its grammar."""
    nodes = list(comment_nodes(content, language))
    code = code_lines(content, nodes)
    for node in nodes:
        text = MARKERS.sub("", (node.text or b"").decode())
        yield Comment(text, min((line for line in code if line > node.start_point.row), default=0))


def comment_nodes(content: bytes, language: Language) -> Iterator[tree_sitter.Node]:
    """Yield the nodes of all comments, in order."""
    grammar = load_grammar(language)
    root = tree_sitter.Parser(grammar).parse(content).root_node
    query = tree_sitter.Query(grammar, " ".join(f"({kind}) @comment" for kind in language.comments))
    captures = tree_sitter.QueryCursor(query).captures(root)
    yield from sorted(captures.get("comment", []), key=lambda node: node.start_byte)


def code_lines(content: bytes, comments: Iterable[tree_sitter.Node]) -> list[int]:
    """Number the lines, from 1, that hold anything else than comments."""
    bare = bytearray(content)
    for node in comments:
        bare[node.start_byte : node.end_byte] = re.sub(rb"[^\n]", b" ", content[node.start_byte : node.end_byte])
    return [number for number, line in enumerate(bytes(bare).split(b"\n"), 1) if line.strip()]


def read_claims(path: str, comments: Iterable[Comment]) -> Iterator[Claim]:
    """Read the claims among the comments of a file; raise ClaimError for one that is misspelt."""
    for comment in comments:
        if BEGINS.match(comment.text):
            for part in comment.text.split(";"):
                yield read_claim(path, comment.line, part.strip())


def read_claim(path: str, line: int, text: str) -> Claim:
    """Read one claim."""
    said = CLAIM.fullmatch(text)
    if not said:
        raise ClaimError(f"{path}:{line}: not a claim: {text}")
    if not line:
        raise ClaimError(f"{path}: no code follows the claim: {text}")
    target = said["target"] or ""
    target = f"{path}:{target}" if target.isdigit() else target
    return Claim(Finding(path, line, said["action"], said["name"], target), bool(said["todo"]))


def findings(report: Report) -> list[Finding]:
    """List what a report found, in the words of claims."""
    return [
        Finding(
            site.location.path,
            site.location.line,
            site.action,
            site.name,
            f"{site.resolved.path}:{site.resolved.line}" if site.resolved else "",
        )
        for site in report.sites
        if site.resource in JUDGED
    ]


def compare(claims: Iterable[Claim], found: Iterable[Finding]) -> list[str]:
    """Say how claims and findings differ, as multisets; nothing when they agree."""
    left = sorted(found)
    wrong: list[tuple[Finding, str]] = []
    for claim in sorted(claims, key=lambda claim: (claim.todo, not claim.finding.target)):
        match = take(left, claim.finding)
        if match and claim.todo:
            wrong.append((match, "found at last, so no longer todo"))
        elif not match and not claim.todo:
            wrong.append((claim.finding, "claimed but not found"))
    wrong += [(finding, "found but not claimed") for finding in left]
    return [f"{finding.path}:{finding.line}: {why}: {finding}" for finding, why in sorted(wrong)]


def take(left: list[Finding], claimed: Finding) -> Finding | None:
    """Remove the finding that a claim means, if there is one; a claim without target leaves the target open."""
    for finding in left:
        same = (finding.path, finding.line, finding.action, finding.name)
        if same == (claimed.path, claimed.line, claimed.action, claimed.name):
            if claimed.target in ("", finding.target):
                left.remove(finding)
                return finding
    return None


def vacuous(files: Iterable[SampleFile]) -> bool:
    """Tell whether a sample forgot to say what must be found in it, or says both that and the opposite."""
    files = list(files)
    return any(file.claims for file in files) == any(file.claimless for file in files)
