"""Time whole scans of the trees that are named: one process, then all. It fetches nothing."""

import os
import sys
from time import perf_counter

import allocscan


def measure(tree: str, jobs: int) -> tuple[float, int]:
    """Give the seconds that one scan takes, and the sites that it finds."""
    start = perf_counter()
    report = allocscan.scan(tree, jobs=jobs)
    return perf_counter() - start, len(report.sites)


def main(trees: list[str]) -> None:
    """Print a line for each tree."""
    jobs = os.cpu_count() or 1
    print(f"{'tree':<40} {'sites':>8} {'1 job':>8} {f'{jobs} jobs':>8}")
    for tree in trees:
        alone, sites = measure(tree, 1)
        together, _ = measure(tree, jobs)
        print(f"{tree:<40} {sites:>8,} {alone:>7.1f}s {together:>7.1f}s")


if __name__ == "__main__":
    main(sys.argv[1:])
