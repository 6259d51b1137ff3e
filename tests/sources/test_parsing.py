"""What a person types means what the order of meanings says."""

from dataclasses import replace
from pathlib import Path

import pytest

from allocscan.errors import SourceError
from allocscan.sources import Settings, known_targets, parse_target, sample_names
from tests.sources.repositories import write

SETTINGS = Settings(Path("cache"), known_targets())


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


@pytest.mark.parametrize(
    ("text", "revision", "subtree"),
    [
        ("deluge", "", ""),
        ("deluge@v2.1.1", "v2.1.1", ""),
        ("git@master:builtin", "master", "builtin"),
        ("git@v2.40.0:builtin", "v2.40.0", "builtin"),
        ("phobos", "", "std/experimental/allocator"),
        ("phobos:", "", ""),
        ("phobos@stable", "stable", "std/experimental/allocator"),
        ("phobos:std/./container/", "", "std/container"),
        (
            "deluge@f52cf760e4934f1270c077305a479a9d2ec5fd47:deluge/core",
            "f52cf760e4934f1270c077305a479a9d2ec5fd47",
            "deluge/core",
        ),
    ],
)
def test_known_names(text: str, revision: str, subtree: str) -> None:
    target = parse_target(text, SETTINGS)
    assert (target.revision, target.subtree, target.note) == (revision, subtree, "")
    assert target.url == SETTINGS.targets[target.name].url == target.location


def test_options_say_the_same() -> None:
    assert parse_target("git", SETTINGS, revision="master", subtree="builtin") == parse_target(
        "git@master:builtin", SETTINGS
    )
    assert parse_target("phobos", SETTINGS, subtree="") == parse_target("phobos:", SETTINGS)
    with pytest.raises(SourceError, match="both say"):
        parse_target("git@master", SETTINGS, revision="next")
    with pytest.raises(SourceError, match="both say"):
        parse_target("git:builtin", SETTINGS, subtree="t")


def test_addresses_may_carry_both() -> None:
    target = parse_target("https://me:secret@localhost/owner/thing.git@v1:src", SETTINGS)
    assert (target.name, target.revision, target.subtree) == ("thing", "v1", "src")
    assert "secret" in target.url
    assert target.location == "https://localhost/owner/thing.git"
    assert parse_target("https://host/x@y", SETTINGS, revision="v1").url == "https://host/x@y"


def test_a_host_with_a_domain_comes_before_a_known_name() -> None:
    target = parse_target("git@host.org:owner/thing", SETTINGS)
    assert target.url == "git@host.org:owner/thing"
    known = "the known repository git --revision host.org --subtree owner/thing"
    assert target.note == f"{target.url}: took the address {target.url}, not {known}"


def test_a_known_name_comes_before_a_folder(here: Path) -> None:
    (here / "deluge").mkdir()
    target = parse_target("deluge", SETTINGS)
    assert target.url
    assert target.note == "deluge: took the known repository deluge, not the folder ./deluge"
    assert parse_target("./deluge", SETTINGS).folder == Path("deluge")


def test_a_folder_comes_before_a_sample(here: Path) -> None:
    name = sample_names()[0]
    assert parse_target(name, SETTINGS).sample
    (here / name).mkdir()
    target = parse_target(name, SETTINGS)
    assert not target.sample
    assert target.note == f"{name}: took the folder ./{name}, not the embedded sample {name}"


def test_paths(here: Path, home: Path) -> None:
    write(here, {"src/main.one": "", "top.one": ""})
    assert parse_target("src", SETTINGS).location == "src"
    assert parse_target(".", SETTINGS).name == "here"
    assert parse_target("..", SETTINGS).name == here.parent.name
    assert parse_target("./src/", SETTINGS).name == "src"
    assert parse_target("/", SETTINGS).name == "/"
    assert parse_target("~", SETTINGS).folder == home
    assert parse_target("~/x", SETTINGS).folder == home / "x"
    single = parse_target("src/main.one", SETTINGS)
    assert (single.name, single.location, single.folder, single.subtree) == ("main.one", "src", Path("src"), "main.one")
    assert parse_target("top.one", SETTINGS).location == "."
    assert parse_target("/dev/null", SETTINGS).location == "/dev/null"


