"""Measure allocscan beside other tools, on the same files: `python -m benchmarks TREE...`."""
