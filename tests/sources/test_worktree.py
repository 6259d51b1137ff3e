"""Git work trees: what is tracked or not ignored, whatever the repository's own settings want."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from allocscan.errors import SourceError
from allocscan.sources import Settings
from tests.sources.repositories import commit, contents, git, opened, write


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Make a work tree with every kind of file."""
    place = tmp_path / "tree"
    place.mkdir()
    commit(place, {"a.one": "a", "sub/b.two": "b", "gone.one": "", ".gitignore": "build/\n*.gen.one\n"})
    (place / "gone.one").unlink()
    write(place, {"new.one": "n", "build/x.one": "", "y.gen.one": "", "sub/z.gen.one": "", "a.one": "edited"})
    return place


def test_tracked_and_new_files_are_read_and_ignored_ones_are_not(tree: Path, settings: Settings) -> None:
    opening = opened(str(tree), settings)
    assert (opening.note, opening.problems, opening.source.commit) == ("", (), "")
    assert contents(opening) == {"a.one": b"edited", "new.one": b"n", "sub/b.two": b"b"}


def test_a_part_of_a_work_tree_is_a_tree(tree: Path, settings: Settings) -> None:
    assert contents(opened(str(tree / "sub"), settings)) == {"b.two": b"b"}
    assert list(contents(opened(str(tree / "a.one"), settings))) == ["a.one", "new.one"]


def test_a_folder_that_is_ignored_as_a_whole_is_read_all_the_same(tree: Path, settings: Settings) -> None:
    opening = opened(str(tree / "build"), settings)
    assert opening.note == "all files are read, for git ignores the whole folder"
    assert list(contents(opening)) == ["x.one"]


def test_files_that_were_tracked_before_they_were_ignored_count(tree: Path, settings: Settings) -> None:
    git(tree, "add", "--force", "y.gen.one")
    assert "y.gen.one" in contents(opened(str(tree), settings))


def test_repositories_inside_are_left_out(tree: Path, settings: Settings) -> None:
    (tree / "nested").mkdir()
    commit(tree / "nested", {"n.one": ""})
    git(tree, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(tree / "nested"), "module.one")
    opening = opened(str(tree), settings)
    assert opening.note == "left out as repositories of their own: nested/"
    assert list(contents(opening)) == ["a.one", "new.one", "sub/b.two"]
    assert opening.problems == ()


def test_odd_names(tree: Path, settings: Settings) -> None:
    for name in (b"odd\xff.one", b"new\nline.one", b'"quoted".one'):
        Path(os.fsdecode(os.fsencode(tree) + b"/" + name)).write_bytes(b"odd")
    assert list(contents(opened(str(tree), settings)).values()).count(b"odd") == 3


def test_tracked_links_are_problems(tree: Path, settings: Settings, tmp_path: Path) -> None:
    write(tmp_path, {"outside/b.two": "secret"})
    (tree / "link.one").symlink_to(tmp_path / "outside/b.two")
    git(tree, "add", "--all")
    (tree / "sub/b.two").unlink()
    (tree / "sub/z.gen.one").unlink()
    (tree / "sub").rmdir()
    (tree / "sub").symlink_to(tmp_path / "outside")
    opening = opened(str(tree), settings)
    assert list(contents(opening)) == ["a.one", "new.one"]
    assert [problem.path for problem in opening.problems] == ["link.one", "sub/b.two"]


def test_settings_of_the_repository_run_nothing(tree: Path, settings: Settings, tmp_path: Path) -> None:
    trap = write(tmp_path, {"trap": f"#!/bin/sh\ntouch {tmp_path}/sprung\n"}) / "trap"
    trap.chmod(0o755)
    for name in ("core.fsmonitor", "core.sshCommand", "core.pager", "pager.ls-files", "core.editor", "core.gitProxy"):
        git(tree, "config", name, str(trap))
    for name in ("filter.x.clean", "filter.x.smudge", "filter.x.process", "diff.external", "alias.ls-files"):
        git(tree, "config", name, str(trap))
    git(tree, "config", "core.hooksPath", str(tmp_path))
    git(tree, "config", "core.untrackedCache", "true")
    write(tree, {".gitattributes": "* filter=x\n"})
    assert len(contents(opened(str(tree), settings))) == 3
    assert len(contents(opened(str(tree), settings, revision="HEAD"))) == 3
    assert not (tmp_path / "sprung").exists()


def test_a_work_tree_set_elsewhere_is_not_followed(tree: Path, settings: Settings, tmp_path: Path) -> None:
    write(tmp_path, {"outside/secret.one": ""})
    git(tree, "config", "core.worktree", str(tmp_path / "outside"))
    opening = opened(str(tree), settings)
    assert opening.note == "all files are read, ignored ones too, for git has its work tree elsewhere"
    assert list(contents(opening)) == ["a.one", "build/x.one", "new.one", "sub/b.two", "sub/z.gen.one", "y.gen.one"]


def test_a_repository_that_git_refuses_is_walked(tree: Path, settings: Settings) -> None:
    git(tree, "config", "core.repositoryFormatVersion", "99")
    opening = opened(str(tree), settings)
    assert opening.note.startswith("all files are read, ignored ones too, for git refuses the folder: ")
    assert "build/x.one" in contents(opening)


