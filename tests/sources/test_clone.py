"""Clones hold what was asked for and no more, whatever kind of server they come from."""

import os
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from git import Git

from allocscan.errors import SourceError
from allocscan.sources import Settings, SourceTree, open_tree, parse_target
from allocscan.sources.clones import Clone, cloned, remove
from tests.sources.repositories import allow_filters, commit, contents, git, known, objects, opened
from tests.sources.servers import Smart, free_port

ONES = {"a.one": b"changed\n", "sub/b.one": b"second\n"}
EVERYTHING = {**ONES, "sub/c.two": b"third\n"}
ALL_FILES = "the server cannot leave files out, so all of them were transferred"
ALL_COMMITS = "the server does not give single commits, so the whole history was transferred"


def only_clone(settings: Settings) -> Clone:
    """Give the clone, of which there is one."""
    (clone,) = cloned(settings)
    return clone


def said(text: str, settings: Settings, **options: str) -> str:
    """Give the line that a target gets instead of a tree."""
    with pytest.raises(SourceError) as raised:
        opened(text, settings, **options)
    assert "\n" not in str(raised.value)
    return str(raised.value)


# What is transferred


def test_only_one_commit_and_the_files_asked_for_are_transferred(
    origin: Path, smart: Smart, settings: Settings
) -> None:
    allow_filters(origin)
    tree = opened(f"{smart.url}/origin", settings, ".one")
    assert contents(tree) == ONES
    assert tree.note == ""
    assert tree.source.name == "origin"
    assert tree.source.location == f"{smart.url}/origin"
    assert tree.source.commit == git(origin, "rev-parse", "HEAD")
    assert (tree.source.revision, tree.source.date, tree.source.local) == ("HEAD", "2024-05-06T07:08:09+02:00", False)
    assert [(file.path, file.size, file.key) for file in tree.files] == [
        (path, len(content), git(origin, "rev-parse", f"HEAD:{path}")) for path, content in ONES.items()
    ]
    clone = only_clone(settings)
    assert (objects(clone.path), objects(clone.path, "commit")) == (2, 1)
    assert clone.size < 20_000
    # The branch is looked up, its commit is fetched, and then all the files at once.
    assert smart.asked == ["refs", "git-upload-pack", "git-upload-pack"] + ["refs", "git-upload-pack"]


def test_another_language_fetches_what_is_missing(origin: Path, smart: Smart, settings: Settings) -> None:
    allow_filters(origin)
    contents(opened(f"{smart.url}/origin", settings, ".one"))
    smart.asked.clear()
    assert contents(opened(f"{smart.url}/origin", settings, ".one", ".two")) == EVERYTHING
    assert smart.asked == ["refs", "git-upload-pack"]
    assert objects(only_clone(settings).path) == 3
    smart.asked.clear()
    assert contents(opened(f"{smart.url}/origin", settings, ".two")) == {"sub/c.two": b"third\n"}
    assert smart.asked == []


def test_another_revision_fetches_what_is_missing(origin: Path, smart: Smart, settings: Settings) -> None:
    allow_filters(origin)
    contents(opened(f"{smart.url}/origin", settings))
    tree = opened(f"{smart.url}/origin@v1:sub", settings)
    assert contents(tree) == {**EVERYTHING, "a.one": b"first\n"}
    assert (tree.source.revision, tree.source.subtree) == ("v1", "sub")
    assert tree.source.commit == git(origin, "rev-parse", "v1")
    clone = only_clone(settings)
    assert (objects(clone.path), clone.revisions, clone.commit) == (4, ("HEAD", "v1"), git(origin, "rev-parse", "HEAD"))


def test_excluded_files_are_not_even_transferred(origin: Path, smart: Smart, settings: Settings) -> None:
    allow_filters(origin)
    assert list(contents(opened(f"{smart.url}/origin", replace(settings, exclude=("sub",))))) == ["a.one"]
    assert objects(only_clone(settings).path) == 1


