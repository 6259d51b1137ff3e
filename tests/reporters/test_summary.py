"""Totals and groupings."""

from dataclasses import replace

import pytest

from allocscan import summary
from allocscan.model import Action, FileRecord, Problem, Report, Source
from tests.reporters.sample import SITES, TORRENT, place


def test_every_action_is_counted(report: Report) -> None:
    assert summary.by_action(report.sites) == {
        Action.ALLOCATE: 5,
        Action.REALLOCATE: 0,
        Action.DEALLOCATE: 1,
        Action.TRANSFER: 0,
    }


def test_languages_come_by_size(report: Report) -> None:
    totals = summary.by_language(report)
    assert [(total.language, total.files, total.lines) for total in totals] == [("c", 2, 52), ("python", 1, 3)]
    assert totals[1].actions[Action.ALLOCATE] == 2


def test_languages_add_up(report: Report) -> None:
    total = summary.add_up("all", summary.by_language(report))
    assert (total.language, total.files, total.lines) == ("all", 3, 55)
    assert sum(total.actions.values()) == len(report.sites)


def test_the_loss_of_each_language_is_its_own(report: Report) -> None:
    files = tuple(
        FileRecord(name, language, 1, size, lost)
        for name, language, size, lost in (("a", "x", 100, 1), ("b", "x", 300, 3), ("c", "y", 100, 0))
    )
    totals = summary.by_language(replace(report, files=files, sites=()))
    assert [(total.language, total.size, total.parse_loss) for total in totals] == [("x", 400, 1.0), ("y", 100, 0.0)]
    assert summary.add_up("all", totals).parse_loss == 0.8 == summary.parse_loss(files)


def test_names_are_counted_by_what_they_mean(report: Report) -> None:
    used = {total.name: total for total in summary.by_name(report)}
    assert list(used) == ["zmalloc", "list", "strdup", "torrent.Torrent"]
    assert used["zmalloc"].sites == 2
    assert used["zmalloc"].wraps == ("ztrymalloc", "malloc")
    assert used["torrent.Torrent"].definition == TORRENT


def test_what_gives_back_is_counted_apart(report: Report) -> None:
    released = summary.by_name(report, frozenset((Action.DEALLOCATE,)))
    assert [(total.name, total.sites, total.wraps) for total in released] == [("zfree", 1, ("free",))]


def test_a_name_of_several_definitions_has_none(report: Report) -> None:
    other = SITES[-1]._replace(resolved=TORRENT._replace(line=99))
    (total,) = summary.by_name(replace(report, sites=(SITES[-1], other)))
    assert total.definition is None


def test_a_name_is_what_most_of_its_sites_mean() -> None:
    rare, common = SITES[0]._replace(via=("other", "malloc")), SITES[0]._replace(via=("malloc",))
    (total,) = summary.by_name(Report(Source("x", "."), sites=(rare, common, common)))
    assert (total.sites, total.wraps) == (3, ("malloc",))


def test_a_definition_that_few_sites_of_a_name_mean_is_not_the_name_s() -> None:
    unknown = SITES[-1]._replace(resolved=None)
    (total,) = summary.by_name(Report(Source("x", "."), sites=(SITES[-1], unknown, unknown)))
    assert total.definition is None


def test_directories_hold_their_own_files_only() -> None:
    paths = ("a.c", "src/a.c", "src/a.c", "src/deep/a.c")
    sites = [SITES[0]._replace(location=place(path, 1, 1, 2)) for path in paths]
    assert [(total.path, total.sites) for total in summary.by_directory(sites)] == [
        ("src", 2),
        (".", 1),
        ("src/deep", 1),
    ]


@pytest.mark.parametrize(
    ("sizes", "loss"), [((), 0.0), (((0, 0),), 0.0), (((3, 1), (0, 0)), 33.333), (((7, 7),), 100.0)]
)
def test_loss_is_a_share_of_all_bytes(sizes: tuple[tuple[int, int], ...], loss: float) -> None:
    assert summary.parse_loss(FileRecord("f", "c", 1, size, lost) for size, lost in sizes) == loss


def test_the_worst_file_comes_first(report: Report) -> None:
    worse = FileRecord("worse.c", "c", 1, 100, 99)
    assert [file.path for file in summary.worst_files((*report.files, worse))] == ["worse.c", "src/server.c"]


def test_problems_are_counted_by_kind() -> None:
    problems = [Problem("a", 1, "binary", ""), Problem("b", 1, "too large", ""), Problem("c", 1, "binary", "")]
    assert list(summary.by_kind(problems).items()) == [("binary", 2), ("too large", 1)]
