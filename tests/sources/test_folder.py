"""Plain folders: everything is listed, nothing outside is read, and what cannot be read is said."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from allocscan.errors import SourceError
from allocscan.sources import Settings
from tests.sources.repositories import contents, opened, write

NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with a few files."""
    place = tmp_path / "project"
    write(
        place,
        {"a.one": "a", "sub/b.two": "b", "sub/deep/c.one": "c", "notes.txt": "n", ".hidden/d.one": "d", "noend": ""},
    )
    return place


def test_all_files_of_the_suffixes_are_listed_in_order(folder: Path, settings: Settings) -> None:
    tree = opened(str(folder), settings)
    assert [(file.path, file.size, file.key) for file in tree.files] == [
        (".hidden/d.one", 1, ""),
        ("a.one", 1, ""),
        ("sub/b.two", 1, ""),
        ("sub/deep/c.one", 1, ""),
    ]
    assert tree.source.name == "project"
    assert tree.source.location == str(folder)
    assert tree.source.local
    assert not (tree.source.revision or tree.source.commit or tree.note or tree.problems)
    assert contents(tree) == {".hidden/d.one": b"d", "a.one": b"a", "sub/b.two": b"b", "sub/deep/c.one": b"c"}


def test_only_the_suffixes_count(folder: Path, settings: Settings) -> None:
    assert list(contents(opened(str(folder), settings, ".two"))) == ["sub/b.two"]


@pytest.mark.parametrize("name", [".git", ".hg", ".svn", ".bzr", "CVS", "_darcs", ".jj"])
def test_version_control_folders_are_left_out(name: str, folder: Path, settings: Settings) -> None:
    write(folder, {f"sub/{name}/x.one": ""})
    assert len(opened(str(folder), settings).files) == 4


@pytest.mark.parametrize(
    ("exclude", "left"),
    [
        (("sub/**",), [".hidden/d.one", "a.one"]),
        (("sub",), [".hidden/d.one", "a.one"]),
        (("./sub/deep/",), [".hidden/d.one", "a.one", "sub/b.two"]),
        (("*.one",), ["sub/b.two"]),
        (("a.*", "*.two"), [".hidden/d.one", "sub/deep/c.one"]),
        (("nothing", "b.two"), [".hidden/d.one", "a.one", "sub/b.two", "sub/deep/c.one"]),
    ],
)
def test_exclude(exclude: tuple[str, ...], left: list[str], folder: Path, settings: Settings) -> None:
    assert list(contents(opened(str(folder), replace(settings, exclude=exclude)))) == left


def test_the_subtree_limits_the_report_and_not_the_reading(folder: Path, settings: Settings) -> None:
    tree = opened(str(folder), settings, subtree="sub")
    assert tree.source.subtree == "sub"
    assert len(tree.files) == 4


def test_a_file_is_read_with_its_neighbours(folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, {"sub/e.one": "e"})
    tree = opened(str(folder / "sub/b.two"), settings)
    assert (tree.source.name, tree.source.location, tree.source.subtree) == ("b.two", str(folder / "sub"), "b.two")
    assert contents(tree) == {"sub/b.two"[4:]: b"b", "e.one": b"e"}
    monkeypatch.chdir(folder)
    assert opened("a.one", settings).source.location == "."


def test_one_content(folder: Path, settings: Settings) -> None:
    with opened(str(folder), settings) as tree:
        assert tree.content("a.one") == b"a"


# What cannot be scanned


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda place: None, "{0} does not exist"),
        (lambda place: place.mkdir(), "x is empty: there are no files to scan in {0}"),
        (lambda place: write(place, {"readme": ""}), "nothing to scan in x: no file there ends in .one, .two"),
        (os.mkfifo, "{0} is no folder and no regular file, so there is nothing to scan"),
        (lambda place: place.symlink_to("nowhere"), "{0} does not exist"),
    ],
)
def test_a_target_without_files_gets_one_line(
    make: Callable[[Path], object], complaint: str, tmp_path: Path, settings: Settings
) -> None:
    place = tmp_path / "x"
    make(place)
    with pytest.raises(SourceError) as raised:
        opened(str(place), settings)
    assert str(raised.value) == complaint.format(place)


def test_a_path_through_a_file_is_no_folder(folder: Path, settings: Settings) -> None:
    with pytest.raises(SourceError, match="no folder and no regular file"):
        opened(str(folder / "a.one" / "below"), settings)


def test_a_subtree_must_exist_and_hold_something(folder: Path, settings: Settings) -> None:
    write(folder, {"docs/readme.txt": ""})
    with pytest.raises(SourceError, match=r"^there is no nothing in project; name a folder or file that is$"):
        opened(str(folder), settings, subtree="nothing")
    with pytest.raises(SourceError, match=r"^nothing to scan in docs of project: no file there ends in .one, .two$"):
        opened(str(folder), settings, subtree="docs")
    assert opened(str(folder), settings, subtree="sub/b.two").source.subtree == "sub/b.two"


def test_many_suffixes_are_not_all_told(folder: Path, settings: Settings) -> None:
    with pytest.raises(SourceError, match=r"ends in \.0, .*\.7 \.\.\.$"):
        opened(str(folder), settings, *(f".{number}" for number in range(10)))


def as_nobody(question: Callable[[], str]) -> str:
    """Ask in a process without rights, for an administrator may read everything."""
    answers, answer = os.pipe()
    if not (child := os.fork()):
        try:
            if os.getuid() == 0:
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            os.write(answer, question().encode())
        finally:
            os._exit(0)
    os.close(answer)
    os.waitpid(child, 0)
    with os.fdopen(answers) as stream:
        return stream.read()


