"""How large and how fast a report for browsers is: that of a target, or one of synthetic sites.

    python benchmarks/pages.py ./redis
    python benchmarks/pages.py --sites 200000

It writes the report to a temporary folder and opens it in the Chromium of this machine: the time to the first paint of
the explorer and until it shows its sites, and the time that each keystroke in its filter takes to be answered.
"""

import argparse
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Page, sync_playwright

from allocscan.cli import run
from allocscan.languages import load_languages
from allocscan.model import Action, FileRecord, Form, Location, Report, Site, Source
from allocscan.reporters.html.pages import write_folder

TYPED = "alloc node buf"
PER_FILE, PER_FUNCTION = 40, 5
NAMES = ("alloc", "new", "dup", "create", "copy", "buffer", "node", "list", "string", "free", "release", "grow")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", nargs="?", help="what to scan")
    parser.add_argument("--sites", type=int, default=200_000, help="how many synthetic sites, without a target")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "report"
        start = perf_counter()
        if arguments.target:
            run([arguments.target, "--html", str(place), "--quiet"])
        else:
            write_synthetic(arguments.sites, place)
        print(f"written          {perf_counter() - start:8.1f} s")
        weigh(place)
        browse(place)


def write_synthetic(number: int, place: Path) -> None:
    """Write a report of sites that were made up."""
    sites = tuple(synthetic(number))
    files = tuple(
        FileRecord(path, sites[0].language, 2000, 60_000, 0) for path in {site.location.path for site in sites}
    )
    report = Report(Source("synthetic", "synthetic"), files=files, sites=sites)
    write_folder(
        report,
        report,
        place,
        lambda _: b"",
        load_languages(),
        version="",
        executor=None,
        progress=lambda *_: None,
    )


def synthetic(number: int) -> Iterator[Site]:
    """Make sites up that differ as real ones do: many names, types, functions and sizes, in many files."""
    language = load_languages()[0].name
    for index in range(number):
        file, function = index // PER_FILE, index // PER_FUNCTION
        name = f"{NAMES[index % 12]}_{NAMES[index // 7 % 12]}{index % 97}"
        yield Site(
            Location(f"module{file // 60}/part{file // 12}/file{file}.x", 10 * (index % PER_FILE) + 1, 5, 1, 20),
            tuple(Action)[index % 3],
            Form.CALL,
            name,
            language,
            allocator=name,
            family=f"family{index % 23}",
            type=f"struct type{index * 31 % 4001}",
            size=f"sizeof(struct type{index * 31 % 4001}) * {index % 7}",
            function=f"function{function}",
            in_test=file % 5 == 0,
            loop_depth=index % 3 // 2,
            condition="" if file % 9 else f"defined(FEATURE{file % 37})",
        )


def weigh(place: Path) -> None:
    """Say how much the report weighs."""
    sizes = {path: path.stat().st_size for path in place.rglob("*") if path.is_file()}
    heaviest = max(sizes, key=lambda path: sizes[path])
    explorer = [
        place / "explorer.html",
        *place.glob("assets/*"),
        place / "data" / "words.js",
        *place.glob("data/sites-*.js"),
    ]
    print(f"files            {len(sizes):8,}")
    print(f"all files        {megabytes(sum(sizes.values()))}")
    print(f"heaviest file    {megabytes(sizes[heaviest])}  {heaviest.relative_to(place)}")
    print(f"explorer         {megabytes(sum(sizes[path] for path in explorer))}  with all that it loads")


def megabytes(size: int) -> str:
    """Write a size."""
    return f"{size / 1e6:8.2f} MB"


def browse(place: Path) -> None:
    """Open the explorer, and type."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto((place / "explorer.html").as_uri())
        page.wait_for_selector("#body tr a, #body tr .action")
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        print(f"first paint      {paint:8.0f} ms")
        print(f"sites shown      {ready:8.0f} ms")
        times = list(keystrokes(page))
        print(f"keystroke        {statistics.median(times):8.0f} ms median, {max(times):.0f} ms at most")
        browser.close()


def keystrokes(page: Page) -> Iterator[float]:
    """Time from each keystroke to the frame that answers it."""
    for end in range(1, len(TYPED) + 1):
        yield page.evaluate(
            """text => new Promise((done) => {
                const start = performance.now();
                const box = document.getElementById("filter");
                box.value = text;
                box.dispatchEvent(new Event("input"));
                requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
            })""",
            TYPED[:end],
        )


if __name__ == "__main__":
    main()
