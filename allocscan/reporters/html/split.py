"""The pages of a file: one, or several where one would be too large to be opened with ease."""

from collections.abc import Iterator
from dataclasses import dataclass

from allocscan.model import FileRecord

LINES, BYTES, SITES = 10_000, 1_000_000, 3_000
"""What one page shows at most, the latter two on average."""


@dataclass(frozen=True, slots=True)
class FilePages:
    """The pages of a file."""

    first: str
    lines: int
    """Lines on each."""
    total: int
    """Lines of the file."""

    @property
    def number(self) -> int:
        """Count the pages."""
        return max(1, -(-self.total // self.lines))

    def at(self, line: int) -> str:
        """Name the page of a line; a line that the file has not got is not looked for any further than its end."""
        return self.part(min((max(line, 1) - 1) // self.lines, self.number - 1))

    def part(self, number: int) -> str:
        """Name a page by its number, from 0."""
        return self.first if not number else f"{self.first.removesuffix('.html')}-{number + 1}.html"

    def parts(self) -> Iterator[tuple[str, int, int]]:
        """Yield each page with its first line and its last."""
        for number in range(self.number):
            last = self.total if number == self.number - 1 else (number + 1) * self.lines
            yield self.part(number), number * self.lines + 1, last


def divided(first: str, file: FileRecord, sites: int) -> FilePages:
    """Divide a file among pages by its lines, and by how long these are and how full of sites."""
    crowd = max(1.0, file.size / BYTES, sites / SITES)
    return FilePages(first, max(100, min(LINES, int(file.lines / crowd))), file.lines)
