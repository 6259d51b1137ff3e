"""The grammar of repository addresses."""

import re
from collections.abc import Container
from typing import NamedTuple

from allocscan.errors import SourceError

SCHEMES = ("https", "http", "ssh", "git", "file")
"""The transports that git may use; all others are refused."""
SECRETIVE = ("https", "http")
"""Schemes in which a user is as secret as a password."""
WITH_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(?:([^/?#]*)@)?([^/?#@]*)(.*)", re.DOTALL)
"""Scheme, user and password, host and port, path."""
LIKE_SCP = re.compile(r"([\w.+-]+)@((?:[A-Za-z0-9-]+\.)+(?:[A-Za-z]{2,}|\d+)):(.+)", re.DOTALL)
"""User, host in a domain, path."""
NETWORK_ADDRESS = re.compile(r"\d+(\.\d+){3}")
SUFFIX = ".git"


class Parts(NamedTuple):
    """What may be written in one word: `address@revision:subtree`."""

    address: str
    revision: str = ""
    subtree: str | None = None
    """None where none is written, which is not the same as an empty one."""


def is_address(text: str, names: Container[str] = ()) -> bool:
    """Tell whether a text is a URL, or `user@host.domain:path`; `name@1.2.3.4:path` is a version of a known name."""
    if WITH_SCHEME.match(text):
        return True
    match = LIKE_SCP.fullmatch(text)
    if not match:
        return False
    return match[2][-1].isalpha() or (bool(NETWORK_ADDRESS.fullmatch(match[2])) and match[1] not in names)


def split_address(text: str, *, revision: bool = True, subtree: bool = True) -> Parts:
    """Split off a revision and a subtree, each only if it may stand there."""
    path = text_after_host(text)
    marks = ("@" if revision else "") + (":" if subtree else "")
    # What ends in .git is the whole path; otherwise an @ that begins a folder's name belongs to it.
    ends = rf".*?\.git/?|(?:/@|[^{marks}])*" if marks else ".*"
    match = re.fullmatch(rf"(?P<path>{ends})(?:@(?P<revision>[^:]*))?(?::(?P<subtree>.*))?", path, re.DOTALL)
    if not match:
        return Parts(text)
    return Parts(text[: len(text) - len(path)] + match["path"], match["revision"] or "", match["subtree"])


def text_after_host(address: str) -> str:
    """Give the path of an address, in which no user or port can stand any more."""
    match = WITH_SCHEME.fullmatch(address)
    if match:
        return match[4]
    return address.partition(":")[2]


def check_address(address: str, where: str = "") -> None:
    """Raise SourceError for an address that git might take for something else, or must not use."""
    where = where or address
    match = WITH_SCHEME.fullmatch(address)
    if not is_address(address):
        raise SourceError(f"{where}: {address!r} is no URL; write https://HOST/PATH or USER@HOST.DOMAIN:PATH")
    if match and match[1] not in SCHEMES:
        raise SourceError(f"{where}: {match[1]}:// is not supported; use {', '.join(SCHEMES)}")
    if any(ord(character) < 32 or ord(character) == 127 for character in address):
        raise SourceError(f"{where}: an address holds no control characters")
    host = match[3] if match else address.partition("@")[2]
    if any(part.startswith("-") for part in (address, host, text_after_host(address))):
        raise SourceError(f"{where}: no part of an address may begin with '-'")


def without_secrets(address: str) -> str:
    """Leave out the password, and over HTTP the user too, for these are often tokens."""
    match = WITH_SCHEME.fullmatch(address)
    if not match or match[2] is None:
        return address
    user = "" if match[1] in SECRETIVE else match[2].partition(":")[0] + "@"
    return f"{match[1]}://{user}{match[3]}{match[4]}"


def canonical(address: str) -> str:
    """Give one spelling to the addresses of one repository, as far as that can be told."""
    return without_secrets(address).rstrip("/").removesuffix(SUFFIX).rstrip("/")


def short_name(address: str) -> str:
    """Name a repository as a person would: by the last part of its path, or else its host."""
    return re.split(r"[/:@]", canonical(address))[-1]
