"""A wheel and an editable install both find their data."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import allocscan

ROOT = Path(__file__).parent.parent
VERSION = allocscan.__version__
OFFLINE = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check"]
QUESTION = """
from allocscan.data import folder
from allocscan.languages import load_languages
assert load_languages(), "no languages"
assert (folder("sample_repos") / "memory-leak" / "Makefile").is_file(), "no samples"
print(folder("queries"))
"""


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """Make an environment that has everything that we depend on, and not us."""
    venv.create(tmp_path / "environment", with_pip=False, symlinks=True)
    python = tmp_path / "environment" / "bin" / "python"
    home = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    # Links to other places are read from the first folder only, so an editable install of ours is not inherited.
    Path(home, "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python


def run(*command: str | Path, folder: Path | None = None) -> str:
    """Run a command; show what it says when it fails."""
    ran = subprocess.run([*map(str, command)], cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def install(python: Path, *what: str | Path) -> None:
    """Install into an environment, without network."""
    run(sys.executable, "-m", "pip", "--python", python, "install", *OFFLINE, *what)


def build_wheel(place: Path) -> Path:
    """Build a wheel of this checkout."""
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", place, folder=ROOT)
    (wheel,) = place.glob("*.whl")
    return wheel


def test_a_wheel_brings_its_data(environment: Path, tmp_path: Path) -> None:
    install(environment, build_wheel(tmp_path / "wheel"))
    assert run(environment, "-c", QUESTION, folder=tmp_path).strip().endswith("allocscan/_data/queries")


def test_an_editable_install_reads_the_checkout(environment: Path, tmp_path: Path) -> None:
    install(environment, "--editable", ROOT)
    assert run(environment, "-c", QUESTION, folder=tmp_path).strip() == str(ROOT / "queries")


def test_the_command_is_installed(environment: Path, tmp_path: Path) -> None:
    install(environment, build_wheel(tmp_path / "wheel"))
    assert VERSION in run(environment.parent / "allocscan", "--version", folder=tmp_path)
    assert VERSION in run(environment, "-m", "allocscan", "--version", folder=tmp_path)


def test_a_wheel_holds_what_the_checkout_holds(tmp_path: Path) -> None:
    with zipfile.ZipFile(build_wheel(tmp_path)) as wheel:
        packed = set(wheel.namelist())
    assert "allocscan/py.typed" in packed
    pages = [
        path for place in ("assets", "templates") for path in (ROOT / "allocscan/reporters/html" / place).iterdir()
    ]
    assert pages and {path.relative_to(ROOT).as_posix() for path in pages} <= packed
    for name in ("queries", "sample_repos"):
        kept = {
            path for path in (ROOT / name).rglob("*.*") if path.suffix in (".scm", ".toml", ".c", ".h", ".py", ".md")
        }
        assert not {f"allocscan/_data/{path.relative_to(ROOT).as_posix()}" for path in kept} - packed


def test_a_wheel_can_be_built_of_a_source_archive(tmp_path: Path) -> None:
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path, folder=ROOT)
    (archive,) = tmp_path.glob("*.tar.gz")
    run(sys.executable, "-m", "pip", "wheel", *OFFLINE, "-w", tmp_path, archive)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        assert any(name.startswith("allocscan/_data/queries/") for name in packed.namelist())