@pytest.mark.parametrize("filters", [True, False])
def test_git_protocol(filters: bool, origin: Path, daemon: str, settings: Settings) -> None:
    if filters:
        allow_filters(origin)
    tree = opened(f"{daemon}/origin", settings)
    assert contents(tree) == EVERYTHING
    assert tree.note == ("" if filters else ALL_FILES)
    assert objects(only_clone(settings).path) == (3 if filters else 4)


def test_a_server_without_filters_gives_everything_and_that_is_said(
    origin: Path, smart: Smart, settings: Settings
) -> None:
    tree = opened(f"{smart.url}/origin", settings, ".one")
    assert (contents(tree), tree.note) == (ONES, ALL_FILES)
    clone = only_clone(settings)
    assert (objects(clone.path), objects(clone.path, "commit")) == (4, 1)
    assert opened(f"{smart.url}/origin", settings, ".two").note == ""


def test_a_file_address(origin: Path, settings: Settings) -> None:
    allow_filters(origin)
    assert contents(opened(f"file://{origin}@v1:", settings))["a.one"] == b"first\n"
    assert objects(only_clone(settings).path) == 3


def test_an_old_server_that_filters_but_gives_no_single_files(origin: Path, smart: Smart, settings: Settings) -> None:
    allow_filters(origin)
    smart.version_two = False
    tree = opened(f"{smart.url}/origin", settings, ".one")
    assert (contents(tree), tree.note) == (ONES, ALL_FILES)
    assert only_clone(settings).revisions == ("HEAD",)
    assert contents(opened(f"{smart.url}/origin@v1", settings))["a.one"] == b"first\n"
    assert objects(only_clone(settings).path, "commit") == 2


@pytest.mark.parametrize("filters", [True, False])
def test_an_old_server_that_gives_no_single_commits(
    filters: bool, origin: Path, smart: Smart, settings: Settings
) -> None:
    if filters:
        allow_filters(origin)
    smart.version_two = False
    first = git(origin, "rev-parse", "v1")
    commit(origin, {"a.one": "newest\n"})
    tree = opened(f"{smart.url}/origin", settings, revision=git(origin, "rev-parse", "main~1"))
    assert (contents(tree), tree.note) == (EVERYTHING, ALL_COMMITS)
    assert contents(opened(f"{smart.url}/origin", settings, revision=first))["a.one"] == b"first\n"
    assert "has no branch, tag or commit" in said(f"{smart.url}/origin", settings, revision="f" * 40)


@pytest.mark.parametrize("filters", [True, False])
def test_a_commit_that_a_shallow_clone_lacks(filters: bool, origin: Path, smart: Smart, settings: Settings) -> None:
    if filters:
        allow_filters(origin)
    smart.version_two = False
    first = git(origin, "rev-parse", "v1")
    git(origin, "tag", "--delete", "v1")
    contents(opened(f"{smart.url}/origin", settings, ".one"))
    tree = opened(f"{smart.url}/origin", settings, revision=first)
    assert (contents(tree)["a.one"], tree.note) == (b"first\n", ALL_COMMITS)


def test_a_server_that_knows_nothing_of_git(origin: Path, dumb: str, settings: Settings) -> None:
    git(origin, "update-server-info")
    tree = opened(f"{dumb}/origin/.git", settings, ".one")
    assert (contents(tree), tree.note) == (ONES, ALL_COMMITS)
    assert contents(opened(f"{dumb}/origin/.git@v1", settings, ".one"))["a.one"] == b"first\n"
    assert opened(f"{dumb}/origin/.git@main", settings, ".one").source.commit == tree.source.commit


# Revisions


@pytest.mark.parametrize("revision", ["main", "v1", "v2.0", "refs/tags/v1", "feature/x"])
def test_branches_and_tags(revision: str, origin: Path, smart: Smart, settings: Settings) -> None:
    git(origin, "branch", "feature/x", "v1")
    tree = opened(f"{smart.url}/origin", settings, revision=revision)
    assert tree.source.commit == git(origin, "rev-parse", f"{revision}^{{commit}}")
    assert tree.source.revision == revision


