"""What a person typed becomes a target."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from allocscan.data import folder
from allocscan.errors import SourceError
from allocscan.sources.address import Parts, check_address, is_address, short_name, split_address, without_secrets
from allocscan.sources.samples import SAMPLES, sample_names
from allocscan.sources.targets import Settings, Target

HERE = (".", "..", "~")
EXPLICIT = ("./", "../", "/", "~/")
KNOWN = re.compile(r"(?P<name>[^@:]*)(?:@(?P<revision>[^:]*))?(?::(?P<subtree>.*))?", re.DOTALL)
OWNER_AND_NAME = re.compile(r"[\w.-]+/[\w.-]+")


@dataclass(frozen=True, slots=True)
class Request:
    """What was typed, and the unambiguous options beside it."""

    text: str
    revision: str
    subtree: str | None
    settings: Settings

    @property
    def parts(self) -> Parts:
        """Read the text as a name with a revision and a subtree."""
        match = KNOWN.fullmatch(self.text)
        assert match
        return Parts(match["name"], match["revision"] or "", match["subtree"])


class Meaning(NamedTuple):
    """One thing that a text can mean."""

    noun: str
    make: Callable[[], Target]


def parse_target(text: str, settings: Settings, *, revision: str = "", subtree: str | None = None) -> Target:
    """Decide what a person means; where two things have the name, the target's note says which was taken."""
    if not text or text.startswith("-") or "\0" in text:
        raise SourceError(f"{text!r} is no target; name a folder, a URL or a known repository")
    request = Request(text, revision, subtree, settings)
    if text in HERE or text.startswith(EXPLICIT):
        return checked(path_target(request))
    taken, *others = [meaning for read in MEANINGS if (meaning := read(request))] or [unknown(request)]
    nouns = ", ".join(other.noun for other in others)
    return checked(replace(taken.make(), note=f"{text}: took {taken.noun}, not {nouns}" if nouns else ""))


def checked(target: Target) -> Target:
    """Refuse a revision or a subtree that cannot be in any repository."""
    if target.revision.startswith("-") or any(ord(character) < 32 for character in target.revision):
        raise SourceError(f"{target.revision!r} is no revision; name a branch, a tag or a commit")
    parts = [part for part in target.subtree.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise SourceError(f"{target.subtree!r} leads out of the tree; name a folder or file inside {target.name}")
    return replace(target, subtree="/".join(parts))


def as_address(request: Request) -> Meaning | None:
    """Read the text as a URL or the like."""
    if not is_address(request.text, request.settings.targets):
        return None
    return Meaning(f"the address {request.text}", partial(address_target, request))


def address_target(request: Request) -> Target:
    """Point at a repository elsewhere."""
    text = request.text
    address, revision, subtree = split_address(text, revision=not request.revision, subtree=request.subtree is None)
    check_address(address)
    return Target(
        name=short_name(address),
        location=without_secrets(address),
        url=address,
        revision=request.revision or revision,
        subtree=request.subtree or subtree or "",
    )


def as_known(request: Request) -> Meaning | None:
    """Read the text as a known name, with or without a revision and a subtree."""
    name, revision, subtree = request.parts
    if name not in request.settings.targets:
        return None
    options = (f" --revision {revision}" if revision else "") + (f" --subtree {subtree}" if subtree else "")
    return Meaning(f"the known repository {name}{options}", partial(known_target, request))


def known_target(request: Request) -> Target:
    """Point at a known repository, and at what is of interest there unless something else is asked for."""
    name, revision, subtree = request.parts
    if (revision and request.revision) or (subtree is not None and request.subtree is not None):
        raise SourceError(f"{request.text} and an option both say what to read of {name}; leave one of them out")
    known = request.settings.targets[name]
    asked = request.subtree if subtree is None else subtree
    return Target(
        name=name,
        location=without_secrets(known.url),
        url=known.url,
        revision=request.revision or revision or known.revision,
        subtree=known.subtree if asked is None else asked,
    )


def as_path(request: Request) -> Meaning | None:
    """Read the text as the name of something that lies here."""
    place = Path(request.text)
    if not answers(place.exists):
        return None
    noun = "file" if answers(place.is_file) else "folder"
    return Meaning(f"the {noun} ./{request.text}", partial(path_target, request))


def answers(question: Callable[[], bool]) -> bool:
    """Ask about a path; what may not be looked at is not there."""
    try:
        return question()
    except OSError:
        return False


def path_target(request: Request) -> Target:
    """Point at a folder, or at a file in its folder."""
    text = request.text
    place = home_expanded(text)
    name = place.absolute().name or text
    if name == "..":
        name = place.resolve().name or text
    target = Target(name, text, folder=place, revision=request.revision, subtree=request.subtree or "")
    if not answers(place.is_file):
        return target
    if target.subtree:
        raise SourceError(f"{text} is a file and has no subtree")
    above = text.rpartition("/")[0] or ("/" if text.startswith("/") else ".")
    return replace(target, location=above, folder=place.parent, subtree=place.name, single=True)


def home_expanded(text: str) -> Path:
    """Find the home folder that `~` means."""
    try:
        return Path(text).expanduser() if text.startswith("~") else Path(text)
    except RuntimeError:
        raise SourceError(f"{text}: there is no home folder") from None


def as_sample(request: Request) -> Meaning | None:
    """Read the text as the name of an embedded sample."""
    if request.text not in sample_names():
        return None
    return Meaning(f"the embedded sample {request.text}", partial(sample_target, request))


def sample_target(request: Request) -> Target:
    """Point at an embedded sample."""
    name = request.text
    if request.revision:
        raise SourceError(f"{name} is an embedded sample and has no revisions")
    return Target(name, name, folder=folder(SAMPLES) / name, subtree=request.subtree or "", sample=True)


MEANINGS = (as_address, as_known, as_path, as_sample)
"""In the order in which they are tried."""


def unknown(request: Request) -> Meaning:
    """Raise SourceError for a text that means nothing, and say what was perhaps meant."""
    text, name = request.text, request.parts.address
    if "::" in text:
        raise SourceError(f"{text}: transports written with '::' are refused; use a URL, like https://HOST/PATH")
    from difflib import get_close_matches

    close = get_close_matches(name, [*request.settings.targets, *sample_names()], 1, 0.6)
    if close:
        raise SourceError(f"unknown target {text!r}; did you mean {close[0] + text[len(name) :]!r}?")
    if OWNER_AND_NAME.fullmatch(text):
        raise SourceError(f"there is no {text} here; a repository is given by its URL, like https://HOST/{text}")
    raise SourceError(f"unknown target {text!r}; name a folder, a URL, or one that `allocscan targets` lists")
