"""What a selection keeps of a report."""

from dataclasses import replace

import pytest

from allocscan.filters import EVERYTHING, Selection, Wanted, select
from allocscan.model import Action, Check, Report, Resource, Site
from tests.reporters.sample import SITES


def names(report: Report) -> list[str]:
    """Give the names of all sites."""
    return [site.name for site in report.sites]


def test_everything_keeps_everything(report: Report) -> None:
    assert select(report, EVERYTHING) == report


def test_implicit_sites_are_hidden_and_counted(report: Report) -> None:
    shown = select(report, Selection())
    assert names(shown) == ["zmalloc", "strdup", "zmalloc", "zfree", "Torrent"]
    assert shown.notes == (*report.notes, "not shown: 1 implicit (--all)")


def test_handles_are_hidden_and_counted(report: Report) -> None:
    handle = SITES[0]._replace(name="fopen", resource=Resource.HANDLE)
    noisy = replace(report, sites=(*report.sites, handle), notes=())
    assert select(noisy, Selection()).notes == ("not shown: 1 implicit (--all), 1 handles (--resources)",)
    assert "fopen" in names(select(noisy, Selection(resources=True)))


def test_what_is_not_asked_for_is_not_counted_as_hidden(report: Report) -> None:
    assert select(report, Selection(actions=(Action.DEALLOCATE,))).notes == report.notes


def test_actions_are_kept(report: Report) -> None:
    assert names(select(report, Selection(actions=(Action.DEALLOCATE, Action.TRANSFER)))) == ["zfree"]


def test_what_nobody_asks_about_is_kept_alone(report: Report) -> None:
    ignored = SITES[0]._replace(name="ignored", checked=Check.IGNORED)
    mixed = replace(report, sites=(ignored, *(SITES[0]._replace(checked=each) for each in (Check.CHECKED, None))))
    assert names(select(mixed, Selection(unchecked=True))) == ["ignored"]


def test_what_stands_in_a_loop_is_kept_alone(report: Report) -> None:
    mixed = replace(report, sites=tuple(SITES[0]._replace(name=f"{depth}", loop_depth=depth) for depth in range(3)))
    assert names(select(mixed, Selection(in_loop=True))) == ["1", "2"]


def test_tests_can_be_left_out(report: Report) -> None:
    tested = replace(report, sites=tuple(site._replace(in_test=site.name == "zmalloc") for site in report.sites))
    assert names(select(tested, Selection(tests=False))) == ["strdup", "zfree", "Torrent"]


def test_a_language_is_kept_with_all_that_stands_in_its_files(report: Report) -> None:
    shown = select(report, Selection(languages=("python",)))
    assert names(shown) == ["Torrent"]
    assert [file.path for file in shown.files] == ["tools/tool.py"]
    assert (shown.definitions, shown.candidates, shown.problems) == ((), (), ())


@pytest.mark.parametrize(
    ("glob", "files"),
    [
        ("src", ["src/server.c", "src/zmalloc.c"]),
        ("./src/", ["src/server.c", "src/zmalloc.c"]),
        ("*.c", ["src/server.c", "src/zmalloc.c"]),
        ("src/z*.c", ["src/zmalloc.c"]),
        ("tools/tool.py", ["tools/tool.py"]),
        ("to*", ["tools/tool.py"]),
        ("server.c", []),
        ("rc", []),
    ],
)
def test_globs_keep_files_and_folders(report: Report, glob: str, files: list[str]) -> None:
    shown = select(report, Selection(paths=(glob,)))
    assert [file.path for file in shown.files] == files
    assert {site.location.path for site in shown.sites} <= set(files)


def test_a_problem_is_kept_with_its_path(report: Report) -> None:
    assert select(report, Selection(paths=("src",))).problems == report.problems
    assert not select(report, Selection(paths=("tools",))).problems


def test_a_name_keeps_its_sites_and_definitions(report: Report) -> None:
    shown = select(report, Selection(names=("zmalloc",)))
    assert names(shown) == ["zmalloc", "zmalloc"]
    assert [definition.name for definition in shown.definitions] == ["zmalloc"]
    assert shown.candidates == ()


@pytest.mark.parametrize(
    ("wanted", "site", "found"),
    [
        ("Torrent", {"name": "core.Torrent"}, True),
        ("core.Torrent", {"name": "Torrent", "allocator": "deluge.core.Torrent"}, True),
        ("Torrent", {"name": "TorrentManager"}, False),
        ("Torrent", {"name": "OtherTorrent"}, False),
        ("Torrent", {"name": "torrent"}, False),
        ("Torrent", {"name": "Torrent.start"}, False),
        ("Torr*", {"name": "TorrentManager"}, True),
        ("make_unique", {"name": "std::make_unique"}, True),
        ("free", {"name": "pool->free"}, True),
        ("free", {"name": "zfree"}, False),
        ("operator new[]", {"name": "operator new[]"}, True),
        ("struct client", {"name": "zmalloc", "type": "struct client"}, True),
        ("client", {"name": "zmalloc", "type": "struct client *"}, True),
        ("c-heap", {"name": "malloc", "family": "c-heap"}, True),
        ("heap", {"name": "malloc", "family": "c-heap"}, False),
        ("", {"name": "malloc"}, False),
    ],
)
def test_names_are_matched_by_their_last_parts(wanted: str, site: dict[str, str], found: bool) -> None:
    bare = Site(SITES[0].location, SITES[0].action, SITES[0].form, site["name"], "c")
    described = bare._replace(
        allocator=site.get("allocator", ""), type=site.get("type", ""), family=site.get("family", "")
    )
    assert Wanted((wanted,)).has_site(described) is found


def test_what_a_name_resolves_to_counts_as_its_name() -> None:
    assert Wanted(("torrent.Torrent",)).has_site(SITES[-1]._replace(name="T", allocator="", type=""))