def test_a_commit_by_its_hash(origin: Path, smart: Smart, settings: Settings) -> None:
    allow_filters(origin)
    name = git(origin, "rev-parse", "main~1")
    git(origin, "tag", "--delete", "v1")
    assert contents(opened(f"{smart.url}/origin@{name}", settings))["a.one"] == b"first\n"
    assert opened(f"{smart.url}/origin@{name[:10]}", settings).source.commit == name
    smart.asked.clear()
    assert opened(f"{smart.url}/origin@{name}", replace(settings, refresh=True)).source.commit == name
    assert smart.asked == []


@pytest.mark.parametrize(
    ("revision", "hint"),
    [
        ("2.0", "; did you mean 'v2.0'?"),
        ("maim", "; did you mean 'main'?"),
        ("origin-1", "; did you mean 'v1'?"),
        ("nothing-like-it", ""),
        ("abc1234", "; a commit is named by its whole hash"),
        ("f" * 40, ""),
    ],
)
def test_a_missing_revision_gets_one_line(
    revision: str, hint: str, origin: Path, smart: Smart, settings: Settings
) -> None:
    url = f"{smart.url}/origin"
    assert said(url, settings, revision=revision) == f"{url} has no branch, tag or commit {revision!r}{hint}"
    assert cloned(settings) == ()
    contents(opened(url, settings))
    assert said(url, settings, revision=revision) == f"{url} has no branch, tag or commit {revision!r}{hint}"


@pytest.mark.parametrize("revision", ["a b", "main~1", "main:x", "a..b", "*", "@{1}", "+main", "^main", "a\\b"])
def test_only_names_and_hashes_are_sent(revision: str, origin: Path, smart: Smart, settings: Settings) -> None:
    assert "is no revision" in said(f"{smart.url}/origin", settings, revision=revision)
    assert smart.asked == []


def test_a_tag_that_is_no_commit(origin: Path, smart: Smart, settings: Settings) -> None:
    git(origin, "tag", "file", "HEAD:a.one")
    assert "has no branch, tag or commit 'file'" in said(f"{smart.url}/origin@file", settings)


# Refreshing, and living without a network


def test_a_clone_is_used_as_it_is_until_it_is_refreshed(origin: Path, smart: Smart, settings: Settings) -> None:
    url = f"{smart.url}/origin"
    old = opened(url, settings).source.commit
    new = commit(origin, {"a.one": "newer\n", "d.one": "d\n"})
    assert opened(url, settings).source.commit == old
    tree = opened(url, replace(settings, refresh=True))
    assert tree.source.commit == new
    assert contents(tree) == {**EVERYTHING, "a.one": b"newer\n", "d.one": b"d\n"}
    assert opened(url, settings).source.commit == new


def test_a_branch_that_was_rewritten(origin: Path, smart: Smart, settings: Settings) -> None:
    allow_filters(origin)
    contents(opened(f"{smart.url}/origin@main", settings))
    git(origin, "reset", "--quiet", "--hard", "v1")
    new = commit(origin, {"a.one": "rewritten\n"})
    tree = opened(f"{smart.url}/origin@main", replace(settings, refresh=True))
    assert (tree.source.commit, contents(tree)["a.one"]) == (new, b"rewritten\n")


def test_a_clone_is_enough_without_a_network(origin: Path, settings: Settings) -> None:
    url = f"file://{origin}"
    contents(opened(url, settings, ".one"))
    origin.rename(origin.with_name("moved"))
    assert contents(opened(url, settings, ".one")) == ONES
    refreshed = said(url, replace(settings, refresh=True))
    assert refreshed.startswith(f"{url} cannot be reached: ")
    assert refreshed.endswith("; without --refresh its state of 2024-05-06 can be read")
    assert said(f"{url}@v1", settings).endswith("; v1 can be read without a network once it was fetched")


def test_nobody_listens(settings: Settings) -> None:
    url = f"http://127.0.0.1:{free_port()}/x"
    line = said(url, settings)
    assert line.startswith(f"{url} cannot be reached: Failed to connect to 127.0.0.1")
    assert line.endswith("; it can be read without a network once it was fetched")
    assert "cannot be reached: unable to connect to 127.0.0.1: Connection refused;" in said(
        f"git://127.0.0.1:{free_port()}/x", settings
    )
    assert list(settings.cache.glob("*.part")) == []


