"""Addresses are told from names and paths, taken apart, and refused where git could be led astray."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocscan.errors import SourceError
from allocscan.sources.address import (
    LIKE_SCP,
    WITH_SCHEME,
    Parts,
    canonical,
    check_address,
    is_address,
    short_name,
    split_address,
    without_secrets,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://host/x", True),
        ("git@host.org:owner/x.git", True),
        ("me@10.0.0.1:x", True),
        ("git@v2.40.0:builtin", False),
        ("git@10.0.0.1:builtin", False),
        ("git@main:builtin", False),
        ("git@v2.40.0-rc1:builtin", False),
        ("host.org:x", False),
        ("./x", False),
        ("name", False),
        ("ext::sh -c id", False),
    ],
)
def test_addresses_are_told_from_revisions(text: str, expected: bool) -> None:
    assert is_address(text, {"git"}) is expected


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("https://host/x", ("https://host/x", "", None)),
        ("https://host/x.git@v1:src", ("https://host/x.git", "v1", "src")),
        ("https://host/x@v1", ("https://host/x", "v1", None)),
        ("https://host/x:src/deep", ("https://host/x", "", "src/deep")),
        ("https://host/x.git@feature/a:", ("https://host/x.git", "feature/a", "")),
        ("https://user:secret@host:8443/x.git@v1", ("https://user:secret@host:8443/x.git", "v1", None)),
        ("ssh://git@host:2222/x:y", ("ssh://git@host:2222/x", "", "y")),
        ("https://host/@scope/x@v1", ("https://host/@scope/x", "v1", None)),
        ("file:///home/a@b/x.git@v1:y", ("file:///home/a@b/x.git", "v1", "y")),
        ("git@host.org:owner/x.git@v1:src", ("git@host.org:owner/x.git", "v1", "src")),
        ("git@host.org:owner/x", ("git@host.org:owner/x", "", None)),
        ("https://host/a.github/x.git", ("https://host/a.github/x.git", "", None)),
        ("https://host", ("https://host", "", None)),
    ],
)
def test_revision_and_subtree_are_split_off(text: str, parts: tuple[str, str, str | None]) -> None:
    assert split_address(text) == Parts(*parts)


def test_options_leave_the_text_alone() -> None:
    assert split_address("https://host/x@y:z", revision=False) == Parts("https://host/x@y", "", "z")
    assert split_address("https://host/x@y", subtree=False) == Parts("https://host/x", "y", None)
    assert split_address("https://host/x@y:z", revision=False, subtree=False) == Parts("https://host/x@y:z")


@pytest.mark.parametrize(
    "address",
    [
        "ext://x",
        "ftp://host/x",
        "HTTPS://host/x",
        "ssh://-oProxyCommand=id/x",
        "me@host.org:-x",
        "https://host/x\n",
        "-x://y",
    ]
    + ["ssh://me@-host/x", "name", ""],
)
def test_what_git_could_misunderstand_is_refused(address: str) -> None:
    with pytest.raises(SourceError):
        check_address(address)


def test_secrets_are_left_out() -> None:
    assert without_secrets("https://token@host/x") == "https://host/x"
    assert without_secrets("https://me:pass@host:1/x@v") == "https://host:1/x@v"
    assert without_secrets("ssh://git:pass@host/x") == "ssh://git@host/x"
    assert without_secrets("git@host.org:x") == "git@host.org:x"


def test_spellings_of_one_repository_are_one() -> None:
    assert canonical("https://me@host/x.git/") == canonical("https://host/x")
    assert [short_name(address) for address in ("https://host/a/x.git", "git@host.org:x", "https://host")] == [
        "x",
        "x",
        "host",
    ]


@given(st.text() | st.from_regex(WITH_SCHEME, fullmatch=True) | st.from_regex(LIKE_SCP, fullmatch=True))
def test_any_text_is_an_address_or_not(text: str) -> None:
    if is_address(text):
        assert text.startswith(split_address(text).address)
        assert without_secrets(without_secrets(text)) == without_secrets(text)
        assert short_name(text) in text
