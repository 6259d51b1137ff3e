"""Repositories to scan, and how the tests look at what comes of them."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from allocscan.sources import KnownTarget, Settings, SourceTree, open_tree, parse_target

SUFFIXES = (".one", ".two")
"""No language's: what to look for is told."""

SOMEBODY = ("-c", "user.name=Somebody", "-c", "user.email=somebody@localhost")


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, as somebody who may have settings or none."""
    done = subprocess.run(["git", *SOMEBODY, "-C", folder, *arguments], capture_output=True, check=True)
    return done.stdout.decode().strip()


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files, and the folders that they need."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def commit(folder: Path, files: Mapping[str, str | bytes]) -> str:
    """Commit files in a repository, which is made if there is none, and give the commit's name."""
    write(folder, files)
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=change")
    return git(folder, "rev-parse", "HEAD")


def known(url: str, **more: str) -> dict[str, KnownTarget]:
    """Know one repository."""
    return {"known": KnownTarget("known", url, **more)}


def contents(tree: SourceTree) -> dict[str, bytes]:
    """Read a whole tree and close it."""
    with tree:
        return dict(tree.read(file.path for file in tree.files))


def opened(text: str, settings: Settings, *suffixes: str, revision: str = "", subtree: str | None = None) -> SourceTree:
    """Open what a text means."""
    target = parse_target(text, settings, revision=revision, subtree=subtree)
    return open_tree(target, suffixes or SUFFIXES, settings)


def objects(clone: Path, kind: str = "blob") -> int:
    """Count the objects of one kind that a clone has."""
    listed = git(clone, "cat-file", "--batch-all-objects", "--batch-check=%(objecttype)")
    return listed.split().count(kind)


def allow_filters(repository: Path) -> None:
    """Let a server leave files out, as the large hosts do."""
    git(repository, "config", "uploadpack.allowFilter", "true")
