"""What is measured: a copy of the files of a tree that are written in its main language."""

import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import allocscan

TOUCHED = 100
"""One of so many files is changed."""


@dataclass(frozen=True, slots=True)
class Workload:
    """Files that every tool reads."""

    name: str
    folder: Path
    language: str
    lines: int
    files: tuple[Path, ...]

    @property
    def size(self) -> int:
        """Count bytes."""
        return sum(file.stat().st_size for file in self.files)


def copied(tree: Path, place: Path) -> Workload:
    """Copy those files of a tree that allocscan reads, of the language that has most lines."""
    records = allocscan.scan(str(tree)).files
    lines = Counter[str]()
    for record in records:
        lines[record.language] += record.lines
    language = lines.most_common(1)[0][0]
    paths = [record.path for record in records if record.language == language]
    return Workload(tree.name, place, language, lines[language], tuple(copy_all(tree, paths, place)))


def copy_all(tree: Path, paths: Iterable[str], place: Path) -> Iterable[Path]:
    """Copy files, and give their copies."""
    for path in paths:
        copy = place / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        yield Path(shutil.copyfile(tree / path, copy))


def repeated(work: Workload, times: int, place: Path) -> Workload:
    """Make a tree that holds a workload several times."""
    copies = [place / f"copy{number}" for number in range(times)]
    for copy in copies:
        shutil.copytree(work.folder, copy)
    files = tuple(copy / file.relative_to(work.folder) for copy in copies for file in work.files)
    return Workload(f"{work.name} x {times}", place, work.language, times * work.lines, files)


def touch(work: Workload) -> None:
    """Change some of the files, so that they hold what they never held before; what they say stays where it was."""
    for file in work.files[::TOUCHED]:
        with file.open("a") as stream:
            stream.write("\n")


def edit(work: Workload) -> None:
    """Change some of the files, so that all that they say stands elsewhere."""
    for file in work.files[::TOUCHED]:
        file.write_bytes(b"\n" + file.read_bytes())
