"""`python -m allocscan`."""

from allocscan.cli import main

main()