def test_a_host_that_ssh_cannot_reach(settings: Settings, home: Path) -> None:
    script = home / "ssh"
    script.write_text("#!/bin/sh\necho 'ssh: connect to host x port 22: Connection refused' >&2\nexit 255\n")
    script.chmod(0o755)
    (home / ".gitconfig").write_text(f"[core]\n\tsshCommand = {script}\n")
    assert said("git@host.invalid:owner/x", settings) == (
        "git@host.invalid:owner/x cannot be reached: ssh: connect to host x port 22: Connection refused; "
        "it can be read without a network once it was fetched"
    )


def test_nothing_is_there(origin: Path, smart: Smart, settings: Settings) -> None:
    assert "cannot be reached" in said(f"{smart.url}/nothing", settings)


def test_a_repository_without_commits(tmp_path: Path, smart: Smart, settings: Settings) -> None:
    git(tmp_path, "init", "--quiet", "empty")
    assert said(f"{smart.url}/empty", settings) == f"{smart.url}/empty is empty: it has no commits"
    assert cloned(settings) == ()


def test_nothing_to_scan(origin: Path, smart: Smart, settings: Settings) -> None:
    allow_filters(origin)
    opened(f"{smart.url}/origin", settings).close()
    with pytest.raises(SourceError, match=r"^nothing to scan in origin: no file there ends in .three$"):
        opened(f"{smart.url}/origin", settings, ".three")
    assert (
        said(f"{smart.url}/origin@v1:nothing", settings)
        == "there is no nothing in origin at v1; name a folder or file that is"
    )


# The user's own settings, and what is never done


def test_addresses_are_replaced_as_the_user_has_configured(origin: Path, settings: Settings, home: Path) -> None:
    (home / ".gitconfig").write_text(f'[url "file://{origin.parent}/"]\n\tinsteadOf = https://nowhere.invalid/\n')
    settings = replace(settings, targets=known("https://nowhere.invalid/origin", subtree="sub"))
    tree = opened("known", settings)
    assert (tree.source.name, tree.source.location, tree.source.subtree) == (
        "known",
        "https://nowhere.invalid/origin",
        "sub",
    )
    assert contents(tree) == EVERYTHING
    assert (only_clone(settings).name, only_clone(settings).url) == ("known", "https://nowhere.invalid/origin")
    (home / ".gitconfig").unlink()
    assert contents(opened("https://nowhere.invalid/origin.git", settings)) == EVERYTHING


def test_secrets_are_used_and_not_kept(origin: Path, smart: Smart, settings: Settings) -> None:
    url = smart.url.replace("http://", "http://me:topsecret@")
    tree = opened(f"{url}/origin", settings)
    assert tree.source.location == f"{smart.url}/origin"
    tree.close()
    kept = [path.read_bytes() for path in settings.cache.rglob("*") if path.is_file()]
    assert not [content for content in kept if b"topsecret" in content]
    assert "topsecret" not in said(f"{url}/nothing", settings)
    contents(opened(f"{smart.url}/origin", settings))
    assert len(cloned(settings)) == 1


@pytest.mark.parametrize("transport", ["ext::sh -c 'touch {0}'", "fd::3"])
def test_other_transports_are_refused_even_by_way_of_the_configuration(
    transport: str, settings: Settings, home: Path, tmp_path: Path
) -> None:
    trap = tmp_path / "sprung"
    transport = transport.format(trap)
    config = f'[protocol]\n\tallow = always\n[url "{transport}"]\n\tinsteadOf = https://evil.invalid/\n'
    (home / ".gitconfig").write_text(config)
    assert "not allowed" in said("https://evil.invalid/x", settings)
    assert not trap.exists()