@pytest.fixture
def public(folder: Path) -> Path:
    """Let everybody reach the folder."""
    for above in folder.parents:
        if above.stat().st_uid == os.getuid() and above.stat().st_mode & 0o55 != 0o55:
            above.chmod(above.stat().st_mode | 0o55)
    return folder


def test_a_folder_without_permission_gets_one_line(public: Path, settings: Settings) -> None:
    def question() -> str:
        try:
            opened(str(public), settings)
        except SourceError as error:
            return str(error)
        return "opened"

    public.chmod(0)
    assert as_nobody(question) == f"{public} cannot be read: permission denied"
    public.chmod(0o755)
    (public / "a.one").chmod(0)

    def single() -> str:
        try:
            opened(str(public / "a.one"), settings)
        except SourceError as error:
            return str(error)
        return "opened"

    assert as_nobody(single) == f"{public}/a.one is not read: permission denied"


def test_files_and_folders_without_permission_are_problems(public: Path, settings: Settings) -> None:
    def question() -> str:
        tree = opened(str(public), settings)
        return f"{[*contents(tree)]} {[(problem.path, problem.kind, problem.message) for problem in tree.problems]}"

    (public / "a.one").chmod(0)
    (public / "sub/deep").chmod(0)
    denied = "'unreadable', 'not read: permission denied'"
    assert as_nobody(question) == f"['.hidden/d.one', 'sub/b.two'] [('a.one', {denied}), ('sub/deep', {denied})]"
    (public / "sub/deep").chmod(0o755)


# What a hostile tree tries


def test_links_are_problems_and_never_followed(folder: Path, settings: Settings, tmp_path: Path) -> None:
    write(tmp_path, {"outside/secret.one": "secret"})
    (folder / "link.one").symlink_to(tmp_path / "outside/secret.one")
    (folder / "inner.one").symlink_to("a.one")
    (folder / "out").symlink_to(tmp_path / "outside")
    (folder / "loop").symlink_to(".")
    tree = opened(str(folder), settings)
    assert [(problem.path, problem.kind) for problem in tree.problems] == [
        ("inner.one", "unreadable"),
        ("link.one", "unreadable"),
    ]
    assert len(contents(tree)) == 4


def test_a_linked_folder_may_be_the_target(folder: Path, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    assert len(contents(opened(str(tmp_path / "link"), settings))) == 4


def test_what_turns_into_a_link_is_not_read(folder: Path, settings: Settings, tmp_path: Path) -> None:
    write(tmp_path, {"outside/b.two": "secret", "outside/deep/c.one": "secret"})
    with opened(str(folder), settings) as tree:
        (folder / "a.one").unlink()
        (folder / "a.one").symlink_to(tmp_path / "outside/b.two")
        (folder / "sub").rename(folder / "was")
        (folder / "sub").symlink_to(tmp_path / "outside")
        assert contents(tree) == {".hidden/d.one": b"d"}
    message = "not read: it is a symbolic link, and those are not followed"
    assert [(problem.path, problem.message) for problem in tree.problems] == [
        (path, message) for path in ("a.one", "sub/b.two", "sub/deep/c.one")
    ]


def test_what_vanishes_or_grows_is_a_problem(folder: Path, settings: Settings) -> None:
    with opened(str(folder), replace(settings, max_size=5)) as tree:
        (folder / "a.one").unlink()
        write(folder, {"sub/b.two": "grown larger"})
        assert len(contents(tree)) == 2
    assert [(problem.path, problem.message) for problem in tree.problems] == [
        ("a.one", "not read: no such file or directory"),
        ("sub/b.two", "not read: it grows while it is read"),
    ]


def test_pipes_are_not_waited_for(folder: Path, settings: Settings) -> None:
    os.mkfifo(folder / "pipe.one")
    with opened(str(folder), settings) as tree:
        assert [(problem.path, problem.message) for problem in tree.problems] == [
            ("pipe.one", "not read: it is no regular file")
        ]
        (folder / "a.one").unlink()
        os.mkfifo(folder / "a.one")
        assert len(contents(tree)) == 3


def test_too_large_files_are_problems(folder: Path, settings: Settings) -> None:
    write(folder, {"large.one": "12345"})
    tree = opened(str(folder), replace(settings, max_size=4))
    assert [(problem.path, problem.kind, problem.message) for problem in tree.problems] == [
        ("large.one", "too large", "not read: 5 bytes, the limit is 4")
    ]
    assert len(tree.files) == 4


def test_any_name_is_a_name(folder: Path, settings: Settings) -> None:
    for name in (b"odd\xff\xfe.one", b"new\nline.one", b" .one", b"-c.one", "größer.one".encode()):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(name)
    tree = opened(str(folder), settings)
    assert all(os.fsencode(path) == content for path, content in contents(tree).items() if content not in b"abcd")
    assert len(tree.files) == 9


def test_deep_folders_are_walked(settings: Settings, tmp_path: Path) -> None:
    place = tmp_path / "deep"
    place.mkdir()
    current = os.open(place, os.O_RDONLY)
    for _ in range(1100):
        os.mkdir("d", dir_fd=current)
        inner = os.open("d", os.O_RDONLY, dir_fd=current)
        os.close(current)
        current = inner
    os.close(current)
    write(place, {"a.one": "a"})
    assert list(contents(opened(str(place), settings))) == ["a.one"]
    # The standard library cannot remove what is so deep.
    subprocess.run(["rm", "-r", place], check=True)
