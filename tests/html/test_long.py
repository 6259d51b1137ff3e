"""Files that are too long for one page."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from allocscan.reporters.html import split
from allocscan.reporters.html.links import page
from tests.html.conftest import Tab, written
from tests.html.test_links import broken


def test_a_long_file_has_several_pages_and_every_link_finds_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: Browser
) -> None:
    monkeypatch.setattr(split, "LINES", 300)
    body = "".join(f"void *f{n}(void)\n{{\n\treturn malloc({n});\n}}\n" for n in range(250))
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/long.c").write_text(f"#include <stdlib.h>\n{body}", encoding="utf-8")
    (tmp_path / "tree/wide.c").write_text(f"int a[] = {{{'1, ' * 9000}}};\n{body}", encoding="utf-8")
    made = written(tmp_path / "tree", tmp_path / "pages")
    pages = sorted(path.name for path in (made.pages / "source").iterdir())
    assert sum(name.startswith("long-c-") for name in pages) == 4
    assert not list(broken(made))
    wide = (made.pages / page("source", "wide.c")).read_text(encoding="utf-8")
    assert "more characters" in wide
    tab = Tab(browser.new_page(), made)
    opened = tab.open("explorer.html#sort=-path&q=long.c")
    opened.locator("#body a").first.click()
    opened.wait_for_url("**/source/long-c-*-4.html#L*")
    expect(opened.locator(":target .site")).to_have_text("malloc")
    opened.get_by_role("navigation", name="Pages of this file").get_by_role("link").first.click()
    expect(opened.locator("#L1")).to_be_visible()
    opened.close()