def test_nothing_is_checked_out_and_no_hook_runs(origin: Path, settings: Settings, home: Path, tmp_path: Path) -> None:
    hooks = home / "template/hooks"
    hooks.mkdir(parents=True)
    for name in ("post-checkout", "reference-transaction", "post-merge"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
        (hooks / name).chmod(0o755)
    commit(
        origin, {".gitattributes": "*.one filter=lfs\n", ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = ./x\n'}
    )
    (home / ".gitconfig").write_text(f"[init]\n\ttemplateDir = {home}/template\n[core]\n\thooksPath = {hooks}\n")
    contents(opened(f"file://{origin}", settings))
    assert not (tmp_path / "sprung").exists()
    assert not (only_clone(settings).path / "hooks").exists()


def test_nobody_is_asked_for_a_password(
    smart: Smart, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = tmp_path / "ask"
    ask.write_text(f"#!/bin/sh\ntouch {tmp_path}/asked\necho x\n")
    ask.chmod(0o755)
    for name in ("GIT_ASKPASS", "SSH_ASKPASS"):
        monkeypatch.setenv(name, str(ask))
    smart.private = True
    assert (
        said(f"{smart.url}/x", settings) == f"{smart.url}/x does not exist, or needs credentials that git does not have"
    )
    assert not (tmp_path / "asked").exists()


def test_credentials_of_the_user_are_used(origin: Path, smart: Smart, settings: Settings, home: Path) -> None:
    smart.private = True
    (home / ".gitconfig").write_text("[credential]\n\thelper = store\n")
    (home / ".git-credentials").write_text(smart.url.replace("//", "//me:word@") + "\n")
    assert contents(opened(f"{smart.url}/origin", settings)) == EVERYTHING


def test_any_name_and_any_content(tmp_path: Path, smart: Smart, settings: Settings) -> None:
    place = tmp_path / "odd"
    place.mkdir()
    for name in (b"odd\xff\xfe.one", b"new\nline.one", b'tab\t"quote".one', b"-c.one"):
        Path(os.fsdecode(os.fsencode(place) + b"/" + name)).write_bytes(name + bytes(range(256)))
    commit(place, {"empty.one": "", "sub/deep/x.one": "x"})
    allow_filters(place)
    read = contents(opened(f"{smart.url}/odd", settings))
    assert read.pop("empty.one") == b""
    assert read.pop("sub/deep/x.one") == b"x"
    assert len(read) == 4
    assert all(os.fsencode(path) + bytes(range(256)) == content for path, content in read.items())


def test_paths_that_lead_out_of_a_tree_are_left_out(origin: Path, settings: Settings) -> None:
    blob = git(origin, "rev-parse", "HEAD:a.one")
    entries = f"100644 blob {blob}\tok.one\n040000 tree {git(origin, 'rev-parse', 'HEAD:sub')}\t..\n"
    made = subprocess.run(["git", "-C", origin, "mktree"], input=entries.encode(), capture_output=True, check=True)
    name = git(origin, "commit-tree", made.stdout.decode().strip(), "-m", "evil")
    git(origin, "branch", "evil", name)
    assert list(contents(opened(f"file://{origin}", settings, revision="evil"))) == ["ok.one"]
    assert list(contents(opened(str(origin), settings, revision="evil"))) == ["ok.one"]


def test_links_and_submodules_are_not_followed(origin: Path, smart: Smart, settings: Settings) -> None:
    (origin / "link.one").symlink_to("/etc/passwd")
    git(origin, "update-index", "--add", "--cacheinfo", f"160000,{git(origin, 'rev-parse', 'HEAD')},module.one")
    commit(origin, {"x.one": "x\n"})
    git(origin, "update-index", "--add", "--cacheinfo", f"160000,{git(origin, 'rev-parse', 'HEAD')},module.one")
    git(origin, "commit", "--quiet", "--message=module")
    allow_filters(origin)
    tree = opened(f"{smart.url}/origin", settings)
    assert [(problem.path, problem.kind) for problem in tree.problems] == [("link.one", "unreadable")]
    assert contents(tree) == {**EVERYTHING, "x.one": b"x\n"}


def test_too_large_files_are_problems(origin: Path, smart: Smart, settings: Settings) -> None:
    tree = opened(f"{smart.url}/origin", replace(settings, max_size=7))
    assert [(problem.path, problem.kind) for problem in tree.problems] == [("a.one", "too large")]


# Looking at clones and removing them


def test_clones_are_listed_and_removed(origin: Path, smart: Smart, settings: Settings) -> None:
    assert cloned(settings) == ()
    contents(opened(f"{smart.url}/origin@v1", settings))
    clone = only_clone(settings)
    assert (clone.name, clone.url, clone.revisions) == ("origin", f"{smart.url}/origin", ("v1",))
    assert (clone.commit, clone.date) == (git(origin, "rev-parse", "v1"), "2024-05-06T07:08:09+02:00")
    assert clone.size > 500
    with pytest.raises(SourceError, match=r"^there is no clone of 'orign'; did you mean 'origin'\?$"):
        remove("orign", settings)
    with pytest.raises(SourceError, match="`allocscan targets` lists"):
        remove("nothing", settings)
    assert remove("origin", settings) == clone
    assert cloned(settings) == ()
    assert [path.suffix for path in settings.cache.iterdir()] == [".lock"]


def test_clones_of_one_name_are_told_apart_by_address(origin: Path, smart: Smart, settings: Settings) -> None:
    contents(opened(f"{smart.url}/origin", settings))
    contents(opened(f"file://{origin}", settings))
    with pytest.raises(SourceError, match=r"^several clones are called origin; name one of file://.*, http://"):
        remove("origin", settings)
    assert remove(f"{smart.url}/origin.git", settings).url == f"{smart.url}/origin"
    assert only_clone(settings).url == f"file://{origin}"


def test_a_clone_that_is_being_read_stays(origin: Path, settings: Settings) -> None:
    with opened(f"file://{origin}", settings) as tree:
        with pytest.raises(SourceError, match="is being read by another run"):
            remove("origin", settings)
        assert tree.content("a.one") == b"changed\n"
    remove("origin", settings)


def test_the_process_of_a_tree_ends_with_it(origin: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    execute = Git.execute

    def spy(self: Git, command: list[str], **options: Any) -> Any:
        result = execute(self, command, **options)
        if "cat-file" in command and options.get("as_process"):
            started.append(result.pid)
        return result

    monkeypatch.setattr(Git, "execute", spy)
    with opened(f"file://{origin}", settings) as tree:
        assert len(dict(tree.read(file.path for file in tree.files))) == 3
        assert len(started) == 1
        os.kill(started[0], 0)
    with pytest.raises(ProcessLookupError):
        os.kill(started[0], 0)


def test_a_reader_that_dies_makes_problems(origin: Path, settings: Settings) -> None:
    with opened(f"file://{origin}", settings) as tree:
        tree.close()
        assert dict(tree.read(["a.one"])) == {}
        assert tree.content("sub/b.one") == b""
        assert [problem.message for problem in tree.problems] == ["not read: git has ended"] * 2


def test_a_cache_that_cannot_be_used_gets_one_line(origin: Path, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    line = said(f"file://{origin}", replace(settings, cache=tmp_path / "file/below"))
    assert line == f"the cache {tmp_path}/file/below cannot be used: Not a directory"


def test_progress_is_told(origin: Path, smart: Smart, settings: Settings) -> None:
    stages: dict[str, tuple[int, int | None]] = {}

    def progress(stage: str, done: int, total: int | None) -> None:
        stages[stage] = (done, total)

    target = parse_target(f"{smart.url}/origin", settings)
    tree: SourceTree = open_tree(target, [".one"], settings, progress=progress)
    tree.close()
    assert stages["connecting"] == (0, None)
    done, total = stages["receiving"]
    assert done == total


def test_git_never_fetches_by_itself(origin: Path, smart: Smart, settings: Settings) -> None:
    allow_filters(origin)
    opened(f"{smart.url}/origin", settings, ".one").close()
    clone = only_clone(settings)
    smart.asked.clear()
    missing = git(origin, "rev-parse", "HEAD:sub/c.two")
    done = subprocess.run(["git", "-C", clone.path, "cat-file", "-e", missing], check=False, capture_output=True)
    assert (done.returncode, smart.asked) == (1, [])
    assert "remote" not in (clone.path / "config").read_text()
