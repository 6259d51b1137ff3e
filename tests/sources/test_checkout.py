"""The commit that a folder was checked out at, found without the help of anything that its repository names."""

from pathlib import Path

from allocscan.forges import shown_at
from allocscan.model import Checkout, Source
from allocscan.sources import Settings
from allocscan.sources.checkout import find_checkout
from tests.sources.repositories import commit, git, opened, write


def found(place: Path, settings: Settings, revision: str = "") -> Checkout | None:
    with opened(str(place), settings, revision=revision) as tree:
        return find_checkout(tree.source, [file.path for file in tree.files], tree.content)


def planted(place: Path) -> str:
    place.mkdir()
    name = commit(place, {"a.one": "a", "sub/b.two": "b", "sub/c.two": "c"})
    git(place, "remote", "add", "origin", "https://github.com/example/shop.git")
    return name


def test_lines_of_a_work_tree_are_found_at_the_forge_unless_their_file_was_changed(
    tmp_path: Path, settings: Settings
) -> None:
    name = planted(tmp_path / "tree")
    write(tmp_path / "tree", {"sub/c.two": "edited", "new.one": "n"})
    checkout = found(tmp_path / "tree", settings)
    assert checkout == Checkout("https://github.com/example/shop.git", name, "", frozenset(("sub/c.two", "new.one")))
    shown = shown_at(Source("tree", str(tmp_path), checkout=checkout))
    assert shown and shown.page == f"https://github.com/example/shop/commit/{name}"
    assert shown.line("a.one", 1) == f"https://github.com/example/shop/blob/{name}/a.one#L1"
    assert shown.line("sub/c.two", 1) == shown.line("new.one", 1) == ""


def test_a_part_of_a_tree_knows_where_it_lies(tmp_path: Path, settings: Settings) -> None:
    planted(tmp_path / "tree")
    checkout = found(tmp_path / "tree/sub", settings)
    assert checkout and (checkout.prefix, checkout.changed) == ("sub/", frozenset())
    shown = shown_at(Source("sub", "sub", checkout=checkout))
    assert shown and shown.line("b.two", 2).endswith("/sub/b.two#L2")


def test_a_revision_is_as_it_was(tmp_path: Path, settings: Settings) -> None:
    name = planted(tmp_path / "tree")
    commit(tmp_path / "tree", {"a.one": "later"})
    checkout = found(tmp_path / "tree", settings, revision=name)
    assert checkout and (checkout.commit, checkout.changed) == (name, frozenset())


def test_nothing_is_claimed_of_what_no_commit_holds(tmp_path: Path, settings: Settings) -> None:
    plain = write(tmp_path / "plain", {"a.one": "a"})
    assert found(plain, settings) is None
    planted(tmp_path / "tree")
    write(tmp_path / "tree", {".gitignore": "build/\n", "build/x.one": ""})
    assert found(tmp_path / "tree/build", settings) is None


def test_a_repository_that_was_made_here_has_a_commit_and_no_address(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "tree").mkdir()
    name = commit(tmp_path / "tree", {"a.one": "a"})
    checkout = found(tmp_path / "tree", settings)
    assert checkout == Checkout("", name)
    assert shown_at(Source("tree", "tree", checkout=checkout)) is None


def test_programs_that_the_repository_names_are_not_run(tmp_path: Path, settings: Settings) -> None:
    planted(tmp_path / "tree")
    trap = write(tmp_path, {"trap": f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n"}) / "trap"
    trap.chmod(0o755)
    write(tmp_path / "tree", {".gitattributes": "* filter=evil diff=evil\n", "a.one": "edited"})
    for name in ("filter.evil.clean", "filter.evil.process", "diff.evil.command", "core.fsmonitor", "core.pager"):
        git(tmp_path / "tree", "config", name, str(trap))
    git(tmp_path / "tree", "config", "log.showSignature", "true")
    git(tmp_path / "tree", "config", "gpg.program", str(trap))
    checkout = found(tmp_path / "tree", settings)
    assert checkout and checkout.changed == {"a.one"}
    assert not (tmp_path / "sprung").exists()
