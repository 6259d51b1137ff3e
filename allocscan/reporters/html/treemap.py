"""Rectangles in a rectangle, as large as what they stand for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    def inner(self, margin: float, top: float) -> "Box":
        """Leave a margin, and more at the top."""
        width, height = self.width - 2 * margin, self.height - margin - top
        return Box(self.x + margin, self.y + top, max(0.0, width), max(0.0, height))


def squarify(sizes: Sequence[float], box: Box) -> Iterator[Box]:
    """Divide a rectangle into ones as square as can be, in proportion to sizes, the largest first.

    The rows of Bruls, Huizing and van Wijk: one grows for as long as that makes its worst box better.
    """
    total = sum(sizes)
    left, start = box, 0
    scale = box.width * box.height / total if total else 0.0
    while start < len(sizes):
        end = row_end(sizes, start, scale, min(left.width, left.height))
        row = [size * scale for size in sizes[start:end]]
        yield from lay(row, left)
        left = rest(sum(row), left)
        start = end


def row_end(sizes: Sequence[float], start: int, scale: float, side: float) -> int:
    """Say up to which size a row should go."""
    area, best, end = 0.0, float("inf"), start
    largest = sizes[start] * scale
    while end < len(sizes):
        smallest = sizes[end] * scale
        area += smallest
        worst = worst_ratio(area, largest, smallest, side)
        if worst > best:
            break
        best, end = worst, end + 1
    return max(end, start + 1)


def worst_ratio(area: float, largest: float, smallest: float, side: float) -> float:
    """Say how far from square the worst box of a row is."""
    if not (area and smallest and side):
        return float("inf")
    return max(side**2 * largest / area**2, area**2 / (side**2 * smallest))


def lay(row: Sequence[float], box: Box) -> Iterator[Box]:
    """Place a row along the shorter side of a rectangle."""
    area, offset = sum(row), 0.0
    wide = box.width >= box.height
    thickness = area / (box.height if wide else box.width) if area else 0.0
    for size in row:
        length = size / thickness if thickness else 0.0
        if wide:
            yield Box(box.x, box.y + offset, thickness, length)
        else:
            yield Box(box.x + offset, box.y, length, thickness)
        offset += length


def rest(area: float, box: Box) -> Box:
    """Give what a row leaves of a rectangle."""
    if box.width >= box.height:
        taken = area / box.height if box.height else 0.0
        return Box(box.x + taken, box.y, max(0.0, box.width - taken), box.height)
    taken = area / box.width if box.width else 0.0
    return Box(box.x, box.y + taken, box.width, max(0.0, box.height - taken))