def test_a_path_need_not_exist_yet() -> None:
    assert parse_target("./nothing", SETTINGS).folder == Path("nothing")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("delug", "unknown target 'delug'; did you mean 'deluge'?"),
        ("reddis@7.0:src", "unknown target 'reddis@7.0:src'; did you mean 'redis@7.0:src'?"),
        ("memory-leek", "unknown target 'memory-leek'; did you mean 'memory-leak'?"),
        ("qqq", "unknown target 'qqq'; name a folder, a URL, or one that `allocscan targets` lists"),
        (
            "owner/thing",
            "there is no owner/thing here; a repository is given by its URL, like https://HOST/owner/thing",
        ),
        ("ext::sh -c id", "ext::sh -c id: transports written with '::' are refused; use a URL, like https://HOST/PATH"),
        ("--upload-pack=id", "'--upload-pack=id' is no target; name a folder, a URL or a known repository"),
        ("-c", "'-c' is no target; name a folder, a URL or a known repository"),
        ("", "'' is no target; name a folder, a URL or a known repository"),
        ("a\0b", "'a\\x00b' is no target; name a folder, a URL or a known repository"),
        ("git@--upload-pack=id", "'--upload-pack=id' is no revision; name a branch, a tag or a commit"),
        ("git@a\nb", "'a\\nb' is no revision; name a branch, a tag or a commit"),
        ("git:../../etc", "'../../etc' leads out of the tree; name a folder or file inside git"),
        ("ftp://host/x", "ftp://host/x: ftp:// is not supported; use https, http, ssh, git, file"),
        ("ssh://-oProxyCommand=id/x", "ssh://-oProxyCommand=id/x: no part of an address may begin with '-'"),
        (
            "~nobody-of-that-name/x",
            "unknown target '~nobody-of-that-name/x'; name a folder, a URL, or one that `allocscan targets` lists",
        ),
    ],
)
def test_what_means_nothing_gets_one_clear_line(text: str, complaint: str) -> None:
    with pytest.raises(SourceError) as raised:
        parse_target(text, SETTINGS)
    assert str(raised.value) == complaint


def test_a_file_has_no_subtree(here: Path) -> None:
    write(here, {"a.one": ""})
    with pytest.raises(SourceError, match="has no subtree"):
        parse_target("./a.one", SETTINGS, subtree="x")


def test_a_sample_has_no_revision() -> None:
    with pytest.raises(SourceError, match="has no revisions"):
        parse_target(sample_names()[0], SETTINGS, revision="v1")


# Known targets


def test_the_built_in_targets_are_complete() -> None:
    assert set(known_targets()) == {"deluge", "redis", "vim", "git", "servo", "phobos", "musl", "jemalloc"}
    assert all(target.look and target.url.startswith("https://") for target in known_targets().values())


CONFIG = """
[targets.mine]
url = "git@host.org:me/mine"
revision = "v1"
[targets.git]
url = "https://mirror/git"
[else]
x = 1
"""


def test_a_user_adds_and_replaces_targets(tmp_path: Path) -> None:
    settings = replace(SETTINGS, targets=known_targets(write(tmp_path, {"config.toml": CONFIG}) / "config.toml"))
    assert parse_target("mine", settings).revision == "v1"
    assert parse_target("mine@v2", settings).revision == "v2"
    assert parse_target("git", settings).url == "https://mirror/git"
    assert known_targets(tmp_path / "nothing") == known_targets()


@pytest.mark.parametrize(
    "text",
    [
        '[targets.x]\nlook = "y"',
        '[targets.x]\nurl = "--upload-pack=id"',
        '[targets.x]\nurl = "ext::sh"',
        "[targets.x]\nurl = 1",
        "targets = 1",
    ]
    + [
        '[targets."-x"]\nurl = "https://h/x"',
        '[targets."x:y"]\nurl = "https://h/x"',
        '[targets.x]\nurl = "https://h/x"\ncolour = "y"',
        "]",
    ],
)
def test_a_wrong_configuration_is_told_with_its_place(text: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"config\.toml"):
        known_targets(write(tmp_path, {"config.toml": text}) / "config.toml")
