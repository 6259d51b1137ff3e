"""One report of samples and hostile files, written once, and a browser that opens it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from allocscan import pipeline, sources
from allocscan.cli.reports import all_suffixes
from allocscan.data import folder
from allocscan.filters import Selection, select
from allocscan.languages import load_languages
from allocscan.model import Report
from allocscan.reporters.html.pages import write_folder
from allocscan.rules import load_rules

SAMPLES = ("torrent-client", "key-value-server", "scene-graph", "log-indexer")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
EVIL = "</script><script>alert(1)</script>"
HOSTILE = f"""#include <stdlib.h>
#if WITH("{EVIL}<img src=x onerror=alert(2)>")
/* {EVIL} \u2028 \u202e */
void *evil(void)
{{
\tstruct thing *p = malloc(sizeof(struct thing) + "{EVIL}"[0] + '<' + '&');
\tp->x = realloc(p, "<svg onload=alert(3)>"[1]);
\tfree(p);
\treturn "\u2028\u2029{EVIL}";
}}
#endif
"""
# A loaded machine takes its time.
expect.set_options(timeout=30_000)
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass(frozen=True, slots=True)
class Made:
    """A scanned tree and the report that was written of it."""

    tree: Path
    pages: Path
    report: Report
    every: Report

    def address(self, page: str) -> str:
        """Give the address of a page as a browser on this machine opens it."""
        name, mark, fragment = page.partition("#")
        return (self.pages / name).as_uri() + mark + fragment


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Scan samples and hostile files, and write the report."""
    place = tmp_path_factory.mktemp("report")
    return written(plant(place / "tree"), place / "pages")


def written(tree: Path, pages: Path) -> Made:
    """Write the report of a tree."""
    whole = scan(tree)
    report, every = select(whole, Selection()), select(whole, Selection(implicit=True))
    write_folder(
        report,
        every,
        pages,
        lambda path: (tree / path).read_bytes(),
        load_languages(),
        version="1.2.3",
        executor=None,
        progress=lambda *_: None,
    )
    return Made(tree, pages, report, every)


def plant(tree: Path) -> Path:
    """Put a tree together."""
    for name in SAMPLES:
        shutil.copytree(folder("sample_repos") / name, tree / name)
    for name in (f"{EVIL}.c", '"onmouseover="alert(4).c', "a&amp;<b>.c", "Case.c", "case.c", "x" * 200 + ".c"):
        path = tree / "hostile" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HOSTILE, encoding="utf-8")
    return tree


def scan(tree: Path) -> Report:
    """Scan a tree, as if it had been cloned from a forge."""
    languages = load_languages()
    settings = sources.Settings(cache=tree.parent / "cache")
    with ExitStack() as stack:
        target = sources.parse_target(str(tree), settings, revision="", subtree=None)
        opened = stack.enter_context(sources.open_tree(target, all_suffixes(languages), settings))
        report = pipeline.scan(opened, languages, load_rules().catalogues(languages))
    name, url = "<b>shop</b>", "https://github.com/example/shop.git"
    source = replace(report.source, name=name, location=url, commit=COMMIT, date="2026-01-02T03:04:05Z", local=False)
    return replace(report, source=source)


@dataclass(slots=True)
class Tab:
    """A page in a browser, and what went wrong in it."""

    page: Page
    made: Made
    complaints: list[str] = field(default_factory=list)

    def open(self, page: str) -> Page:
        """Open a page of the report."""
        self.page.goto(self.made.address(page))
        return self.page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser of this machine."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as driver:
        # Without a user of its own, as in a container, its sandbox refuses to start.
        started = driver.chromium.launch(executable_path=path, args=["--no-sandbox"] if os.getuid() == 0 else [])
        yield started
        started.close()


@pytest.fixture
def tab(browser: Browser, made: Made) -> Iterator[Tab]:
    """Open an empty page; nothing may go wrong in it, and no request may leave the machine."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        opened = Tab(context.new_page(), made)
        watch(opened)
        yield opened
        assert opened.complaints == []


def is_lost(request: Request) -> bool:
    """Tell whether a request failed, other than by leaving its page."""
    return "ERR_ABORTED" not in (request.failure or "")


def watch(tab: Tab) -> None:
    """Write down errors, dialogs, failed requests, and requests that leave the report."""
    top = tab.made.pages.as_uri()
    note = tab.complaints.append
    tab.page.on("console", lambda said: note(said.text) if said.type in ("error", "warning") else None)
    tab.page.on("pageerror", lambda error: note(str(error)))
    tab.page.on("dialog", lambda dialog: note(f"dialog: {dialog.message}"))
    tab.page.on("requestfailed", lambda request: note(f"failed: {request.url}") if is_lost(request) else None)
    tab.page.on("request", lambda request: note(f"left: {request.url}") if not request.url.startswith(top) else None)
