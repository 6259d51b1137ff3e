"""What people do with a report, in a real browser that opens it from a folder."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from allocscan.filters import by_identifier
from allocscan.reporters.html import pages, versus
from allocscan.views.findings import findings
from allocscan.views.naming import last_part
from allocscan.views.references import References
from tests.html.conftest import Made, Tab, watch, written
from tests.html.test_links import searched

ROOMS = ("index", "explorer", "directories", "allocators", "types", "functions", "findings", "versus")


def source_of(made: Made, path: str) -> str:
    """Name the page of a file."""
    from allocscan.reporters.html.links import page

    return page("source", path)


def samples_of(made: Made) -> tuple[str, ...]:
    """Name a page of each kind."""
    rooms = ("allocators", "types", "functions", "versus")
    singles = [sorted((made.pages / room).glob("*.html"))[0] for room in rooms]
    hostile = [
        source_of(made, path)
        for path in sorted({site.location.path for site in made.every.sites if "evil" in site.function})
    ]
    return (*(f"{room}.html" for room in ROOMS), *(str(path.relative_to(made.pages)) for path in singles), hostile[0])


def shown(page: Page) -> int:
    """Read how many sites the explorer shows."""
    return int(page.locator("#shown").inner_text().split()[0].replace(",", ""))


def test_every_kind_of_page_opens_without_a_complaint(tab: Tab) -> None:
    for name in samples_of(tab.made):
        page = tab.open(name)
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_every_page_of_a_hostile_file_is_harmless(tab: Tab) -> None:
    paths = {site.location.path for site in tab.made.every.sites if site.function == "evil"}
    assert len(paths) == 6
    for path in sorted(paths):
        page = tab.open(source_of(tab.made, path))
        expect(page.locator("h1")).to_have_text(path)
        assert page.evaluate("document.scripts.length") == 3
        page.locator(".site").first.hover()
        expect(page.locator("#card")).to_be_visible()


def test_the_policy_stops_what_templates_would_let_through(tab: Tab) -> None:
    page = tab.open("index.html")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')")
    page.wait_for_timeout(50)
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in each for each in tab.complaints)
    tab.complaints.clear()


def test_the_filter_narrows_as_one_types_and_stands_in_the_address(tab: Tab) -> None:
    page = tab.open("explorer.html")
    explicit = len(tab.made.report.sites)
    assert shown(page) == explicit
    page.keyboard.press("f")
    page.keyboard.type("evil realloc")
    assert shown(page) == 6
    page.wait_for_url("**/explorer.html#q=evil%20realloc")
    page.reload()
    assert shown(page) == 6
    page.locator("#filter").fill("")
    assert shown(page) == explicit


def test_facets_count_what_choosing_them_would_show(tab: Tab) -> None:
    page = tab.open("explorer.html#explicit=any")
    everything = shown(page)
    assert everything == len(tab.made.every.sites)
    option = page.locator("#facets details[data-key=action] label", has_text="deallocate")
    promised = int(option.locator(".number").inner_text().replace(",", ""))
    option.locator("input").check()
    assert shown(page) == promised == sum(site.action == "deallocate" for site in tab.made.every.sites)
    assert "action=deallocate" in page.evaluate("location.hash")
    page.go_back()
    assert shown(page) == everything
    page.go_forward()
    assert shown(page) == promised


def test_directories_are_walked_down_and_up(tab: Tab) -> None:
    page = tab.open("explorer.html")
    box = page.locator("#facets details[data-key=directory]")
    box.evaluate("box => box.open = true")
    box.get_by_role("button", name="key-value-server/").click()
    inside = [site for site in tab.made.report.sites if site.location.path.startswith("key-value-server/")]
    assert shown(page) == len(inside)
    box.get_by_role("button", name="up").click()
    assert shown(page) == len(tab.made.report.sites)


def test_any_column_sorts(tab: Tab) -> None:
    page = tab.open("explorer.html#explicit=any")
    page.get_by_role("button", name="Name").click()
    names = page.locator("#body td.of-name").all_inner_texts()
    assert names == sorted(names, key=str.lower)
    page.get_by_role("button", name="Name").click()
    expect(page.locator("th.of-name")).to_have_attribute("aria-sort", "descending")
    assert page.evaluate("location.hash").endswith("sort=-name")


def test_rows_follow_the_scroll(tab: Tab) -> None:
    page = tab.open("explorer.html#explicit=any")
    assert page.locator("#body tr").count() < 60
    page.locator("#rows").evaluate("box => box.scrollTop = box.scrollHeight")
    last = max(
        tab.made.every.sites, key=lambda site: (site.location.path.lower(), site.location.path, site.location.line)
    )
    expect(page.locator("#body a").last).to_have_text(f"{last.location.path}:{last.location.line}")


def test_rows_are_walked_by_the_keyboard(tab: Tab) -> None:
    page = tab.open("explorer.html#q=xmalloc")
    page.keyboard.press("n")
    page.keyboard.press("n")
    page.keyboard.press("p")
    expect(page.locator("#body tr.active a")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/source/*.html#L*")
    expect(page.locator(":target")).to_be_visible()


def test_links_lead_from_a_site_to_its_allocator_and_back(tab: Tab) -> None:
    path = next(site.location.path for site in tab.made.report.sites if site.allocator == "xmalloc")
    page = tab.open(source_of(tab.made, path))
    page.locator(".site", has_text="xmalloc").first.click()
    expect(page.locator("h1")).to_have_text("xmalloc")
    page.locator("section.file-sites", has_text=path).locator("td a").first.click()
    page.wait_for_url("**/source/*.html#L*")
    expect(page.locator(":target .site").first).to_be_visible()
    page.go_back()
    expect(page.locator("h1")).to_have_text("xmalloc")


def test_a_card_tells_of_a_site(tab: Tab) -> None:
    path = next(site.location.path for site in tab.made.report.sites if site.allocator == "xmalloc")
    page = tab.open(source_of(tab.made, path))
    page.locator(".site", has_text="xmalloc").first.hover()
    card = page.locator("#card")
    expect(card).to_contain_text("allocate")
    expect(card).to_contain_text("free")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_sites_are_walked_from_the_line_that_is_read(tab: Tab) -> None:
    path = max(
        tab.made.report.files, key=lambda file: sum(s.location.path == file.path for s in tab.made.report.sites)
    ).path
    lines = sorted({site.location.line for site in tab.made.every.sites if site.location.path == path})
    page = tab.open(f"{source_of(tab.made, path)}#L{lines[1]}")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.closest('[id^=L]').id") == f"L{lines[1]}"
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.closest('[id^=L]').id") == f"L{lines[0]}"


def test_lines_have_addresses_here_and_at_the_forge(tab: Tab) -> None:
    path = (
        "key-value-server/server.c"
        if (tab.made.tree / "key-value-server/server.c").exists()
        else tab.made.report.sites[0].location.path
    )
    page = tab.open(source_of(tab.made, path))
    page.locator("#L3").click(position={"x": 10, "y": 5})
    assert page.evaluate("location.hash") == "#L3"
    href = page.locator("#outside").get_attribute("href")
    assert href and href.startswith("https://github.com/example/shop/blob/0123456789abcdef") and href.endswith("#L3")


def test_copied_source_is_the_source(tab: Tab) -> None:
    path = "hostile/Case.c"
    page = tab.open(source_of(tab.made, path))
    page.evaluate("getSelection().selectAllChildren(document.querySelector('pre.source'))")
    copied = page.evaluate("getSelection().toString()")
    assert copied.split("\n")[4:7] == (tab.made.tree / path).read_text("utf-8").split("\n")[4:7]


def test_the_search_finds_names_files_and_types_from_anywhere(tab: Tab) -> None:
    page = tab.open("functions.html")
    page.keyboard.press("/")
    page.keyboard.type("xmall")
    expect(page.locator("#search-found li").first).to_contain_text("xmalloc")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("xmalloc")
    # Keys are heard once the page's scripts have run.
    page.wait_for_load_state()
    page.keyboard.press("/")
    page.keyboard.type("no such thing")
    expect(page.locator("#search-said")).to_contain_text("nothing")
    page.keyboard.press("Escape")
    expect(page.locator("#search")).to_be_hidden()


def test_keys_are_listed_and_lead_everywhere(tab: Tab) -> None:
    page = tab.open("index.html")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    for key, room in zip("edatfivo", (*ROOMS[1:], ROOMS[0]), strict=True):
        page.keyboard.press("g")
        page.keyboard.press(key)
        page.wait_for_url(f"**/{room}.html")


def test_lists_are_filtered_and_sorted(tab: Tab) -> None:
    page = tab.open("types.html")
    rows = page.locator("tbody tr:visible")
    everything = rows.count()
    page.locator("#filter").fill("torrent")
    assert 0 < rows.count() < everything
    page.locator("#filter").fill("")
    page.get_by_role("button", name="Name").click()
    names = page.locator("tbody th").all_inner_texts()
    page.get_by_role("button", name="Name").click()
    assert page.locator("tbody th").all_inner_texts() == names[::-1]
    assert names[0].lower() < names[-1].lower()


def test_directories_fold_and_unfold(tab: Tab) -> None:
    page = tab.open("directories.html")
    page.get_by_role("button", name="Fold all", exact=True).click()
    folded = page.locator("tbody tr:visible").count()
    page.locator("tbody button").first.click()
    assert page.locator("tbody tr:visible").count() > folded
    page.get_by_role("button", name="Unfold all").click()
    assert page.locator("tbody tr:visible").count() == page.locator("tbody tr").count()


def test_dark_follows_the_system_until_the_reader_chooses(browser: Browser, made: Made) -> None:
    with browser.new_context(color_scheme="dark") as context:
        tab = Tab(context.new_page(), made)
        watch(tab)
        page = tab.open("index.html")
        ground = "getComputedStyle(document.body).backgroundColor"
        dark = page.evaluate(ground)
        page.keyboard.press("d")
        light = page.evaluate(ground)
        assert dark != light
        page = tab.open("types.html")
        assert page.evaluate(ground) == light
        assert tab.complaints == []


def test_print_shows_the_content_alone(tab: Tab) -> None:
    page = tab.open(source_of(tab.made, "hostile/Case.c"))
    page.emulate_media(media="print")
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.locator("pre.source")).to_be_visible()
    expect(page.locator("#site-table")).to_be_visible()


def test_print_shows_all_rows_of_the_explorer(tab: Tab) -> None:
    page = tab.open("explorer.html#action=allocate")
    rows = page.locator("#body tr:not(.blank)")
    assert rows.count() < shown(page)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert rows.count() == shown(page)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert rows.count() < shown(page)


def test_an_address_may_ask_for_what_there_is_not(tab: Tab) -> None:
    page = tab.open("explorer.html#__proto__=x&constructor=y&sort=toString&q=nothing%20has%20this%20name")
    expect(page.locator("#body")).to_have_text("No site is like that.")
    page.locator("#filter").fill("")
    assert shown(page) == len(tab.made.report.sites)


def test_a_list_of_which_nothing_is_left_goes_with_its_heading(tab: Tab) -> None:
    page = tab.open("allocators.html")
    page.locator("#filter").fill("xmalloc")
    expect(page.locator("section h2:visible").first).to_be_visible()
    assert all("xmalloc" in text for text in page.locator("section:visible").all_inner_texts())
    page.locator("#filter").fill("no such name")
    expect(page.locator("section h2:visible")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_fit_a_phone(browser: Browser, made: Made, scheme: str) -> None:
    with browser.new_context(viewport={"width": 380, "height": 800}, color_scheme=scheme) as context:  # type: ignore[arg-type]
        tab = Tab(context.new_page(), made)
        watch(tab)
        for name in samples_of(made):
            page = tab.open(name)
            assert page.evaluate("document.documentElement.scrollWidth") <= 380, name
            # The axe script is handed over by the driver, which no policy of the page concerns.
            found = Axe().run(page, options={"preload": False})
            assert not found.response["violations"], f"{name}: {found.generate_report()}"
        assert tab.complaints == []


def test_a_finding_and_its_site_lead_to_each_other(tab: Tab) -> None:
    page = tab.open("findings.html")
    told = page.locator("table.findings tbody tr").filter(has=page.locator("td a")).first
    mark = told.get_attribute("id")
    told.locator("th a").click()
    page.wait_for_url("**/source/*.html#L*")
    page.locator(f"#site-table a[href$='#{mark}'], #looks + ul a[href$='#{mark}']").first.click()
    page.wait_for_url(f"**/findings.html#{mark}")
    expect(page.locator("tr:target")).to_be_visible()


def test_what_is_never_compiled_and_what_deserves_a_look_can_be_chosen(tab: Tab) -> None:
    dead = sum(site.dead for site in tab.made.every.sites)
    assert dead
    assert shown(tab.open("explorer.html#explicit=any&dead=yes")) == dead
    rule = next(each.rule for each in findings(tab.made.report) if each.site)
    page = tab.open(f"explorer.html#finding={rule}")
    assert 0 < shown(page) < len(tab.made.report.sites)


def test_every_name_that_sites_are_asked_for_by_is_compared(tab: Tab) -> None:
    page = tab.open("versus.html")
    names = set(page.locator("table[data-filtered] tbody th").all_inner_texts())
    sites = tab.made.report.sites
    below = {last_part(name) for site in sites for name in site.via}
    assert names == set(filter(str.isidentifier, below | by_identifier(sites).keys()))
    page.locator("#filter").fill("xmalloc")
    page.get_by_role("link", name="xmalloc", exact=True).click()
    expect(page.locator("h1")).to_have_text("grep -n 'xmalloc('")
    page.get_by_role("link", name="allocator in").first.click()
    expect(page.locator("h1")).to_have_text("xmalloc")
    page.get_by_role("link", name="what grep finds of it").click()
    expect(page.locator("h1")).to_have_text("grep -n 'xmalloc('")


def test_any_other_word_is_compared_too(tab: Tab) -> None:
    page = tab.open("versus.html")
    page.locator("#filter").fill("strlen")
    texts = [read_text(tab.made.tree / file.path) for file in tab.made.report.files]
    places = sum(text.count("strlen(") for text in texts)
    expect(page.locator("#other")).to_contain_text(f"finds {places} places")
    page.keyboard.press("Enter")
    page.wait_for_url("**/versus/any.html#strlen")
    expect(page.locator("#lead")).to_contain_text(f"finds {places} places; none of them is a site")
    numbers = page.locator("#compared .number").all_inner_texts()
    assert numbers == ["0", str(places), "0", "0"]
    page.locator("#groups .examples a").first.click()
    page.wait_for_url("**/source/*.html#L*")
    page.go_back()
    expect(page.locator("h1")).to_have_text("grep -n 'strlen('")


def test_names_of_an_address_are_text(tab: Tab) -> None:
    page = tab.open("versus/any.html#%3Cimg src=x onerror=alert(1)%3E%E2%80%AE")
    expect(page.locator("#lead")).to_have_text("The search finds nothing.")
    expect(page.locator("h1")).to_have_text("grep -n 'imgsrcxonerroralert1('")
    assert page.locator("main img").count() == 0


def test_names_beyond_those_with_pages_are_told_of_alike(
    browser: Browser, made: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for room in (versus, pages):
        monkeypatch.setattr(room, "PAGES", 0)
    few = written(made.tree, tmp_path / "pages")
    with browser.new_context() as context:
        tab, whole = Tab(context.new_page(), few), Tab(context.new_page(), made)
        watch(tab)
        for name in ("xmalloc", "malloc", "free", "Torrent"):
            page, other = tab.open(f"versus/any.html#{name}"), whole.open("versus.html")
            other.get_by_role("link", name=name, exact=True).click()
            for part in ("h1", "#compared"):
                expect(page.locator(part)).to_have_text(other.locator(part).inner_text(), use_inner_text=True)
            assert page.locator("h2").all_inner_texts() == other.locator("h2").all_inner_texts()
        assert tab.complaints == []


def read_text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def test_the_search_finds_functions_that_have_no_page(tab: Tab) -> None:
    entries = {(name, kind) for name, kind, _, _ in searched(tab.made)}
    assert {(each.name, "function") for each in References(tab.made.report).held} <= entries
