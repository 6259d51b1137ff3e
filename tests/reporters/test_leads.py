"""Links of a terminal: where places lead, and what is no place."""

from dataclasses import replace
from io import StringIO
from pathlib import Path

from allocscan.reporters import ink
from allocscan.reporters.leads import leading, with_links
from tests.reporters.sample import REPORT

FORGE = "https://github.com/a/b"


class Terminal(StringIO):
    linking = True

    def isatty(self) -> bool:
        return True


def test_places_of_a_clone_lead_to_its_forge() -> None:
    report = replace(REPORT, source=replace(REPORT.source, location=f"{FORGE}.git"))
    lead = leading(report, Terminal())
    assert lead("src/server.c:7") == f"{FORGE}/blob/{REPORT.source.commit}/src/server.c#L7"
    assert lead("src/server.c:7:3") == lead("src/server.c:7")
    assert lead("libc.so.6") == lead("7") == lead("") == ""


def test_places_of_a_folder_lead_to_its_files() -> None:
    source = replace(REPORT.source, location="tree", commit="", local=True)
    lead = leading(replace(REPORT, source=source), Terminal())
    assert lead("src/server.c:7") == Path("tree/src/server.c").absolute().as_uri()


def test_elsewhere_nothing_leads_anywhere() -> None:
    assert leading(REPORT, Terminal())("src/server.c:7") == ""
    assert leading(None, Terminal())("src/server.c:7") == ""
    assert leading(replace(REPORT, source=replace(REPORT.source, location=FORGE)), StringIO())("src/server.c") == ""


def test_a_line_stays_what_it_is_but_for_its_places() -> None:
    line = "\x1b[1msrc/a.c:7\x1b[0m, b.c: src/a.c"
    linked = with_links(line, lambda place: "x" if place.startswith("src/") else "")
    assert linked == "\x1b[1m\x1b]8;;x\x1b\\src/a.c:7\x1b]8;;\x1b\\\x1b[0m, b.c: \x1b]8;;x\x1b\\src/a.c\x1b]8;;\x1b\\"


def test_only_paths_become_links() -> None:
    report = replace(REPORT, source=replace(REPORT.source, location=FORGE))
    stream = Terminal()
    ink.write([[("src/server.c:7  ", ink.PATH), ("src/server.c:7", ink.NAME)]], stream, report)
    assert stream.getvalue().count("\x1b]8;;https") == 1