def test_a_repository_of_someone_else_is_walked(
    tree: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    opening = opened(str(tree), settings)
    assert "dubious ownership" in opening.note
    assert "build/x.one" in contents(opening)


def test_something_called_git_is_not_enough(tmp_path: Path, settings: Settings) -> None:
    place = write(tmp_path / "x", {".git": "not a repository", "a.one": ""})
    opening = opened(str(place), settings)
    assert list(contents(opening)) == ["a.one"]


def test_without_git_everything_is_walked(tree: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: Any, **__: Any) -> None:
        raise SourceError("git is not installed")

    monkeypatch.setattr("allocscan.git.run", absent)
    opening = opened(str(tree), settings)
    assert opening.note == "all files are read, ignored ones too: git is not installed"
    with pytest.raises(SourceError, match="git is not installed"):
        opened("https://localhost/x", settings)


# A revision of a local repository


def test_a_revision_is_read_without_touching_the_work_tree(tree: Path, settings: Settings) -> None:
    before = sorted(path.name for path in tree.rglob("*"))
    opening = opened(str(tree), settings, revision="main")
    assert contents(opening) == {"a.one": b"a", "gone.one": b"", "sub/b.two": b"b"}
    assert (opening.source.revision, opening.source.commit) == ("main", git(tree, "rev-parse", "HEAD"))
    assert (opening.source.date, opening.source.local) == ("2024-05-06T07:08:09+02:00", False)
    assert {file.key for file in opening.files} == {""}
    assert sorted(path.name for path in tree.rglob("*")) == before


def test_any_way_to_name_a_commit_will_do(tree: Path, settings: Settings) -> None:
    first = git(tree, "rev-parse", "HEAD")
    commit(tree, {"second.one": ""})
    for revision in ("HEAD~1", first, first[:8], "main^"):
        assert opened(str(tree), settings, revision=revision).source.commit == first


def test_a_part_of_a_revision(tree: Path, settings: Settings) -> None:
    assert contents(opened(str(tree / "sub"), settings, revision="HEAD")) == {"b.two": b"b"}
    assert opened(str(tree), settings, revision="HEAD", subtree="sub").source.subtree == "sub"
    assert list(contents(opened(str(tree / "a.one"), settings, revision="HEAD"))) == ["a.one", "gone.one"]


def test_a_bare_repository_is_read_at_its_newest_commit(tree: Path, settings: Settings, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(tree), "bare")
    opening = opened(str(tmp_path / "bare"), settings)
    assert opening.source.revision == "HEAD"
    assert list(contents(opening)) == ["a.one", "gone.one", "sub/b.two"]


@pytest.mark.parametrize("revision", ["nothing", "HEAD~99", "HEAD:a.one", "f" * 40, ":/never"])
def test_a_missing_revision_gets_one_line(revision: str, tree: Path, settings: Settings) -> None:
    with pytest.raises(SourceError) as raised:
        opened(str(tree), settings, revision=revision)
    assert str(raised.value) == f"{tree} has no branch, tag or commit {revision!r}"


def test_a_plain_folder_has_no_revisions(tmp_path: Path, settings: Settings) -> None:
    place = write(tmp_path / "plain", {"a.one": ""})
    with pytest.raises(SourceError, match=r"^.*plain has no revisions that git can read: not a git repository"):
        opened(str(place), settings, revision="main")
    with pytest.raises(SourceError, match="has no revisions"):
        opened(str(tmp_path / "nothing"), settings, revision="main")


def test_commits_hold_links_and_large_files_too(tree: Path, settings: Settings) -> None:
    (tree / "link.one").symlink_to("a.one")
    commit(tree, {"large.one": "123456789"})
    opening = opened(str(tree), replace(settings, max_size=8), revision="HEAD")
    assert [(problem.path, problem.kind) for problem in opening.problems] == [
        ("large.one", "too large"),
        ("link.one", "unreadable"),
    ]


def test_a_crafted_repository_cannot_fetch(tree: Path, settings: Settings, tmp_path: Path) -> None:
    trap = write(tmp_path, {"trap": f"#!/bin/sh\ntouch {tmp_path}/sprung\n"}) / "trap"
    trap.chmod(0o755)
    name = git(tree, "rev-parse", "HEAD:sub/b.two")
    (tree / ".git/objects" / name[:2] / name[2:]).unlink()
    git(tree, "config", "core.repositoryFormatVersion", "1")
    git(tree, "config", "extensions.partialClone", "evil")
    git(tree, "config", "remote.evil.promisor", "true")
    git(tree, "config", "core.sshCommand", str(trap))
    for url in (f"ext::{trap}", "ssh://localhost/x", str(tmp_path)):
        git(tree, "config", "remote.evil.url", url)
        git(tree, "config", "remote.evil.uploadpack", str(trap))
        opening = opened(str(tree), settings, revision="HEAD")
        assert list(contents(opening)) == ["a.one", "gone.one"]
        assert [(problem.path, problem.message) for problem in opening.problems] == [
            ("sub/b.two", "not read: the repository does not have it")
        ]
    assert not (tmp_path / "sprung").exists()
