"""The report as one page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from allocscan.errors import AllocscanError
from allocscan.reporters.html import single
from tests.html.conftest import Made, Tab, watch
from tests.html.test_links import Reader


@pytest.fixture(scope="module")
def page_file(made: Made) -> Iterator[Path]:
    """Write the page beside the folder."""
    path = made.pages / "single.html"
    path.write_text(single.single_page(made.report, "1.2.3"), encoding="utf-8")
    yield path
    path.unlink()


def test_it_leads_nowhere_but_into_itself_and_to_the_forge(page_file: Path) -> None:
    reader = Reader()
    reader.feed(page_file.read_text(encoding="utf-8"))
    assert len(reader.ids) == len(set(reader.ids))
    for _, _, href in reader.links:
        inside = href.startswith("#") and ("=" in href or href[1:] in reader.ids or href == "#")
        assert (
            inside
            or href.startswith(("https://github.com/example/shop/", "https://github.com/example/shop"))
            or (href == "data:,")
        ), href


def test_it_is_whole_and_harmless(browser: Browser, made: Made, page_file: Path) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        tab = Tab(context.new_page(), made)
        watch(tab)
        page = tab.open("single.html")
        expect(page.locator("#shown")).to_have_text(f"{len(made.report.sites)} sites")
        page.locator("#allocators a", has_text="xmalloc").first.click()
        expect(page.locator("#shown")).to_contain_text(" of ")
        page.locator("#allocators a[href='#candidates'], nav a[href='#types']").first.click()
        expect(page.locator("#shown")).to_contain_text(" of ")
        page.keyboard.press("/")
        page.keyboard.type("xmall")
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#allocator=xmalloc"
        assert not Axe().run(page, options={"preload": False}).response["violations"]
        assert tab.complaints == []


def test_what_is_too_large_is_refused(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single, "LARGEST", 1000)
    with pytest.raises(AllocscanError, match="--html FOLDER"):
        single.single_page(made.report, "")
